#include "ingest/http_message.hh"

#include <zlib.h>

#include <charconv>
#include <memory>
#include <optional>

#include "core/utf8.hh"
#include "ingest/ascii.hh"
#include "ingest/unpack.hh"

namespace depeche::ingest {
namespace {

struct Headers {
  HttpResponse response;
  std::string transfer_encoding;
  std::string content_encoding;
};

void read_content_type(std::string_view value, HttpResponse& response) {
  response.content_type = to_lower_ascii(trim_blanks(value.substr(0, value.find(';'))));
  repair_utf8(response.content_type);
  const std::string lower = to_lower_ascii(value);
  const std::size_t at = lower.find("charset=");
  if (at == std::string::npos) return;
  const std::string_view rest = value.substr(at + 8);
  response.charset = trim_blanks(rest.substr(0, rest.find(';')));
}

Headers read_headers(std::string_view head) {
  Headers headers;
  std::size_t at = std::min(head.find('\n'), head.size());
  const std::string_view status_line = head.substr(0, at);
  const std::size_t blank = status_line.find(' ');
  if (blank != std::string_view::npos) {
    const std::string_view code = status_line.substr(blank + 1, 3);
    std::from_chars(code.data(), code.data() + code.size(), headers.response.status);
  }
  while (at < head.size()) {
    const std::size_t begin = at + 1;
    at = std::min(head.find('\n', begin), head.size());
    const std::string_view line = begin < head.size() ? head.substr(begin, at - begin) : std::string_view();
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = trim_blanks(line.substr(0, colon));
    const std::string_view value = trim_blanks(line.substr(colon + 1));
    if (equals_no_case(name, "Content-Type")) read_content_type(value, headers.response);
    if (equals_no_case(name, "Location")) headers.response.location = value;
    if (equals_no_case(name, "Transfer-Encoding")) headers.transfer_encoding = to_lower_ascii(value);
    if (equals_no_case(name, "Content-Encoding")) headers.content_encoding = to_lower_ascii(value);
  }
  return headers;
}

// Nothing when the body is not made of chunks. A cut body gives the chunks that are there.
std::optional<std::string> dechunk(std::string_view body) {
  std::string out;
  bool first = true;
  while (!body.empty()) {
    const std::size_t end = body.substr(0, 1024).find('\n');
    std::size_t size = 0;
    const auto parsed = std::from_chars(body.data(), body.data() + std::min<std::size_t>(body.size(), 16), size, 16);
    const bool is_chunk = end != std::string_view::npos && parsed.ec == std::errc() && parsed.ptr != body.data() &&
                          (*parsed.ptr == '\r' || *parsed.ptr == '\n' || *parsed.ptr == ';' || *parsed.ptr == ' ');
    if (!is_chunk) return first ? std::nullopt : std::optional<std::string>(std::move(out));
    first = false;
    body.remove_prefix(end + 1);
    if (size == 0) break;
    out.append(body.substr(0, size));
    body.remove_prefix(std::min(size, body.size()));
    body.remove_prefix(std::min(body.find_first_not_of("\r\n"), body.size()));
  }
  return out;
}

// Appends what can be unpacked; false when that is more than `max_bytes`. `window` as inflateInit2 takes it.
bool inflate_all(std::string_view packed, int window, std::uint64_t max_bytes, std::string& out) {
  z_stream zlib{};
  if (::inflateInit2(&zlib, window) != Z_OK) return true;
  const std::unique_ptr<z_stream, decltype(&::inflateEnd)> guard(&zlib, &::inflateEnd);
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  zlib.avail_in = static_cast<uInt>(packed.size());
  int status = Z_OK;
  while (status == Z_OK && out.size() <= max_bytes) {
    const std::size_t before = out.size();
    out.resize(before + (256 << 10));
    zlib.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    zlib.avail_out = static_cast<uInt>(out.size() - before);
    status = ::inflate(&zlib, Z_NO_FLUSH);
    out.resize(out.size() - zlib.avail_out);
  }
  return out.size() <= max_bytes;
}

}  // namespace

Result<HttpResponse> read_http_response(std::string_view message, std::uint64_t max_bytes) {
  if (!message.starts_with("HTTP/")) return failure(ErrorCode::kBadRecord, "the record holds no HTTP response");
  std::size_t end = message.find("\r\n\r\n");
  std::size_t gap = 4;
  if (const std::size_t bare = message.find("\n\n"); bare < end) {
    end = bare;
    gap = 2;
  }
  if (end == std::string_view::npos) return failure(ErrorCode::kBadRecord, "the HTTP header has no end");
  Headers headers = read_headers(message.substr(0, end));
  std::string_view body = message.substr(std::min(end + gap, message.size()));
  std::optional<std::string> joined;
  if (headers.transfer_encoding.find("chunked") != std::string::npos) joined = dechunk(body);
  if (joined) body = *joined;

  const std::string& encoding = headers.content_encoding;
  std::string unpacked;
  if (is_gzip(body)) {
    if (!inflate_all(body, 15 + 16, max_bytes, unpacked)) {
      return failure(ErrorCode::kBadRecord, "the body unpacks to more than " + std::to_string(max_bytes) + " bytes");
    }
  } else if (encoding == "deflate") {
    // Some servers send it with the zlib header, some without.
    const bool in_bounds = inflate_all(body, 15, max_bytes, unpacked) &&
                           (!unpacked.empty() || inflate_all(body, -15, max_bytes, unpacked));
    if (!in_bounds)
      return failure(ErrorCode::kBadRecord, "the body unpacks to more than " + std::to_string(max_bytes) + " bytes");
  } else if ((encoding == "br" || encoding == "zstd") && body.substr(0, 256).find('<') == std::string_view::npos) {
    return failure(ErrorCode::kBadRecord, "the body is compressed with " + encoding + ", which is not read");
  }
  headers.response.body = unpacked.empty() ? std::string(body) : std::move(unpacked);
  return std::move(headers.response);
}

}  // namespace depeche::ingest
