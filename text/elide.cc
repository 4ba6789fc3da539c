#include "text/elide.hh"

#include <string>

#include "text/chars.hh"
#include "text/word_lists.hh"

namespace depeche::text {
namespace {

constexpr std::size_t kLongest = 7;       // "quoiqu" and its apostrophe
constexpr std::size_t kLongestWord = 24;  // of an exception

// French elides before a vowel or an h. N' and m' before another letter begin African names: N'Golo, M'Bappé.
bool is_before_consonant(char prefix, char32_t next) {
  if ((prefix != 'n' && prefix != 'm') || !is_letter(next)) return false;
  std::string folded;
  append_folded(folded, next);
  return std::string_view("aeiouyh").find(folded[0]) == std::string_view::npos;
}

bool is_exception(const SourceText& text, std::size_t at) {
  std::string word;
  for (std::size_t i = at; i < text.size() && word.size() < kLongestWord; ++i) {
    if (!is_word_char(text[i].c) && text[i].c != '\'') break;
    append_utf8(word, to_lower(text[i].c));
  }
  return WordLists::builtin().elision_exceptions.contains(word);
}

}  // namespace

std::size_t elision_length(const SourceText& text, std::size_t at) {
  char prefix[kLongest];
  std::size_t size = 0;
  for (std::size_t i = at; i < text.size() && size < kLongest; ++i) {
    const char32_t c = text[i].c;
    if (c == '\'') {
      const bool known = WordLists::builtin().elisions.contains(std::string_view(prefix, size));
      if (!known || is_exception(text, at)) return 0;
      return size == 1 && i + 1 < text.size() && is_before_consonant(prefix[0], text[i + 1].c) ? 0 : size + 1;
    }
    if (!is_ascii_letter(c)) return 0;
    prefix[size++] = static_cast<char>(to_lower(c));
  }
  return 0;
}

}  // namespace depeche::text
