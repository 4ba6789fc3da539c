#include "text/normalise.hh"

#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include "text/chars.hh"
#include "text/entities.hh"

namespace depeche::text {
namespace {

// A base and so many marks are composed together; what follows starts anew (Unicode's stream-safe format has 30).
constexpr std::size_t kMaxSegment = 32;

bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x206F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE01EF);
}

// Signs that would be lost or torn by NFKC (U+00B4 becomes a blank and an accent).
char32_t unified(char32_t c) {
  switch (c) {
    case U'’':
    case U'‘':
    case U'‛':
    case U'ʼ':
    case U'ʹ':
    case U'′':
    case U'＇':
    case U'`':
    case U'´':
      return U'\'';
    case U'™':
    case U'℠':
      return ',';  // NFKC would make OpenAITM of OpenAI™
    case 0x2010:
    case 0x2011:
      return U'-';
    default:
      return c;
  }
}

// Decodes one code point at `at` and moves behind it; counts and replaces an ill-formed sequence.
char32_t next_code_point(std::string_view bytes, std::uint32_t& at, std::size_t& invalid) {
  UChar32 c = 0;
  U8_NEXT(bytes.data(), at, static_cast<std::uint32_t>(bytes.size()), c);
  if (c >= 0) return static_cast<char32_t>(c);
  ++invalid;
  return 0xFFFD;
}

void decode(std::string_view chunk, SourceText& out, std::size_t& invalid) {
  std::uint32_t at = 0;
  while (at < chunk.size()) {
    const std::uint32_t begin = at;
    const HtmlEntity entity = chunk[at] == '&' ? html_entity_at(chunk.substr(at)) : HtmlEntity{};
    char32_t c = entity.character;
    if (entity.length > 0) {
      at += static_cast<std::uint32_t>(entity.length);
    } else {
      c = next_code_point(chunk, at, invalid);
    }
    if (!is_invisible(c)) out.push_back({unified(c), begin, at});
  }
}

bool is_stable(const SourceText& text, std::size_t i) {
  return text[i].c < 0xA0 && (i + 1 == text.size() || text[i + 1].c < 0x300);
}

// NFKC of text[from, to), each new character standing for all bytes of the segment.
void append_composed(const icu::Normalizer2& nfkc, const SourceText& text, std::size_t from, std::size_t to,
                     SourceText& out) {
  icu::UnicodeString source;
  for (std::size_t i = from; i < to; ++i) source.append(static_cast<UChar32>(text[i].c));
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString result = nfkc.normalize(source, error);
  for (int32_t i = 0; i < result.length(); i = result.moveIndex32(i, 1)) {
    out.push_back({static_cast<char32_t>(result.char32At(i)), text[from].begin, text[to - 1].end});
  }
}

}  // namespace

std::size_t normalise(std::string_view chunk, SourceText& out) {
  static const icu::Normalizer2* const nfkc = [] {
    UErrorCode error = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCInstance(error);
  }();
  thread_local SourceText decoded;
  decoded.clear();
  out.clear();
  std::size_t invalid = 0;
  decode(chunk, decoded, invalid);
  for (std::size_t i = 0; i < decoded.size();) {
    if (nfkc == nullptr || is_stable(decoded, i)) {
      out.push_back(decoded[i++]);
      continue;
    }
    std::size_t end = i + 1;
    while (end < decoded.size() && end - i < kMaxSegment &&
           !nfkc->hasBoundaryBefore(static_cast<UChar32>(decoded[end].c))) {
      ++end;
    }
    if (end == i + 1 && nfkc->isInert(static_cast<UChar32>(decoded[i].c))) {
      out.push_back(decoded[i]);
    } else {
      append_composed(*nfkc, decoded, i, end, out);
    }
    i = end;
  }
  return invalid;
}

}  // namespace depeche::text
