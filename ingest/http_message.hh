// An HTTP response as a WARC file stores it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.hh"

namespace depeche::ingest {

struct HttpResponse {
  int status = 0;
  std::string content_type;  // without parameters, lower case
  std::string charset;       // may be empty
  std::string location;
  std::string body;  // without transfer and content encoding
};

// Splits and decodes a response. Bodies that are not encoded as their header says are taken as they are (crawlers
// store them decoded); of a cut one what there is. An error for other than HTTP, for encodings that are not read, and
// for bodies that unpack to more than `max_bytes`.
Result<HttpResponse> read_http_response(std::string_view message, std::uint64_t max_bytes);

}  // namespace depeche::ingest
