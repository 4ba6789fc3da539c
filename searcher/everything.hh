// What every request without words and filters has in common: all counts and the first hits of an order by date.
// An index is browsed more often than it is searched; without this each such request would look at every article.
#pragma once

#include <cstdint>
#include <vector>

#include "searcher/counting.hh"
#include "searcher/selection.hh"

namespace depeche::searcher {

// Immutable once made; shared by threads.
struct Everything {
  Everything(const FacetSpace& space, DaySpan days) : counter(space, days, scratch) {}
  Everything(const Everything&) = delete;

  std::uint64_t groups = 0;
  std::vector<RankedHit> first;  // up to kMaxDepth
  CountScratch scratch;
  Counter counter;
};

}  // namespace depeche::searcher
