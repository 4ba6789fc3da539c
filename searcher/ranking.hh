// How matches are scored: every parameter of it, in one place. Found by `scripts/tune`.
#pragma once

#include <cstdint>

namespace depeche::searcher {

struct Ranking {
  // BM25 (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework", eq. 3.15) over the lemmas.
  double k1 = 1.0;
  double b = 0.75;
};

// log(1 + (articles − n + 0.5) / (n + 0.5)), which is never negative.
double inverse_frequency(std::uint64_t articles, std::uint64_t n);

}  // namespace depeche::searcher
