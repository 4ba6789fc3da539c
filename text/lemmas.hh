// The lemmas of a word: by the lexicon; a word that it does not know is its own, which protects names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/lexicon.hh"

namespace depeche::text {

// One spelling of a word.
struct Spelling {
  std::string_view lower;       // lower case, accents kept
  std::string_view folded;      // and without accents
  bool all_capitals = false;    // accents may be missing
  bool plural_acronym = false;  // "APIs": the s is no part of it
};

// Collects folded lemmas, each once, in the order found.
class LemmaList {
 public:
  void clear() { count_ = 0; }
  void add(std::string_view stem, std::string_view suffix = {});
  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  std::string_view operator[](std::size_t i) const { return lemmas_[i]; }

 private:
  std::vector<std::string> lemmas_;  // the first count_ are valid; the others keep their memory
  std::size_t count_ = 0;
};

// Adds the lemmas of a word of a text; at least one.
void add_lemmas(const Spelling& word, LemmaList& lemmas);

// Adds what a reader may mean who leaves accents out: the lemmas of all forms that fold to `folded`.
void add_lemmas_without_accents(std::string_view folded, LemmaList& lemmas);

// Is it a word form of the lexicon, with these accents or, if they are missing, with any?
bool is_known_word(std::string_view lower);

}  // namespace depeche::text
