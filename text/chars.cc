#include "text/chars.hh"

#include <unicode/normalizer2.h>
#include <unicode/uscript.h>

#include <array>

namespace depeche::text {
namespace {

// Letters that Unicode does not decompose, and what a reader without that key types.
const char* undecomposed(char32_t c) {
  switch (c) {
    case U'œ':
      return "oe";
    case U'æ':
      return "ae";
    case U'ø':
      return "o";
    case U'ł':
      return "l";
    case U'ß':
      return "ss";
    case U'đ':
    case U'ð':
      return "d";
    case U'þ':
      return "th";
    case U'ħ':
      return "h";
    case U'ı':
      return "i";
    case U'ŋ':
      return "n";
    default:
      return nullptr;
  }
}

// Marks that readers leave out. Vowel signs of Indic scripts and the voicing marks of kana are not among them.
bool is_dropped_mark(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x487) || (c >= 0x591 && c <= 0x5C7) ||
         (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) || c == 0x670 || (c >= 0x1AB0 && c <= 0x1AFF) ||
         (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

bool is_accented_script(char32_t c) {
  return c < 0x700 || (c >= 0x1E00 && c < 0x2000) || (c >= 0xA720 && c < 0xA800);
}

void append_bare(std::string& out, char32_t c) {
  if (is_dropped_mark(c)) return;
  const auto lower = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
  const auto* letters = undecomposed(c == U'ẞ' ? U'ß' : lower);
  if (letters != nullptr) {
    out.append(letters);
  } else {
    append_utf8(out, lower);
  }
}

void append_folded_slowly(std::string& out, char32_t c) {
  static const icu::Normalizer2* const nfd = [] {
    UErrorCode error = U_ZERO_ERROR;
    return icu::Normalizer2::getNFDInstance(error);
  }();
  icu::UnicodeString parts;
  if (!is_accented_script(c) || nfd == nullptr || !nfd->getDecomposition(static_cast<UChar32>(c), parts)) {
    append_bare(out, c);
    return;
  }
  for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    append_bare(out, static_cast<char32_t>(parts.char32At(i)));
  }
}

constexpr char32_t kTableBegin = 0x80;
constexpr char32_t kTableEnd = 0x180;  // Latin-1 and Latin Extended-A: every letter of French

struct Folding {
  char bytes[4] = {};
  std::uint8_t size = 0;
};

const std::array<Folding, kTableEnd - kTableBegin>& folding_table() {
  static const auto table = [] {
    std::array<Folding, kTableEnd - kTableBegin> filled{};
    for (char32_t c = kTableBegin; c < kTableEnd; ++c) {
      std::string out;
      append_folded_slowly(out, c);
      auto& folding = filled[c - kTableBegin];
      folding.size = static_cast<std::uint8_t>(out.copy(folding.bytes, sizeof folding.bytes));
    }
    return filled;
  }();
  return table;
}

}  // namespace

bool is_ideographic(char32_t c) {
  if (c < 0x2E80) return false;
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &error);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
         script == USCRIPT_BOPOMOFO;
}

void append_folded(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(to_lower(c)));
  } else if (c < kTableEnd) {
    const auto& folding = folding_table()[c - kTableBegin];
    out.append(folding.bytes, folding.size);
  } else {
    append_folded_slowly(out, c);
  }
}

}  // namespace depeche::text
