// The compiled lexicon, as build_lexicon writes it and text/lexicon.cc reads it in place.
//
//   header · trie (MARISA: word → key number) · entries[keys] · sets (rules' numbers, a row a set) · rules · suffixes
//
// A lemma is stored as a rule that makes it from the folded form: drop so many bytes, add that suffix.
#pragma once

#include <cstdint>

namespace depeche::text::lexicon_format {

inline constexpr char kMagic[8] = {'D', 'P', 'L', 'E', 'X', '0', '0', '1'};

struct Header {
  char magic[8];
  std::uint64_t checksum;  // of everything that went into it
  std::uint32_t keys, sets, rules;
  std::uint32_t trie, trie_size;  // offsets from the header, multiples of 8
  std::uint32_t entries, set_begin, set_rules, rule_table, suffixes;
};

struct Entry {
  std::uint16_t own = 0;     // set of lemmas of this very form; 0: it is no form
  std::uint16_t folded = 0;  // set of lemmas of all forms that fold to this key; 0: there are none
};

struct Rule {
  std::uint8_t strip = 0;
  std::uint8_t suffix_size = 0;
  std::uint16_t suffix = 0;  // offset into the suffixes
};

}  // namespace depeche::text::lexicon_format
