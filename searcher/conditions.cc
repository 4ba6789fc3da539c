#include "searcher/conditions.hh"

#include <algorithm>
#include <bit>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "text/fold.hh"

namespace depeche::searcher {
namespace {

constexpr std::uint8_t kExcludedMark = 255, kRequiredMark = 254;

struct Unit {
  std::string_view name;
  double factor;
};
constexpr Unit kUnits[] = {{"milliards", 1e9}, {"milliard", 1e9}, {"millions", 1e6}, {"million", 1e6}, {"billions", 1e12},
                           {"mds", 1e9}, {"mrd", 1e9}, {"md", 1e9}, {"mille", 1e3}, {"bn", 1e9}, {"g", 1e9}, {"b", 1e9},
                           {"m", 1e6}, {"k", 1e3}};
struct Currency {
  std::string_view name, code;
};
constexpr Currency kCurrencies[] = {{"€", "EUR"}, {"$", "USD"}, {"£", "GBP"}, {"¥", "JPY"}, {"euros", "EUR"},
                                    {"euro", "EUR"}, {"dollars", "USD"}, {"dollar", "USD"}, {"livres", "GBP"}};

struct Quantity {
  double value = 0;
  std::string currency;
};

// "10M", "1,5 Md€", "50 M USD", "10 000 000".
std::optional<Quantity> parse_quantity(std::string_view text) {
  std::string rest = text::fold(text);  // lower case, every kind of blank a plain one
  std::string digits;
  std::size_t at = 0;
  bool point = false;
  for (; at < rest.size(); ++at) {
    const char c = rest[at];
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if ((c == ',' || c == '.') && !digits.empty() && !point) {
      digits += '.';
      point = true;
    } else if (c != ' ' && c != '_') {
      break;
    }
  }
  if (digits.empty() || digits.size() > 300) return std::nullopt;
  Quantity q;
  q.value = std::strtod(digits.c_str(), nullptr);
  std::string tail;
  for (const char c : rest.substr(at)) {
    if (c != ' ') tail += c;
  }
  for (const Unit& unit : kUnits) {
    if (!tail.starts_with(unit.name)) continue;
    q.value *= unit.factor;
    tail.erase(0, unit.name.size());
    break;
  }
  if (tail.starts_with("de")) tail.erase(0, 2);
  if (tail.starts_with("d'")) tail.erase(0, 2);
  if (tail.empty()) return q;
  for (const Currency& currency : kCurrencies) {
    if (tail == currency.name) q.currency = currency.code;
  }
  if (q.currency.empty() && tail.size() == 3 && std::all_of(tail.begin(), tail.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
    for (const char c : tail) q.currency += static_cast<char>(c - 32);
  }
  if (q.currency.empty()) return std::nullopt;
  return q;
}

tl::unexpected<Error> bad_value(const Filter& filter, const std::string& why, const std::string& hint) {
  const schema::Field& field = schema::field(filter.field);
  return failure(ErrorCode::kUsage, std::string(field.name) + "=" + filter.value + " " + why, hint);
}

}  // namespace

std::optional<AmountSpan> parse_amount_span(std::string_view text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  AmountSpan span{0, kInfinity, {}};
  const auto single = [&](std::string_view number, double& into) {
    const auto q = parse_quantity(number);
    if (!q || !std::isfinite(q->value)) return false;
    into = q->value;
    if (!q->currency.empty()) span.currency = q->currency;
    return true;
  };
  if (text.starts_with(">=") || text.starts_with("≥")) {
    text.remove_prefix(text.front() == '>' ? 2 : std::string_view("≥").size());
    return single(text, span.low) ? std::optional(span) : std::nullopt;
  }
  if (text.starts_with("<=") || text.starts_with("≤")) {
    text.remove_prefix(text.front() == '<' ? 2 : std::string_view("≤").size());
    return single(text, span.high) ? std::optional(span) : std::nullopt;
  }
  if (text.starts_with(">") || text.starts_with("<")) {
    const bool above = text.front() == '>';
    double limit = 0;
    if (!single(text.substr(1), limit)) return std::nullopt;
    (above ? span.low : span.high) = std::nextafter(limit, above ? kInfinity : 0.0);
    return span;
  }
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    if (!single(text, span.low)) return std::nullopt;
    span.high = span.low;
    return span;
  }
  const std::string_view low = text.substr(0, dots), high = text.substr(dots + 2);
  if (low.empty() && high.empty()) return std::nullopt;
  if (!low.empty() && !single(low, span.low)) return std::nullopt;
  if (!high.empty() && !single(high, span.high)) return std::nullopt;
  return span;
}

Result<Conditions> Conditions::resolve(const std::vector<Filter>& filters, const std::vector<FacetRequest>& facets,
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
      if (!span) return bad_value(f, "is not a date", "write 2024, 2024-10, 2024-10-02, or a range: 2024-01..2024-06, 2024-01.., ..2023");
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
      const bool all_required = std::any_of(facets.begin(), facets.end(), [&](const FacetRequest& r) {
        return r.field == f.field && r.all_required;
      });
      if (f.exclude) {
        c.excluded_.insert(c.excluded_.end(), codes.begin(), codes.end());
        continue;
      }
      c.selected_codes_.insert(c.selected_codes_.end(), codes.begin(), codes.end());
      if (all_required) {
        c.required_.insert(c.required_.end(), codes.begin(), codes.end());
        c.impossible_required_ = c.impossible_required_ || codes.empty();
      } else {
        const int number = group(f.field);
        for (const GlobalCode code : codes) c.selected_.emplace_back(code, number);
      }
    }
  }
  for (auto* codes : {&c.excluded_, &c.required_, &c.selected_codes_}) {
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

bool Conditions::meets_any(const Part& part, DocId doc, const std::vector<DaySpan>& spans) const {
  const Day first = part.columns.day[doc], last = part.columns.last_day[doc];
  if (first == INT32_MIN) return false;
  return std::any_of(spans.begin(), spans.end(), [&](const DaySpan& s) { return first <= s.last && last >= s.first; });
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
  const auto mark = [&](GlobalCode code, std::uint8_t value) {
    const auto& global_of = space.from_part(part_number);
    Code local = code;
    if (!global_of.empty()) {
      const auto facet = [&] {
        std::size_t f = 0;
        while (code >= space.codes_of(f).second) ++f;
        return f;
      }();
      const auto [begin, end] = columns.codes_of(facet);  // both orders are the collation: find it by halving
      const auto at = std::lower_bound(global_of.begin() + begin, global_of.begin() + end, code);
      if (at == global_of.begin() + end || *at != code) return false;
      local = static_cast<Code>(at - global_of.begin());
    }
    marks[local] = value;
    marked.push_back(local);
    return true;
  };
  bool has_all_required = !impossible_required_;
  for (const auto& [code, group] : selected_) mark(code, static_cast<std::uint8_t>(group + 1));
  for (const GlobalCode code : required_) has_all_required = mark(code, kRequiredMark) && has_all_required;
  for (const GlobalCode code : excluded_) mark(code, kExcludedMark);

  const std::uint32_t all_groups = groups_ == 0 ? 0 : (~0u >> (32 - groups_));
  const int date_group = group_of(FieldId::kDate), amount_group = group_of(FieldId::kAmount);
  for (std::size_t i = 0; has_all_required && i < candidates.size(); ++i) {
    const DocId doc = candidates.docs[i];
    std::uint32_t passed = 0;
    std::size_t required = 0;
    bool excluded = false;
    if (!marked.empty()) {
      columns.for_each_code(doc, [&](Code code) {
        const std::uint8_t m = marks[code];
        if (m == 0) return;
        if (m == kExcludedMark) {
          excluded = true;
        } else if (m == kRequiredMark) {
          ++required;
        } else {
          passed |= 1u << (m - 1);
        }
      });
    }
    if (excluded || required < required_.size()) continue;
    if (date_group != kNoGroup && meets_any(part, doc, days_)) passed |= 1u << date_group;
    if (amount_group != kNoGroup &&
        std::any_of(amounts_.begin(), amounts_.end(), [&](const AmountSpan& s) { return meets(part, doc, s); })) {
      passed |= 1u << amount_group;
    }
    if (meets_any(part, doc, excluded_days_)) continue;
    if (std::any_of(excluded_amounts_.begin(), excluded_amounts_.end(),
                    [&](const AmountSpan& s) { return meets(part, doc, s); })) {
      continue;
    }
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
