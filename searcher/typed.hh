// The beginning of a query in words, and what the steps of completing it share.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/analyzer.hh"

namespace depeche::searcher {

bool is_stop_word(std::string_view folded);

// The text as typed, in words.
struct Typed {
  struct Word {
    std::string exact;      // folded
    std::size_t begin = 0;  // in the text
  };
  std::string text;          // without blanks before it, with at most one behind
  std::vector<Word> before;  // complete words
  std::string partial;       // of the word that is completed, folded; empty behind a blank
  std::size_t begin = 0;     // where that begins, or would

  bool empty() const { return before.empty() && partial.empty(); }
  std::string head() const { return text.substr(0, begin); }
  // The words with the last one, as far as it is typed.
  std::vector<Word> all() const;
};

Typed read_typed(std::string_view prefix, text::Analyzer& analyzer);

// Whether any of the words is more than a function word.
bool says_something(const std::vector<Typed::Word>& words);

// How many bytes of `written` the first `folded` bytes of its folded form stand for. `fold` is text::fold or
// text::value_key.
std::size_t bytes_folded_to(std::string_view written, std::size_t folded, std::string (*fold)(std::string_view));

// Equal for "open source" and "opensource".
std::string joined_key(std::string_view text);

}  // namespace depeche::searcher
