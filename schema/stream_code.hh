// The byte code of the token stream (schema/part_layout.hh): groups of seven bits, lowest first, bit 7 set on the last
// byte of each number and no other. So a match of coded bytes that begins behind a byte with bit 7 is a match of numbers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema/part_layout.hh"

namespace depeche::schema {

inline constexpr unsigned char kLastByte = 0x80;

inline bool ends_number(char byte) { return (static_cast<unsigned char>(byte) & kLastByte) != 0; }

inline void put_stream_number(std::string& out, std::uint32_t number) {
  while (number >= kLastByte) {
    out += static_cast<char>(number & 0x7F);
    number >>= 7;
  }
  out += static_cast<char>(number | kLastByte);
}

// Reads the number at `at` and moves `at` behind it. REQUIRES: at < bytes.size(). Damaged bytes yield some number.
inline std::uint32_t get_stream_number(std::string_view bytes, std::size_t& at) {
  std::uint32_t number = 0;
  for (unsigned shift = 0; at < bytes.size(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    number |= static_cast<std::uint32_t>(byte & 0x7F) << (shift & 31);
    if (byte & kLastByte) break;
  }
  return number;
}

// Where the byte of kTitleEnd stands; bytes.size() when it is missing.
inline std::size_t find_title_end(std::string_view bytes) {
  constexpr char kMark = static_cast<char>(stream::kTitleEnd | kLastByte);
  std::size_t at = bytes.find(kMark);
  while (at != std::string_view::npos && at > 0 && !ends_number(bytes[at - 1])) {
    at = bytes.find(kMark, at + 1);  // that was the end of a greater number
  }
  return std::min(at, bytes.size());
}

// Calls `each` with the forms of an article's title, or of the first sentence of its text where it has none, until it
// returns false. `bytes` is the article's stream.
template <class Each>
void for_each_title_form(std::string_view bytes, Each&& each) {
  bool in_text = false, any = false;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::uint32_t number = get_stream_number(bytes, at);
    if (number == stream::kTitleEnd || number == stream::kSentenceEnd) {
      if (any && (in_text || number == stream::kTitleEnd)) return;
      in_text = in_text || number == stream::kTitleEnd;
      continue;
    }
    any = true;
    if (!each(number)) return;
  }
}

}  // namespace depeche::schema
