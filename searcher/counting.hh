// Exact counts over all matches: facet values, missing, histograms.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "searcher/conditions.hh"
#include "searcher/facet_space.hh"
#include "searcher/request.hh"

namespace depeche::searcher {

// Buffers that outlive a request, so that a search with few matches costs no look at every value of the index. One a
// thread.
struct CountScratch {
  std::vector<std::uint32_t> counts;  // by global code; all zero between uses
  std::vector<GlobalCode> counted;    // those that are not zero, while they are few
  std::vector<std::uint32_t> by_day;
};

// Adds up over the parts of the index. One a request.
class Counter {
 public:
  Counter(const FacetSpace& space, DaySpan days, CountScratch& scratch);
  ~Counter();
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;

  // The matches of one part, and those that miss a single group of the conditions.
  void add(const Conditions::Outcome& outcome, const Conditions& conditions, std::size_t part_number, const Part& part);

  // REQUIRES: every part has been added.
  FacetResult facet(const FacetRequest& request, const Conditions& conditions) const;
  DateHistogram dates(HistogramUnit unit, const Conditions& conditions) const;
  AmountHistogram amounts() const;

 private:
  void expect(std::size_t documents, const Part& part);
  template <class Add>
  void for_each_code(const std::vector<DocId>& docs, std::size_t part_number, const Part& part, Add&& add) const;
  void count_codes(const std::vector<DocId>& docs, std::size_t part_number, const Part& part);
  void count_codes_of(std::size_t facet, const std::vector<DocId>& docs, std::size_t part_number, const Part& part);
  void count_complement(const std::vector<DocId>& docs, std::size_t part_number, const Part& part);
  void count_days(const std::vector<DocId>& docs, const Part& part);
  void count_amounts(const std::vector<DocId>& docs, const Part& part);

  // Those of [begin, end) that are not zero, in no order.
  std::vector<GlobalCode> counted_of(GlobalCode begin, GlobalCode end) const;
  double surprise(GlobalCode code, std::uint64_t matches) const;

  static constexpr std::size_t kAmountBuckets = 46;  // three a decade from 1 to 10^15
  const FacetSpace& space_;
  DaySpan days_;
  std::vector<std::uint32_t>& counts_;
  std::vector<GlobalCode>& counted_;
  bool few_ = true;                     // counted_ is kept
  std::vector<std::uint32_t>& by_day_;  // from days_.first
  std::array<std::uint64_t, 256> by_mask_{};                     // by Columns::facet_mask, of full matches
  std::array<std::uint64_t, schema::kFacetCount> missed_missing_{};  // of articles that miss only that facet's group
  std::array<std::uint64_t, schema::kFacetCount> missed_{};          // all of those
  std::uint64_t matched_ = 0, articles_ = 0;                         // of the parts added
  std::uint64_t dateless_ = 0, amountless_ = 0;
  std::array<std::uint64_t, kAmountBuckets> by_amount_{};
  double min_amount_ = 0, max_amount_ = 0;
};

}  // namespace depeche::searcher
