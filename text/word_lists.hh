// The small word lists of text/data, built into the program. Read once, at first use; thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace depeche::text {

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

using WordSet = std::unordered_set<std::string, StringHash, std::equal_to<>>;
using WordMap = std::unordered_map<std::string, std::string, StringHash, std::equal_to<>>;
// The parts of a word that is also written open, by its folded joined form.
using CompoundMap = std::unordered_map<std::string, std::vector<std::string>, StringHash, std::equal_to<>>;

// All keys in lower case with accents, apostrophes as '.
struct WordLists {
  WordSet stop_words;
  WordSet elisions;
  WordSet elision_exceptions;
  WordSet clitics;
  WordSet clitic_exceptions;
  WordSet prefixes;  // and their folded forms
  WordSet domains;
  WordSet abbreviations;
  WordSet weak_abbreviations;
  WordMap symbols;
  WordMap magnitudes;
  CompoundMap compounds;

  static const WordLists& builtin();
};

// The texts of all lists, lexicon inputs apart: what the fingerprint hashes.
std::span<const std::string_view> word_list_texts();

// The words of a list: blanks part them, # begins a comment.
WordSet read_words(std::string_view text);
// The rows "key value" of a list.
WordMap read_pairs(std::string_view text);
// The rows "part part…" of a list.
CompoundMap read_compounds(std::string_view text);

}  // namespace depeche::text
