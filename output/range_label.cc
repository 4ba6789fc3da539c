#include "output/range_label.hh"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "output/request_url.hh"
#include "output/typography.hh"

namespace depeche::output {
namespace {

struct Bound {
  double value = 0;
  std::string currency;
};

// "1,5Md", "50 M€", "10000000", "10MUSD".
std::optional<Bound> parse_bound(std::string_view text) {
  std::string digits;
  std::size_t i = 0;
  for (; i < text.size() && ((text[i] >= '0' && text[i] <= '9') || text[i] == ',' || text[i] == '.'); ++i) {
    digits += text[i] == ',' ? '.' : text[i];
  }
  Bound bound;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bound.value);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  std::string_view unit = text.substr(i);
  const auto take = [&](std::string_view word, double factor) {
    if (!unit.starts_with(word)) return false;
    unit.remove_prefix(word.size());
    bound.value *= factor;
    return true;
  };
  if (!take("Md", 1e9) && !take("md", 1e9) && !take("M", 1e6) && !take("m", 1e6) && !take("k", 1e3)) take("K", 1e3);
  bound.currency = unit.empty() || unit == "€" ? "EUR"
                   : unit == "$"               ? "USD"
                   : unit == "£"               ? "GBP"
                                               : std::string(unit);
  if (bound.currency.size() != 3) return std::nullopt;
  return bound;
}

std::string bound_label(const Bound& bound, Language language) {
  return money(bound.value, bound.currency, language);
}

}  // namespace

std::string date_range_label(std::string_view range, Language language) {
  const auto span = parse_day_span(range);
  return span && span->first <= span->last ? period(*span, language) : std::string(range);
}

std::string amount_range_label(std::string_view range, Language language) {
  const Strings& t = strings(language);
  std::string_view low = range, high;
  const auto dots = range.find("..");
  if (dots != range.npos) {
    low = range.substr(0, dots);
    high = range.substr(dots + 2);
  } else if (range.starts_with(">=") || range.starts_with("<=")) {
    (range[0] == '>' ? low : high) = range.substr(2);
    if (range[0] == '<') low = {};
  } else if (range.starts_with('>') || range.starts_with('<')) {
    (range[0] == '>' ? low : high) = range.substr(1);
    if (range[0] == '<') low = {};
  } else {
    high = range;
  }
  std::optional<Bound> from = parse_bound(low);
  const std::optional<Bound> to = parse_bound(high);
  if ((!low.empty() && !from) || (!high.empty() && !to) || (!from && !to)) return std::string(range);
  if (from && to && to->currency != "EUR") from->currency = to->currency;  // a currency at the end counts for both
  if (!to) return t.fill("from_amount", {{"from", bound_label(*from, language)}});
  if (!from) return t.fill("until_amount", {{"to", bound_label(*to, language)}});
  if (from->value == to->value) return bound_label(*to, language);
  return t.fill("period", {{"from", bound_label(*from, language)}, {"to", bound_label(*to, language)}});
}

std::string value_label(schema::FieldId field, std::string_view label, Language language) {
  if (field == schema::FieldId::kEvent) {
    const std::string key = "event." + std::string(label);
    if (strings(language).has(key)) return strings(language)[key];
  }
  return std::string(label);
}

std::string filter_label(const searcher::Filter& filter, const searcher::SearchResponse& response,
                         Language language) {
  if (filter.field == FieldId::kDate) return date_range_label(filter.value, language);
  if (filter.field == FieldId::kAmount) return amount_range_label(filter.value, language);
  for (const searcher::FacetResult& facet : response.facets) {
    if (facet.field != filter.field) continue;
    for (const searcher::FacetValue& value : facet.values) {
      if (names_value(filter, facet.field, value.value, value.label))
        return value_label(facet.field, value.label, language);
    }
  }
  const schema::Field& field = schema::field(filter.field);
  if (field.kind == schema::FieldKind::kFacet) return value_label(filter.field, filter.value, language);
  return typeset(strings(language)["type." + std::string(field.name)] + " : ", language) + filter.value;
}

std::string amount_bound(double value) {
  const double factor = value >= 1e9 ? 1e9 : value >= 1e6 ? 1e6 : 1;
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%.12g", value / factor);
  return std::string(buffer) + (factor == 1e9 ? "Md" : factor == 1e6 ? "M" : "");
}

}  // namespace depeche::output
