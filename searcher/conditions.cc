#include "searcher/conditions.hh"

#include <algorithm>
#include <bit>

namespace depeche::searcher {
namespace {

constexpr std::uint8_t kExcludedMark = 255, kRequiredMark = 254;  // groups are fewer

tl::unexpected<Error> bad_value(const Filter& filter, const std::string& why, const std::string& hint) {
  const schema::Field& field = schema::field(filter.field);
  return failure(ErrorCode::kUsage, std::string(field.name) + "=" + filter.value + " " + why, hint);
}

// Whether each set has a member among `found`.
bool has_all_of(const std::vector<std::vector<Code>>& sets, const std::vector<Code>& found) {
  return std::all_of(sets.begin(), sets.end(), [&](const std::vector<Code>& set) {
    return std::find_first_of(set.begin(), set.end(), found.begin(), found.end()) != set.end();
  });
}

}  // namespace

Result<Conditions> Conditions::resolve(const std::vector<Filter>& filters, const std::vector<FieldId>& all_of,
                                       const FacetSpace& space, std::vector<Note>& notes) {
  Conditions c;
  c.group_of_.fill(kNoGroup);
  const auto group = [&](FieldId field) {
    int& number = c.group_of_[static_cast<std::size_t>(field)];
    if (number == kNoGroup) number = c.groups_++;
    return number;
  };
  for (const Filter& f : filters) {
    const schema::Field& field = schema::field(f.field);
    if (f.value.find_first_not_of(" \t\n") == std::string::npos) {
      return bad_value(f, "has no value", "write -f " + std::string(field.name) + "=VALUE");
    }
    if (f.field == FieldId::kDate) {
      const auto span = parse_day_span(f.value);
      if (!span)
        return bad_value(f, "is not a date",
                         "write 2024, 2024-10, 2024-10-02, a range: 2024-01..2024-06, 2024-01.., ..2023, or "
                         "in words: depuis 2023, entre mars et juin 2024");
      if (span->first > span->last) return bad_value(f, "ends before it begins", "put the earlier date first");
      if (f.exclude) {
        c.excluded_days_.push_back(*span);
      } else {
        group(f.field);
        c.days_.push_back(*span);
      }
    } else if (f.field == FieldId::kAmount) {
      const auto span = parse_amount_span(f.value);
      if (!span) return bad_value(f, "is not an amount", "write 10M..100M, >1Md, ..500k, or 10M..50MUSD");
      if (span->low > span->high) return bad_value(f, "ends before it begins", "put the smaller amount first");
      if (f.exclude) {
        c.excluded_amounts_.push_back(*span);
      } else {
        group(f.field);
        c.amounts_.push_back(*span);
      }
    } else if (field.kind == schema::FieldKind::kFacet) {
      const auto codes = space.resolve(schema::facet_index(f.field), f.value);
      if (codes.empty()) notes.push_back({NoteKind::kNoSuchValue, std::string(field.name) + "=" + f.value});
      const bool all_required = std::find(all_of.begin(), all_of.end(), f.field) != all_of.end();
      if (f.exclude) {
        c.excluded_.insert(c.excluded_.end(), codes.begin(), codes.end());
        continue;
      }
      c.selected_codes_.insert(c.selected_codes_.end(), codes.begin(), codes.end());
      if (all_required) {
        c.required_.push_back(codes);
      } else {
        const int number = group(f.field);
        for (const GlobalCode code : codes) c.selected_.emplace_back(code, number);
      }
    }
  }
  for (auto* codes : {&c.excluded_, &c.selected_codes_}) {
    std::sort(codes->begin(), codes->end());
    codes->erase(std::unique(codes->begin(), codes->end()), codes->end());
  }
  return c;
}

std::optional<DaySpan> Conditions::selected_days() const {
  if (days_.empty()) return std::nullopt;
  DaySpan all = days_.front();
  for (const DaySpan& span : days_) all = {std::min(all.first, span.first), std::max(all.last, span.last)};
  return all;
}

bool Conditions::meets(const Part& part, DocId doc, const DaySpan& span) {
  const Day first = part.columns.day[doc];
  return first != INT32_MIN && first <= span.last && part.columns.last_day[doc] >= span.first;
}

bool Conditions::meets(const Part& part, DocId doc, const AmountSpan& span) {
  const Columns& c = part.columns;
  for (std::uint32_t i = c.amount_offset[doc]; i < c.amount_offset[doc + 1]; ++i) {
    double value = c.amount_eur[i];
    bool comparable = value > 0;
    if (!span.currency.empty()) {
      const auto& code = c.amount_currency[i];
      value = c.amount_value[i];
      comparable = std::string_view(code.data(), std::min<std::size_t>(3, span.currency.size())) == span.currency;
    }
    if (comparable && value >= span.low && value <= span.high) return true;
  }
  return false;
}

Conditions::Outcome Conditions::apply(Matches&& candidates, std::size_t part_number, const Part& part,
                                      const FacetSpace& space, std::vector<std::uint8_t>& marks) const {
  Outcome out;
  out.missed.resize(static_cast<std::size_t>(groups_));
  if (none()) {
    out.matched = std::move(candidates);
    return out;
  }
  // Mark the codes of this part: 1 + group, or one of the two special marks.
  const Columns& columns = part.columns;
  marks.resize(std::max<std::size_t>(marks.size(), columns.codes()), 0);
  std::vector<Code> marked;
  const auto mark_local = [&](Code local, std::uint8_t value) {
    marks[local] = value;
    marked.push_back(local);
  };
  const auto mark = [&](GlobalCode code, std::uint8_t value) {
    const auto& global_of = space.from_part(part_number);
    if (global_of.empty()) return mark_local(code, value);
    std::size_t facet = 0;
    while (code >= space.codes_of(facet).second) ++facet;
    for (const Code local : columns.with_key(facet, space.key(code))) {  // its spellings
      if (global_of[local] == code) mark_local(local, value);
    }
  };
  for (const auto& [code, group] : selected_) mark(code, static_cast<std::uint8_t>(group + 1));
  std::vector<std::vector<Code>> required;
  for (const auto& codes : required_) {
    const std::size_t before = marked.size();
    for (const GlobalCode code : codes) mark(code, kRequiredMark);
    required.emplace_back(marked.begin() + static_cast<std::ptrdiff_t>(before), marked.end());
  }
  for (const GlobalCode code : excluded_) mark(code, kExcludedMark);

  std::vector<Code> found;  // of the required ones, in one document
  const std::uint32_t all_groups = groups_ == 0 ? 0 : (~0u >> (32 - groups_));
  const int date_group = group_of(FieldId::kDate), amount_group = group_of(FieldId::kAmount);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const DocId doc = candidates.docs[i];
    std::uint32_t passed = 0;
    found.clear();
    bool excluded = false;
    if (!marked.empty()) {
      columns.for_each_code(doc, [&](Code code) {
        const std::uint8_t m = marks[code];
        if (m == 0) return;
        if (m == kExcludedMark) {
          excluded = true;
        } else if (m == kRequiredMark) {
          found.push_back(code);
        } else {
          passed |= 1u << (m - 1);
        }
      });
    }
    if (excluded || !has_all_of(required, found)) continue;
    if (date_group != kNoGroup && meets_any(part, doc, days_)) passed |= 1u << date_group;
    if (amount_group != kNoGroup && meets_any(part, doc, amounts_)) passed |= 1u << amount_group;
    if (meets_any(part, doc, excluded_days_) || meets_any(part, doc, excluded_amounts_)) continue;
    const std::uint32_t failed = all_groups & ~passed;
    if (failed == 0) {
      out.matched.docs.push_back(doc);
      out.matched.scores.push_back(candidates.scores[i]);
    } else if (std::has_single_bit(failed)) {
      out.missed[static_cast<std::size_t>(std::countr_zero(failed))].push_back(doc);
    }
  }
  for (const Code code : marked) marks[code] = 0;
  return out;
}

}  // namespace depeche::searcher
