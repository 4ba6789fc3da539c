// gzip for answers. (The server library would pick brotli at its slowest setting.)
#pragma once

#include <string>
#include <string_view>

namespace depeche::web {

// True when the Accept-Encoding header takes gzip.
bool accepts_gzip(std::string_view accept_encoding);
// Empty when zlib fails.
std::string gzipped(std::string_view body);

}  // namespace depeche::web
