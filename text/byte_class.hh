// How the streaming scanner sees UTF-8: what may stand inside a chunk, and what parts chunks.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace depeche::text {

enum class ByteClass : std::uint8_t {
  kLetter,  // of French
  kDigit,
  kInside,  // may stand inside a word: . - ' & + / _ @ # $ % and every other character
  kPoint,   // parts chunks: , ; : ( ) " « and their likes
  kBlank,
};

struct SeenChar {
  ByteClass kind = ByteClass::kInside;
  std::uint8_t size = 1;  // bytes
};

namespace detail {

constexpr std::array<ByteClass, 128> make_ascii_classes() {
  std::array<ByteClass, 128> table{};
  for (std::size_t c = 0; c < 128; ++c) {
    const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    const bool digit = c >= '0' && c <= '9';
    table[c] = letter ? ByteClass::kLetter : digit ? ByteClass::kDigit : ByteClass::kInside;
  }
  for (const char c : std::string_view(",;:()[]{}\"<>=|*!?~^\\"))
    table[static_cast<unsigned char>(c)] = ByteClass::kPoint;
  for (const char c : std::string_view(" \t\n\v\f\r")) table[static_cast<unsigned char>(c)] = ByteClass::kBlank;
  return table;
}

inline constexpr auto kAsciiClasses = make_ascii_classes();

constexpr ByteClass general_punctuation(unsigned char second, unsigned char third) {
  if (second == 0x81) return third == 0x9F ? ByteClass::kBlank : ByteClass::kInside;
  if (second != 0x80) return ByteClass::kInside;
  if (third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF) return ByteClass::kBlank;
  const bool dash = third >= 0x92 && third <= 0x95;
  const bool quote = third == 0x9A || (third >= 0x9C && third <= 0x9F) || third == 0xB9 || third == 0xBA;
  const bool dots = third >= 0xA0 && third <= 0xA6;
  return dash || quote || dots ? ByteClass::kPoint : ByteClass::kInside;
}

// Of a character that is not ASCII; ill-formed bytes count as characters inside a chunk.
constexpr SeenChar see_beyond_ascii(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
  const int first = byte(at);
  const auto second = static_cast<unsigned char>(byte(at + 1));
  const auto third = static_cast<unsigned char>(byte(at + 2));
  if (second < 0x80 || second > 0xBF) return {ByteClass::kInside, 1};
  switch (first) {
    case 0xC2:
      if (second == 0xA0 || second == 0x85) return {ByteClass::kBlank, 2};
      if (second == 0xAB || second == 0xBB || second == 0xA1 || second == 0xBF || second == 0xB7) {
        return {ByteClass::kPoint, 2};
      }
      return {ByteClass::kInside, 2};
    case 0xC3:
      return {second == 0x97 || second == 0xB7 ? ByteClass::kInside : ByteClass::kLetter, 2};
    case 0xC5:
      return {second == 0x92 || second == 0x93 ? ByteClass::kLetter : ByteClass::kInside, 2};
    case 0xE2:
      if (third < 0x80 || third > 0xBF) return {ByteClass::kInside, 1};
      return {general_punctuation(second, third), 3};
    case 0xE1:
      return second == 0x9A && third == 0x80 ? SeenChar{ByteClass::kBlank, 3} : SeenChar{ByteClass::kInside, 1};
    case 0xE3:
      return second == 0x80 && third == 0x80 ? SeenChar{ByteClass::kBlank, 3} : SeenChar{ByteClass::kInside, 1};
    default:
      return {ByteClass::kInside, 1};
  }
}

}  // namespace detail

constexpr SeenChar see(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {detail::kAsciiClasses[byte], 1};
  return detail::see_beyond_ascii(text, at);
}

}  // namespace depeche::text
