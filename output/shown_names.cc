#include "output/shown_names.hh"

#include <algorithm>

#include "output/range_label.hh"
#include "output/typography.hh"
#include "text/fold.hh"

namespace depeche::output {
namespace {

using schema::FieldId;

constexpr std::size_t kMost = 6;
constexpr FieldId kTypes[] = {FieldId::kOrg, FieldId::kPerson, FieldId::kPlace, FieldId::kProduct, FieldId::kEvent};

std::uint64_t count_of(const searcher::SearchResponse& response, FieldId field, const std::string& label) {
  for (const searcher::FacetResult& facet : response.facets) {
    if (facet.field != field) continue;
    for (const searcher::FacetValue& value : facet.values) {
      if (value.label == label) return value.count;
    }
  }
  return 0;
}

// The labels with the telling ones first.
std::vector<std::string> ordered(std::vector<std::string> labels, FieldId field,
                                 const searcher::SearchResponse& response) {
  if (labels.size() < 2) return labels;
  struct Ranked {
    bool asked = false;
    std::uint64_t count = 0;
    std::string label;
  };
  const std::string query = response.query.empty() ? std::string() : text::fold(response.query);
  std::vector<Ranked> ranked;
  for (std::string& label : labels) {
    const bool asked = !query.empty() && query.find(text::fold(label)) != query.npos;
    const std::uint64_t count = count_of(response, field, label);
    ranked.push_back({asked, count, std::move(label)});
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Ranked& a, const Ranked& b) { return a.asked != b.asked ? a.asked : a.count > b.count; });
  labels.clear();
  for (Ranked& one : ranked) labels.push_back(std::move(one.label));
  return labels;
}

}  // namespace

std::vector<ShownName> shown_names(const searcher::Hit& hit, const searcher::SearchResponse& response,
                                   Language language) {
  std::size_t types = hit.amounts.empty() ? 0 : 1;
  for (const FieldId field : kTypes) types += !hit.labels[schema::facet_index(field)].empty();
  std::size_t spare =
      kMost - std::min(kMost, types);  // beyond one of each type: two organisations, then two persons, …

  std::vector<ShownName> names;
  for (const FieldId field : kTypes) {
    const auto labels = ordered(hit.labels[schema::facet_index(field)], field, response);
    const std::size_t shown = std::min<std::size_t>(labels.size(), spare > 0 ? 2 : 1);
    if (shown == 2) --spare;
    for (std::size_t i = 0; i < shown; ++i) {
      names.push_back({field, value_label(field, labels[i], language), labels[i]});
    }
  }
  if (!hit.amounts.empty()) {
    const auto largest =
        std::max_element(hit.amounts.begin(), hit.amounts.end(), [](auto& a, auto& b) { return a.eur < b.eur; });
    names.push_back(
        {FieldId::kAmount, money(*largest, language), "", static_cast<std::size_t>(largest - hit.amounts.begin())});
  }
  return names;
}

}  // namespace depeche::output
