// What a reader's plain words or quoted phrase ask for, in terms of the index. The searcher builds its query tree
// from it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/range.hh"
#include "text/analyzer.hh"

namespace depeche::text {

// What one position of a document may hold: a token fits if it has one of `lemmas`, or `exact` as its surface form.
struct Slot {
  std::vector<std::string> lemmas;  // any of them; never empty unless exact_only
  std::string exact;                // the folded surface form as typed
  std::string accented;             // the unfolded form where it has accents, for ranking; else empty
  bool exact_only = false;          // inside quotes: only `exact` fits
};

// Slots at successive positions (one slot: a plain word).
struct Alternative {
  std::vector<Slot> slots;
  double weight = 1.0;  // below 1 for synonyms
};

// One thing that is asked for: a document has it if it has any alternative. A query has all of its groups.
struct QueryGroup {
  ByteRange range;  // of the query text
  std::vector<Alternative> alternatives;
  bool stop_word = false;  // may be dropped when other groups remain
};

// Tells whether the index has a term (a lemma, or the joined form of a compound). Decides whether two neighbouring
// words are also tried joined (`start up`), and which of several cuts is tried. Called a few times a word.
using HasTerm = std::function<bool(std::string_view)>;

class Synonyms;

class QueryAnalyzer {
 public:
  // With the built-in synonyms.
  explicit QueryAnalyzer(Analyzer& analyzer);
  // `synonyms` must live as long as this.
  QueryAnalyzer(Analyzer& analyzer, const Synonyms& synonyms) : analyzer_(analyzer), synonyms_(synonyms) {}

  // Plain words, without operators or quotes: what a document must have. Stop words are groups too, marked. What
  // stands for several words (a joined form, a synonym of a phrase) is an alternative of each of their groups: (a and
  // b) or c is the same as (a or c) and (b or c).
  std::vector<QueryGroup> words(std::string_view query, const HasTerm& has_term);

  // The inside of quotes: one group with one alternative of exact slots at successive positions, stop words included.
  // A listed compound in one word is also found in its parts. No group when there is no word in it.
  std::vector<QueryGroup> phrase(std::string_view inside);

 private:
  Analyzer& analyzer_;
  const Synonyms& synonyms_;
  Analysis analysis_;
};

}  // namespace depeche::text
