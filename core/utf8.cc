#include "core/utf8.hh"

#include <algorithm>
#include <cstdint>

namespace depeche {
namespace {

bool is_continuation(unsigned char c) { return (c & 0xC0) == 0x80; }

// The length of the well-formed code point at `at`, or 0; then `bad` is the length of the maximal ill-formed part.
std::size_t code_point_length(std::string_view s, std::size_t at, std::size_t& bad) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[at + i]); };
  const std::size_t left = s.size() - at;
  const unsigned char lead = byte(0);
  bad = 1;
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t want = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (left < 2 || byte(1) < low || byte(1) > high) return 0;
  for (std::size_t i = 2; i < want; ++i) {
    bad = i;
    if (i >= left || !is_continuation(byte(i))) return 0;
  }
  return want;
}

// The end of the well-formed part that begins at `at`. Eight ASCII bytes at a time where there are.
std::size_t valid_until(std::string_view s, std::size_t at, std::size_t& bad) {
  while (at < s.size()) {
    if (static_cast<unsigned char>(s[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = code_point_length(s, at, bad);
    if (length == 0) return at;
    at += length;
  }
  return at;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  std::size_t bad = 0;
  return valid_until(bytes, 0, bad) == bytes.size();
}

std::size_t repair_utf8(std::string& bytes) {
  std::size_t bad = 0;
  std::size_t at = valid_until(bytes, 0, bad);
  if (at == bytes.size()) return 0;
  std::string out;
  out.reserve(bytes.size() + 16);
  std::size_t from = 0;
  std::size_t replaced = 0;
  while (at < bytes.size()) {
    out.append(bytes, from, at - from).append("\xEF\xBF\xBD");
    ++replaced;
    from = at + bad;
    at = valid_until(bytes, from, bad);
  }
  out.append(bytes, from, std::string::npos);
  bytes = std::move(out);
  return replaced;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return !is_continuation(static_cast<unsigned char>(c));
  }));
}

std::size_t CodePointCounter::at(std::size_t offset) {
  count_ += count_code_points(text_.substr(offset_, offset - offset_));
  offset_ = offset;
  return count_;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && is_continuation(static_cast<unsigned char>(text[max_bytes]))) --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace depeche
