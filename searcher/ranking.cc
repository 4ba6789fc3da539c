#include "searcher/ranking.hh"

#include <algorithm>
#include <cmath>

namespace depeche::searcher {

double inverse_frequency(std::uint64_t articles, std::uint64_t n) {
  const auto with = static_cast<double>(n);
  const auto all = static_cast<double>(std::max(articles, n));
  return std::log(1 + (all - with + 0.5) / (with + 0.5));
}

}  // namespace depeche::searcher
