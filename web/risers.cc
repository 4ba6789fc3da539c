#include "web/risers.hh"

#include <algorithm>
#include <cmath>

#include "output/range_label.hh"
#include "output/typography.hh"

namespace depeche::web {
namespace {

using schema::FieldId;

constexpr double kUnlikely = 10.8;  // of the log-likelihood ratio: chance reaches it once in a thousand
constexpr std::size_t kMonths = 12;

struct Riser {
  FieldId field;
  searcher::FacetValue value;
};

searcher::SearchRequest bare_request() {
  searcher::SearchRequest request;
  request.limit = 0;
  request.snippets = request.histograms = false;
  return request;
}

std::vector<Riser> unusual(const searcher::SearchResponse& response, std::size_t most) {
  std::vector<Riser> all;
  for (const auto& facet : response.facets) {
    for (const auto& value : facet.values) {
      if (value.surprise >= kUnlikely) all.push_back({facet.field, value});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.value.surprise > b.value.surprise; });
  if (all.size() > most) all.resize(most);
  return all;
}

// The articles of each of the last months as a line in a box of 100 × 30; nothing where the months cannot be told.
std::string course(searcher::Searcher& index, const Riser& riser, Day first, Day last) {
  searcher::SearchRequest request = bare_request();
  request.histograms = true;
  request.unit = searcher::HistogramUnit::kMonth;
  request.filters = {{riser.field, riser.value.value, false}};
  const auto response = index.search(request);
  if (!response || !response->dates) return {};
  std::vector<std::uint64_t> counts(kMonths, 0);
  const CivilDay begin = civil_from_day(first);
  for (const auto& bucket : response->dates->buckets) {
    if (bucket.first < first || bucket.last > last) continue;
    const CivilDay day = civil_from_day(bucket.first);
    const auto month = static_cast<std::size_t>((day.year - begin.year) * 12 + day.month - begin.month);
    if (month < kMonths) counts[month] = bucket.count;
  }
  const double peak =
      static_cast<double>(std::max<std::uint64_t>(1, *std::max_element(counts.begin(), counts.end())));
  std::string points;
  for (std::size_t i = 0; i < kMonths; ++i) {
    const auto x = i * 100 / (kMonths - 1);
    const auto y = 30 - static_cast<int>(28 * static_cast<double>(counts[i]) / peak);
    points += (points.empty() ? "" : " ") + std::to_string(x) + "," + std::to_string(y);
  }
  return points;
}

}  // namespace

List risers(const Visit& visit, Day latest, std::uint64_t articles, std::size_t most) {
  List out;
  const output::Strings& t = visit.t();
  const CivilDay day = civil_from_day(latest);
  const Day month = day_from_civil({day.year, day.month, 1});
  const int year_before = day.month == 12 ? day.year : day.year - 1, month_after = day.month % 12 + 1;
  searcher::SearchRequest request = bare_request();
  request.group_duplicates = false;
  request.filters = {{FieldId::kDate, to_iso(Date{month, DatePrecision::kMonth}), false}};
  for (const FieldId field : {FieldId::kOrg, FieldId::kPerson, FieldId::kPlace, FieldId::kProduct, FieldId::kEvent}) {
    request.facets.emplace_back();
    request.facets.back().field = field;
    request.facets.back().size = most;
    request.facets.back().order = searcher::ValueOrder::kUnusual;
  }
  const auto response = visit.index->search(request);
  if (!response || response->total == 0) return out;
  const auto here = static_cast<double>(response->total), before = static_cast<double>(articles) - here;
  // How many times larger its share of the month's articles is than of those before; infinite for what is new.
  const auto growth = [&](const Riser& riser) {
    const auto earlier = static_cast<double>(riser.value.overall - riser.value.count);
    return static_cast<double>(riser.value.count) / here * before / earlier;
  };
  std::vector<Riser> rising = unusual(*response, most);
  std::stable_sort(rising.begin(), rising.end(), [&](auto& a, auto& b) { return growth(a) > growth(b); });
  for (const Riser& riser : rising) {
    const std::string type(schema::field(riser.field).name);
    Object one;
    one.set("type", type).set("type_name", t["type." + type]);
    one.set("label", output::value_label(riser.field, riser.value.label, visit.language));
    one.set("url", Url::local(entity_url(riser.field, riser.value.label, visit.state)));
    const double times = growth(riser);
    one.set("times", std::isfinite(times) ? "×\u00A0" + output::decimal(times, times < 10 ? 1 : 0, visit.language)
                                          : t["overview.new"]);
    one.set("points", course(*visit.index, riser, day_from_civil({year_before, month_after, 1}), latest + 31));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace depeche::web
