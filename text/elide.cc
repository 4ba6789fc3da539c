#include "text/elide.hh"

#include <string>

#include "text/chars.hh"
#include "text/word_lists.hh"

namespace depeche::text {
namespace {

constexpr std::size_t kLongest = 7;       // "quoiqu" and its apostrophe
constexpr std::size_t kLongestWord = 24;  // of an exception

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
      return known && !is_exception(text, at) ? size + 1 : 0;
    }
    if (!is_ascii_letter(c)) return 0;
    prefix[size++] = static_cast<char>(to_lower(c));
  }
  return 0;
}

}  // namespace depeche::text
