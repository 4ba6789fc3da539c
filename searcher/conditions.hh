// The filters of a request, and which matches of the words satisfy them. Disjunctive counting in one pass: an article
// that fails exactly one field's filter still counts for the values of that field (engine: facets.hh).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "searcher/amount_span.hh"
#include "searcher/facet_space.hh"
#include "searcher/matcher.hh"
#include "searcher/request.hh"

namespace depeche::searcher {

// Filters on facets and ranges, resolved against the index. Filters on text fields are part of the plan instead.
class Conditions {
 public:
  static Result<Conditions> resolve(const std::vector<Filter>& filters, const std::vector<FieldId>& all_of,
                                    const FacetSpace& space, std::vector<Note>& notes);

  // The articles that satisfy all of it, and for each field with a filter those that fail only that one.
  struct Outcome {
    Matches matched;
    std::vector<std::vector<DocId>> missed;  // by group
  };
  // Groups are numbered; group_of() tells that of a field, or -1.
  static constexpr int kNoGroup = -1;
  int group_of(FieldId field) const { return group_of_[static_cast<std::size_t>(field)]; }
  bool none() const { return groups_ == 0 && excluded_.empty() && required_.empty() && spans_excluded() == 0; }
  // Moves what it keeps out of `candidates`. `marks` is by code of the part, all zero before and after.
  Outcome apply(Matches&& candidates, std::size_t part_number, const Part& part, const FacetSpace& space,
                std::vector<std::uint8_t>& marks) const;

  const std::vector<GlobalCode>& selected() const { return selected_codes_; }
  const std::vector<GlobalCode>& excluded() const { return excluded_; }
  std::optional<DaySpan> selected_days() const;
  static bool meets(const Part& part, DocId doc, const AmountSpan& span);
  // By any day that the article's date may mean. False without a date.
  static bool meets(const Part& part, DocId doc, const DaySpan& span);

 private:
  std::size_t spans_excluded() const { return excluded_days_.size() + excluded_amounts_.size(); }
  template <class Span>
  static bool meets_any(const Part& part, DocId doc, const std::vector<Span>& spans) {
    return std::any_of(spans.begin(), spans.end(), [&](const Span& span) { return meets(part, doc, span); });
  }

  int groups_ = 0;
  std::array<int, schema::kFieldCount> group_of_{};
  std::vector<std::pair<GlobalCode, int>> selected_;  // code, group
  std::vector<GlobalCode> selected_codes_, excluded_;
  std::vector<std::vector<GlobalCode>> required_;  // of each set one must be there; an empty one no article has
  std::vector<DaySpan> days_, excluded_days_;
  std::vector<AmountSpan> amounts_, excluded_amounts_;
};

}  // namespace depeche::searcher
