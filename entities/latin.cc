#include "entities/latin.hh"

#include <array>

namespace depeche::entities {
namespace {

// U+00C0 to U+017F, one entry each, separated by blanks. "*" stands for × and ÷, which are no letters.
constexpr std::string_view kFolds =
    "a a a a a a ae c e e e e i i i i d n o o o o o * o u u u u y th ss "
    "a a a a a a ae c e e e e i i i i d n o o o o o * o u u u u y th y "
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i i i i i i "
    "ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s s s "
    "t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s ";

struct FoldTable {
  std::array<std::string_view, 0x180 - 0xC0> of;
  constexpr FoldTable() : of() {
    std::size_t begin = 0;
    for (std::string_view& fold : of) {
      const std::size_t end = kFolds.find(' ', begin);
      fold = kFolds.substr(begin, end - begin);
      begin = end + 1;
    }
  }
};
constexpr FoldTable kFoldTable;
constexpr std::string_view kAscii = "0123456789abcdefghijklmnopqrstuvwxyz";

constexpr CharKind ascii_kind(unsigned char c) {
  if (c >= 'a' && c <= 'z') return CharKind::kLower;
  if (c >= 'A' && c <= 'Z') return CharKind::kUpper;
  if (c >= '0' && c <= '9') return CharKind::kDigit;
  if (c == '\n' || c == '\r') return CharKind::kNewline;
  if (c == ' ' || c == '\t' || c == '\v' || c == '\f') return CharKind::kBlank;
  if (c == '\'') return CharKind::kApostrophe;
  if (c == '-') return CharKind::kHyphen;
  return CharKind::kPunct;
}

struct AsciiKinds {
  std::array<CharKind, 128> of;
  constexpr AsciiKinds() : of() {
    for (unsigned i = 0; i < 128; ++i) of[i] = ascii_kind(static_cast<unsigned char>(i));
  }
};
constexpr AsciiKinds kAsciiKinds;

bool is_upper_latin(char32_t code) {
  if (code <= 0xDE) return true;
  if (code < 0x100 || code == 0x138 || code == 0x149 || code == 0x17F) return false;
  if (code == 0x178) return true;
  const bool odd_is_upper = (code >= 0x139 && code <= 0x148) || code >= 0x179;
  return ((code & 1) == 1) == odd_is_upper;
}

bool is_cyrillic_or_greek_upper(char32_t code) {
  return (code >= 0x391 && code <= 0x3A9) || (code >= 0x400 && code <= 0x42F);
}

CharKind wide_kind(char32_t code) {
  if (code == 0xB2 || code == 0xB3 || code == 0xB9) return CharKind::kDigit;  // ² ³ ¹
  if (code < 0xC0) return code == 0xA0 ? CharKind::kBlank : code == 0x85 ? CharKind::kNewline : CharKind::kPunct;
  if (code == 0xD7 || code == 0xF7) return CharKind::kPunct;
  if (code < 0x180) return is_upper_latin(code) ? CharKind::kUpper : CharKind::kLower;
  if (code >= 0x300 && code < 0x370) return CharKind::kMark;
  if (code >= 0x2000 && code <= 0x200A) return CharKind::kBlank;
  if (code == 0x202F || code == 0x205F || code == 0x3000) return CharKind::kBlank;
  if (code == 0x2028 || code == 0x2029) return CharKind::kNewline;
  if (code == 0x2019 || code == 0x2018 || code == 0x2BC) return CharKind::kApostrophe;
  if (code == 0x2010 || code == 0x2011) return CharKind::kHyphen;
  if (code >= 0x2000 && code < 0x2C00) return CharKind::kPunct;
  if ((code >= 0x3001 && code < 0x3040) || (code >= 0xFE00 && code <= 0xFE0F)) return CharKind::kPunct;
  if (code >= 0xFE10 && code < 0xFF00 && code >= 0xFEFF) return CharKind::kPunct;
  if (code == 0xFFFD || code >= 0x1F000) return CharKind::kPunct;
  return is_cyrillic_or_greek_upper(code) ? CharKind::kUpper : CharKind::kLower;
}

}  // namespace

Char char_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, kAsciiKinds.of[lead]};
  const std::size_t left = text.size() - at;
  const std::uint8_t size = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
  if (size == 1 || left < size) return {0xFFFD, 1, CharKind::kPunct};
  char32_t code = lead & (0x7F >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {0xFFFD, 1, CharKind::kPunct};
    code = code << 6 | (byte(i) & 0x3F);
  }
  return {code, size, wide_kind(code)};
}

std::string_view folded(char32_t code) {
  if (code < 0x80) {
    if (code >= '0' && code <= '9') return kAscii.substr(code - '0', 1);
    const char32_t lower = code | 0x20;
    return lower >= 'a' && lower <= 'z' ? kAscii.substr(lower - 'a' + 10, 1) : std::string_view{};
  }
  if (code == 0xB9) return kAscii.substr(1, 1);
  if (code == 0xB2 || code == 0xB3) return kAscii.substr(code - 0xB0, 1);
  if (code >= 0xC0 && code < 0x180) return kFoldTable.of[code - 0xC0];
  return {};
}

}  // namespace depeche::entities
