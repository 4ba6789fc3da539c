// The French word forms: lemma look-up in a table that is built in and read in place. Thread-safe; nothing is parsed.
#pragma once

#include <cstdint>
#include <string_view>

#include "text/lexicon/format.hh"

namespace depeche::text {

// Lemma sets of one spelling; 0 is the empty set.
using LexiconEntry = lexicon_format::Entry;

class Lexicon {
 public:
  static const Lexicon& builtin();

  // `word` in lower case and NFC. A spelling with accents has no `folded` set: look its folded form up for that.
  LexiconEntry find(std::string_view word) const;

  // Calls visit(stem, suffix) for each lemma of a set: the lemma is their concatenation. `folded_form` is the folded
  // form of the word that the set was found by.
  template <class Visit>
  void for_each_lemma(std::uint16_t set, std::string_view folded_form, Visit visit) const {
    for (std::uint32_t i = set_begin_[set]; i < set_begin_[set + 1]; ++i) {
      const auto& rule = rules_[set_rules_[i]];
      visit(folded_form.substr(0, folded_form.size() - rule.strip),
            std::string_view(suffixes_ + rule.suffix, rule.suffix_size));
    }
  }

  std::uint64_t checksum() const;

 private:
  Lexicon();

  const char* image_;
  const lexicon_format::Entry* entries_;
  const std::uint32_t* set_begin_;
  const std::uint16_t* set_rules_;
  const lexicon_format::Rule* rules_;
  const char* suffixes_;
};

}  // namespace depeche::text
