#include "searcher/pairs.hh"

#include <algorithm>

namespace depeche::searcher {

PairCounter::PairCounter(const PairRequest& request, const FacetSpace& space)
    : first_facet_(schema::facet_index(request.first)), second_facet_(schema::facet_index(request.second)),
      size_(request.size), space_(space) {}

void PairCounter::add(const std::vector<DocId>& docs, std::size_t part_number, const Part& part) {
  const auto& global_of = space_.from_part(part_number);
  const auto in = [](std::pair<Code, Code> codes, Code code) { return code >= codes.first && code < codes.second; };
  const auto firsts = part.columns.codes_of(first_facet_), seconds = part.columns.codes_of(second_facet_);
  std::vector<GlobalCode> a, b;
  for (const DocId doc : docs) {
    a.clear();
    b.clear();
    part.columns.for_each_code(doc, [&](Code code) {
      const GlobalCode global = global_of.empty() ? code : global_of[code];
      if (in(firsts, code)) a.push_back(global);
      if (in(seconds, code)) b.push_back(global);
    });
    for (const GlobalCode x : a) {
      for (const GlobalCode y : b) {
        if (first_facet_ == second_facet_ && x >= y) continue;  // two of one kind are one pair
        ++counts_[std::uint64_t{x} << 32 | y];
      }
    }
  }
}

PairResult PairCounter::take() const {
  PairResult out;
  out.distinct = counts_.size();
  std::vector<std::pair<std::uint64_t, std::uint32_t>> found(counts_.begin(), counts_.end());
  const std::size_t n = std::min(size_, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(n), found.end(), [](auto& x, auto& y) {
    return x.second != y.second ? x.second > y.second : x.first < y.first;
  });
  const auto value = [&](std::size_t facet, GlobalCode code) {
    return PairedValue{space_.value(facet, code), std::string(space_.label(code))};
  };
  for (std::size_t i = 0; i < n; ++i) {
    const auto [pair, count] = found[i];
    out.pairs.push_back({value(first_facet_, static_cast<GlobalCode>(pair >> 32)),
                         value(second_facet_, static_cast<GlobalCode>(pair)), count});
  }
  return out;
}

}  // namespace depeche::searcher
