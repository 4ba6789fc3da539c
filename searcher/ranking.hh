// How matches are scored: every parameter of it, in one place. Found by `scripts/tune`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace depeche::searcher {

// What the second stage looks at (searcher/second_stage.hh).
enum class Bonus : std::uint8_t { kCover, kExact, kLead60, kLeadExp, kLead100, kFirstSentence, kLeadSentence, kBestSentence, kThreeSentences, kProximity, kBigram, kExactBigram };
inline constexpr std::size_t kBonusCount = 12;

using Bonuses = std::array<double, kBonusCount>;  // by Bonus

struct Ranking {
  // BM25 (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework", eq. 3.15) over the lemmas.
  double k1 = 1.0;
  double b = 0.75;
  // A sentence is not a list of conditions: where fewer than `few` articles have all of at least `sentence` words, those
  // that have some of them count too, ranked by all of them. They have `enough` of the words' weight together.
  std::size_t sentence = 5;
  std::uint64_t few = 10;
  double enough = 0.3;
  // The second stage: how many of the best matches it reads, and what each bonus counts.
  std::size_t depth = 100;
  Bonuses bonus{};
};

// log(1 + (articles − n + 0.5) / (n + 0.5)), which is never negative.
double inverse_frequency(std::uint64_t articles, std::uint64_t n);

}  // namespace depeche::searcher
