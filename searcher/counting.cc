#include "searcher/counting.hh"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "text/fold.hh"

namespace depeche::searcher {
namespace {

// 1, 2.15, 4.64, 10, …: the lower bounds of the amount buckets.
const std::vector<double>& amount_bounds() {
  static const std::vector<double> bounds = [] {
    std::vector<double> out;
    for (int i = 0; i <= 46; ++i) out.push_back(std::pow(10.0, i / 3.0) * (1 - 1e-12));
    return out;
  }();
  return bounds;
}

std::size_t amount_bucket(double eur) {
  const auto& bounds = amount_bounds();
  const auto above = std::upper_bound(bounds.begin(), bounds.end(), eur);
  const auto i = static_cast<std::size_t>(above - bounds.begin());
  return i == 0 ? 0 : std::min(i - 1, bounds.size() - 2);
}

// Whether a word of the label begins with the prefix; both are value keys, with hyphens between the words.
bool matches_prefix(std::string_view key, std::string_view prefix) {
  if (key.starts_with(prefix)) return true;
  for (std::size_t at = key.find('-'); at != std::string_view::npos; at = key.find('-', at + 1)) {
    if (key.substr(at + 1).starts_with(prefix)) return true;
  }
  return false;
}

HistogramUnit unit_for(DaySpan span) {
  const std::int64_t days = static_cast<std::int64_t>(span.last) - span.first + 1;
  if (days <= 45) return HistogramUnit::kDay;
  if (days <= 200) return HistogramUnit::kWeek;
  if (days <= 12 * 366) return HistogramUnit::kMonth;
  return HistogramUnit::kYear;
}

Day first_of(Day day, HistogramUnit unit) {
  const CivilDay c = civil_from_day(day);
  switch (unit) {
    case HistogramUnit::kYear: return day_from_civil({c.year, 1, 1});
    case HistogramUnit::kAuto:
    case HistogramUnit::kMonth: return day_from_civil({c.year, c.month, 1});
    case HistogramUnit::kWeek: return day - weekday_from_day(day);
    case HistogramUnit::kDay: break;
  }
  return day;
}

Day next_of(Day first, HistogramUnit unit) {
  const CivilDay c = civil_from_day(first);
  switch (unit) {
    case HistogramUnit::kYear: return day_from_civil({c.year + 1, 1, 1});
    case HistogramUnit::kAuto:
    case HistogramUnit::kMonth: return first + days_in_month(c.year, c.month);
    case HistogramUnit::kWeek: return first + 7;
    case HistogramUnit::kDay: break;
  }
  return first + 1;
}

}  // namespace

Counter::Counter(const FacetSpace& space, DaySpan days, CountScratch& scratch)
    : space_(space), days_(days), counts_(scratch.counts), counted_(scratch.counted), by_day_(scratch.by_day) {
  counts_.resize(space.size(), 0);
  counted_.clear();
  by_day_.assign(days.first > days.last ? 0 : static_cast<std::size_t>(days.last - days.first) + 1, 0);
}

Counter::~Counter() {
  if (few_) {
    for (const GlobalCode code : counted_) counts_[code] = 0;
  } else {
    std::fill(counts_.begin(), counts_.end(), 0);
  }
}

// Above a share of all values a look at each of them is the cheaper way to find those that are not zero.
void Counter::expect(std::size_t documents, const Part& part) {
  constexpr std::size_t kShare = 8;
  const std::size_t codes = documents * part.columns.row_offset.back() / std::max<std::size_t>(1, part.columns.count());
  if (counted_.size() + codes > space_.size() / kShare) few_ = false;
}

void Counter::add(const Conditions::Outcome& outcome, const Conditions& conditions, std::size_t part_number,
                  const Part& part) {
  const auto& docs = outcome.matched.docs;
  matched_ += docs.size();
  articles_ += part.columns.count();
  if (docs.size() > part.columns.count() / 2) {
    count_complement(docs, part_number, part);
  } else {
    count_codes(docs, part_number, part);
  }
  for (const DocId doc : docs) ++by_mask_[part.columns.facet_mask[doc]];
  count_days(docs, part);
  count_amounts(docs, part);
  for (const schema::Field& field : schema::kFields) {
    const int group = conditions.group_of(field.id);
    if (group == Conditions::kNoGroup) continue;
    const auto& missed = outcome.missed[static_cast<std::size_t>(group)];
    if (field.id == FieldId::kDate) {
      count_days(missed, part);
    } else if (field.id == FieldId::kAmount) {
      count_amounts(missed, part);
    } else {
      count_codes_of(schema::facet_index(field.id), missed, part_number, part);
    }
  }
}

// Calls `add` with every global code of the documents.
template <class Add>
void Counter::for_each_code(const std::vector<DocId>& docs, std::size_t part_number, const Part& part, Add&& add) const {
  const auto& global_of = space_.from_part(part_number);
  if (global_of.empty()) {
    for (const DocId doc : docs) part.columns.for_each_code(doc, add);
  } else {
    for (const DocId doc : docs) part.columns.for_each_code(doc, [&](Code code) { add(global_of[code]); });
  }
}

void Counter::count_codes(const std::vector<DocId>& docs, std::size_t part_number, const Part& part) {
  expect(docs.size(), part);
  std::uint32_t* counts = counts_.data();
  if (few_) {
    for_each_code(docs, part_number, part, [&](GlobalCode code) {
      if (counts[code]++ == 0) counted_.push_back(code);
    });
  } else {
    for_each_code(docs, part_number, part, [counts](GlobalCode code) { ++counts[code]; });
  }
}

// More than half of the part matches: all of it, less those that do not.
void Counter::count_complement(const std::vector<DocId>& docs, std::size_t part_number, const Part& part) {
  few_ = false;
  const auto& global_of = space_.from_part(part_number);
  const auto global = [&](Code code) { return global_of.empty() ? code : global_of[code]; };
  for (Code code = 0; code < part.columns.codes(); ++code) counts_[global(code)] += part.columns.code_count[code];
  if (docs.size() == part.columns.count()) return;
  std::size_t at = 0;
  for (DocId doc = 1; doc <= part.columns.last(); ++doc) {
    if (at < docs.size() && docs[at] == doc) {
      ++at;
    } else {  // a deleted document has no codes
      part.columns.for_each_code(doc, [&](Code code) { --counts_[global(code)]; });
    }
  }
}

void Counter::count_codes_of(std::size_t facet, const std::vector<DocId>& docs, std::size_t part_number,
                             const Part& part) {
  missed_[facet] += docs.size();
  expect(docs.size(), part);
  const auto [begin, end] = space_.codes_of(facet);
  for_each_code(docs, part_number, part, [&, begin = begin, end = end](GlobalCode code) {
    if (code >= begin && code < end && counts_[code]++ == 0 && few_) counted_.push_back(code);
  });
  for (const DocId doc : docs) missed_missing_[facet] += (part.columns.facet_mask[doc] >> facet & 1) == 0;
}

void Counter::count_days(const std::vector<DocId>& docs, const Part& part) {
  for (const DocId doc : docs) {
    const Day day = part.columns.day[doc];
    if (day == INT32_MIN) {
      ++dateless_;
    } else {
      ++by_day_[static_cast<std::size_t>(day - days_.first)];
    }
  }
}

void Counter::count_amounts(const std::vector<DocId>& docs, const Part& part) {
  const Columns& c = part.columns;
  for (const DocId doc : docs) {
    std::uint64_t buckets = 0;  // an article counts once for each bucket it has an amount in
    for (std::uint32_t i = c.amount_offset[doc]; i < c.amount_offset[doc + 1]; ++i) {
      const double eur = c.amount_eur[i];
      if (eur <= 0) continue;
      buckets |= std::uint64_t{1} << amount_bucket(eur);
      min_amount_ = min_amount_ == 0 ? eur : std::min(min_amount_, eur);
      max_amount_ = std::max(max_amount_, eur);
    }
    if (buckets == 0) ++amountless_;
    for (std::size_t b = 0; buckets != 0; ++b, buckets >>= 1) by_amount_[b] += buckets & 1;
  }
}

// Twice the log-likelihood ratio of the table (has the value, has not) × (matches, the rest); 0 where the matches have
// the value no more often than the rest.
double Counter::surprise(GlobalCode code, std::uint64_t matches) const {
  const auto part = [](double k, double expected) { return k == 0 ? 0.0 : k * std::log(k / expected); };
  const auto n = static_cast<double>(articles_), in = static_cast<double>(matches);
  const double has = space_.total(code), both = counts_[code];
  if (both * n <= has * in) return 0;
  return 2 * (part(both, has * in / n) + part(in - both, (n - has) * in / n) + part(has - both, has * (n - in) / n) +
              part(n - in - has + both, (n - has) * (n - in) / n));
}

std::vector<GlobalCode> Counter::counted_of(GlobalCode begin, GlobalCode end) const {
  std::vector<GlobalCode> out;
  if (few_) {
    std::copy_if(counted_.begin(), counted_.end(), std::back_inserter(out),
                 [&](GlobalCode code) { return code >= begin && code < end; });
  } else {
    for (GlobalCode code = begin; code < end; ++code) {
      if (counts_[code] != 0) out.push_back(code);
    }
  }
  return out;
}

FacetResult Counter::facet(const FacetRequest& request, const Conditions& conditions) const {
  FacetResult out;
  out.field = request.field;
  const std::size_t facet = schema::facet_index(request.field);
  const auto [begin, end] = space_.codes_of(facet);
  for (std::size_t mask = 0; mask < by_mask_.size(); ++mask) {
    if ((mask >> facet & 1) == 0) out.missing += by_mask_[mask];
  }
  out.missing += missed_missing_[facet];

  const std::string prefix = request.prefix.empty() ? std::string() : text::value_key(request.prefix);
  const bool unusual = request.order == ValueOrder::kUnusual;
  const std::uint64_t matches = matched_ + missed_[facet];
  std::unordered_map<GlobalCode, double> surprises;
  std::vector<GlobalCode> found;
  for (const GlobalCode code : counted_of(begin, end)) {
    if (unusual) {
      const double s = surprise(code, matches);
      if (s <= 0) continue;
      surprises.emplace(code, s);
    }
    ++out.distinct;
    if (prefix.empty() || matches_prefix(space_.key(code), prefix)) found.push_back(code);
  }
  const auto more = [&](GlobalCode a, GlobalCode b) {
    if (unusual && surprises.at(a) != surprises.at(b)) return surprises.at(a) > surprises.at(b);
    return counts_[a] != counts_[b] ? counts_[a] > counts_[b] : a < b;
  };
  const std::size_t first = std::min(request.offset, found.size());
  const std::size_t last = first + std::min(request.size, found.size() - first);
  const auto shown_end = found.begin() + static_cast<std::ptrdiff_t>(last);
  if (request.order == ValueOrder::kLabel) {
    std::partial_sort(found.begin(), shown_end, found.end());  // codes are in French collation
  } else {
    std::partial_sort(found.begin(), shown_end, found.end(), more);
  }
  std::vector<GlobalCode> shown(found.begin() + static_cast<std::ptrdiff_t>(first),
                                shown_end);
  const auto is_in = [](const std::vector<GlobalCode>& codes, GlobalCode code) {
    return std::binary_search(codes.begin(), codes.end(), code);
  };
  for (const auto* chosen : {&conditions.selected(), &conditions.excluded()}) {  // never lost from sight
    for (const GlobalCode code : *chosen) {
      if (code < begin || code >= end || std::find(shown.begin(), shown.end(), code) != shown.end()) continue;
      if (request.offset == 0 && prefix.empty() && request.size > 0) shown.push_back(code);
    }
  }
  for (const GlobalCode code : shown) {
    out.values.push_back({space_.value(facet, code), std::string(space_.label(code)), counts_[code],
                          is_in(conditions.selected(), code), is_in(conditions.excluded(), code)});
    if (unusual) {
      out.values.back().overall = space_.total(code);
      const auto known = surprises.find(code);  // none: a chosen value that is not unusual
      out.values.back().surprise = known == surprises.end() ? 0 : known->second;
    }
  }
  return out;
}

DateHistogram Counter::dates(HistogramUnit unit, const Conditions& conditions) const {
  DateHistogram out;
  out.missing = dateless_;
  out.selected = conditions.selected_days();
  const auto counted = [](std::uint32_t n) { return n != 0; };
  const auto first = std::find_if(by_day_.begin(), by_day_.end(), counted);
  if (first == by_day_.end()) {
    out.unit = unit == HistogramUnit::kAuto ? HistogramUnit::kMonth : unit;
    return out;
  }
  const auto last = std::find_if(by_day_.rbegin(), by_day_.rend(), counted).base() - 1;
  const DaySpan span{days_.first + static_cast<Day>(first - by_day_.begin()),
                     days_.first + static_cast<Day>(last - by_day_.begin())};
  out.unit = unit == HistogramUnit::kAuto ? unit_for(span) : unit;
  for (Day day = first_of(span.first, out.unit); day <= span.last;) {
    const Day next = next_of(day, out.unit);
    DateBucket bucket{day, next - 1, 0};
    for (Day d = std::max(day, span.first); d < next && d <= span.last; ++d) {
      bucket.count += by_day_[static_cast<std::size_t>(d - days_.first)];
    }
    out.buckets.push_back(bucket);
    day = next;
  }
  return out;
}

AmountHistogram Counter::amounts() const {
  AmountHistogram out;
  out.missing = amountless_;
  out.min = min_amount_;
  out.max = max_amount_;
  std::size_t first = 0, last = by_amount_.size();
  while (first < last && by_amount_[first] == 0) ++first;
  while (last > first && by_amount_[last - 1] == 0) --last;
  for (std::size_t i = first; i < last; ++i) {
    const auto bound = [](std::size_t b) { return std::pow(10.0, static_cast<double>(b) / 3.0); };
    out.buckets.push_back({bound(i), bound(i + 1), by_amount_[i]});
  }
  return out;
}

}  // namespace depeche::searcher
