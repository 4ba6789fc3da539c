#include "web/compress.hh"

#include <zlib.h>

namespace depeche::web {

bool accepts_gzip(std::string_view accept_encoding) {
  const auto at = accept_encoding.find("gzip");
  if (at == accept_encoding.npos) return false;
  const std::string_view after = accept_encoding.substr(at + 4, 8);
  return !after.starts_with(";q=0") || after.starts_with(";q=0.");
}

std::string gzipped(std::string_view body) {
  constexpr int kLevel = 3;  // pages are small: higher levels cost more time than they save
  constexpr int kGzipWindow = 15 + 16;
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, body.size()), '\0');
  std::string input(body);  // zlib's interface is not const-correct
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

}  // namespace depeche::web
