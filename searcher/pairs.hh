// Which values of two facets occur together, exactly, over all matches.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "searcher/facet_space.hh"
#include "searcher/request.hh"

namespace depeche::searcher {

// Adds up over the parts of the index. Time and memory grow with the pairs that occur.
class PairCounter {
 public:
  PairCounter(const PairRequest& request, const FacetSpace& space);

  void add(const std::vector<DocId>& docs, std::size_t part_number, const Part& part);
  PairResult take() const;

 private:
  std::size_t first_facet_, second_facet_;
  std::size_t size_;
  const FacetSpace& space_;
  std::unordered_map<std::uint64_t, std::uint32_t> counts_;  // by first code << 32 | second code
};

}  // namespace depeche::searcher
