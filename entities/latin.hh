// What a code point of European text is, from tables: the light counterpart of ICU for the inner loop of extraction.
// A test holds its folding against text::value_key() over all the names that we ship.
#pragma once

#include <cstdint>
#include <string_view>

namespace depeche::entities {

enum class CharKind : std::uint8_t { kBlank, kNewline, kLower, kUpper, kDigit, kMark, kApostrophe, kHyphen, kPunct };

struct Char {
  char32_t code = 0;
  std::uint8_t size = 1;  // bytes
  CharKind kind = CharKind::kPunct;
};

// The code point at `at` (inside `text`). Ill-formed bytes are punctuation of one byte.
Char char_at(std::string_view text, std::size_t at);

// The folded form of a letter or digit: "e" for É, "oe" for Œ; empty for what has none of its own (other scripts keep
// their bytes).
std::string_view folded(char32_t code);

constexpr bool is_letter(CharKind kind) {
  return kind == CharKind::kLower || kind == CharKind::kUpper;
}
constexpr bool is_word(CharKind kind) {
  return is_letter(kind) || kind == CharKind::kDigit || kind == CharKind::kMark;
}

}  // namespace depeche::entities
