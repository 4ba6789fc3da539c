// The byte code of the token stream (schema/part_layout.hh): groups of seven bits, lowest first, bit 7 set on the last
// byte of each number and no other. So a match of coded bytes that begins behind a byte with bit 7 is a match of numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schema/part_layout.hh"

namespace depeche::schema {

inline void put_stream_number(std::string& out, std::uint32_t number) {
  while (number >= 0x80) {
    out += static_cast<char>(number & 0x7F);
    number >>= 7;
  }
  out += static_cast<char>(number | 0x80);
}

// Reads the number at `at` and moves `at` behind it. REQUIRES: at < bytes.size(). Damaged bytes yield some number.
inline std::uint32_t get_stream_number(std::string_view bytes, std::size_t& at) {
  std::uint32_t number = 0;
  for (unsigned shift = 0; at < bytes.size(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    number |= static_cast<std::uint32_t>(byte & 0x7F) << (shift & 31);
    if (byte & 0x80) break;
  }
  return number;
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
