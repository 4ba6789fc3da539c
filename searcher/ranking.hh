// How matches are scored and when a query is relaxed: every parameter, in one place. Fitted as scripts/tune says.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace depeche::searcher {

// What the best matches get on top of BM25 (searcher/second_stage.hh). Each is in units of inverse document frequency,
// as BM25 is; `all` is the sum over the words of the query.
enum class Bonus : std::uint8_t {
  kExact,     // words in the very form that was typed: BM25's sum over those alone
  kCoverage,  // words that are there at all: sum² / all, so that the last missing word costs more than the first
  kLead,      // words among the first kLeadWords: sum² / all
  kTogether,  // words that stand within kWindowWords, where most do: sum² / all
};
inline constexpr std::size_t kBonusCount = 4;
using Bonuses = std::array<double, kBonusCount>;  // by Bonus

inline constexpr std::uint32_t kLeadWords = 80;    // title included
inline constexpr std::uint32_t kWindowWords = 25;  // about a sentence

struct Ranking {
  // BM25 (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework", eq. 3.15) over the lemmas.
  double k1 = 1.0;
  double b = 0.9;
  // The second stage: how many of the best matches it reads, and the weight of each bonus. None may be negative.
  std::size_t depth = 50;
  Bonuses bonus{2.83, 1.12, 0.98, 1.48};
  // A sentence is no list of conditions: where fewer than `few` articles have all of at least `sentence` words, those
  // that have some of them are answers too. What they have weighs at least `enough` of the weight of all words; where
  // no article has as much, any word will do.
  std::size_t sentence = 4;
  std::uint64_t few = 10;
  double enough = 0.15;
};

// Nothing but BM25, and all words: what tests compare with other engines.
inline Ranking plain_ranking() {
  Ranking plain;
  plain.depth = 0;
  plain.few = 1;
  return plain;
}

// log(1 + (articles − n + 0.5) / (n + 0.5)), which is never negative.
double inverse_frequency(std::uint64_t articles, std::uint64_t n);

}  // namespace depeche::searcher
