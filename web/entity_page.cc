// One organisation, person, place, …: when it is spoken of, with whom, and the latest articles.
#include <algorithm>

#include "output/range_label.hh"
#include "output/typography.hh"
#include "web/chart.hh"
#include "web/deals.hh"
#include "web/hit_values.hh"
#include "web/pages.hh"

namespace depeche::web {
namespace {

using schema::FieldId;
using searcher::SearchResponse;

constexpr std::size_t kDeals = 5;

searcher::SearchRequest entity_request(const output::SearchState& state, FieldId own) {
  searcher::SearchRequest request = state.request;
  request.limit = 6;
  request.sort = searcher::Sort::kDate;
  request.snippets = false;
  request.all_of.push_back(own);  // its values count beside the entity, not instead of it
  for (const FieldId field : {FieldId::kOrg, FieldId::kPerson, FieldId::kPlace, FieldId::kProduct, FieldId::kEvent}) {
    request.facets.emplace_back();
    request.facets.back().field = field;
    request.facets.back().size = field == own ? 7 : 6;
  }
  if (own > FieldId::kEvent) {  // its label is wanted
    request.facets.emplace_back();
    request.facets.back().field = own;
    request.facets.back().size = 1;
  }
  return request;
}

std::string label_of(const SearchResponse& response, FieldId own, const std::string& asked) {
  for (const auto& facet : response.facets) {
    if (facet.field != own) continue;
    for (const auto& value : facet.values) {
      if (value.selected) return value.label;
    }
  }
  return asked;
}

void set_mentions(Object& values, const Visit& visit, const SearchResponse& response) {
  if (!response.dates) return;
  const auto& buckets = response.dates->buckets;
  const auto counted = [](const searcher::DateBucket& bucket) { return bucket.count > 0; };
  const auto first = std::find_if(buckets.begin(), buckets.end(), counted);
  const auto last = std::find_if(buckets.rbegin(), buckets.rend(), counted);
  if (first == buckets.end()) return;
  values.set("first", output::short_date(output::date_from_span(first->first, first->last), visit.language));
  values.set("last", output::short_date(output::date_from_span(last->first, last->last), visit.language));
}

}  // namespace

Reply entity_page(Visit& visit, FieldId field, const std::string& label) {
  const output::Strings& t = visit.t();
  auto state = output::state_from_parameters(visit.call.parameters, visit.t());
  if (!state) return failed(visit, state.error());
  visit.state.language = state->language;
  output::SearchState of_entity = only_value(visit.state, field, label);
  auto response = visit.index->search(entity_request(of_entity, field));
  if (!response) return failed(visit, response.error());
  if (response->total == 0) {
    visit.state.request.query = label;  // it may stand in articles as a word
    return error_page(
        visit, 404,
        Error{ErrorCode::kNotFound, t.fill("entity.none", {{"label", output::quoted(label, visit.language)}})});
  }
  const std::string canonical = label_of(*response, field, label);
  const std::string shown = output::value_label(field, canonical, visit.language);
  of_entity = only_value(visit.state, field, canonical);
  const std::string type(schema::field(field).name);

  Object values = frame(visit, t.fill("colon", {{"left", shown}, {"right", t.count("articles", response->total)}}));
  values.set("type", type).set("type_name", t["type." + type]).set("label", shown);
  values.set("count", output::number(response->total, visit.language))
      .set("all_url", Url::local(search_url(of_entity)));
  set_mentions(values, visit, *response);
  if (response->dates) {
    if (auto chart = timeline(*response->dates, visit, of_entity)) values.set("timeline", std::move(*chart));
  }
  std::erase_if(response->facets, [&](const auto& facet) { return facet.field == field && field > FieldId::kEvent; });
  values.set("names", name_lists(visit, response->facets, of_entity, canonical));
  if (field < FieldId::kEvent) {
    values.set("deals_title", t["deals"]).set("deals", deal_values(visit, of_entity, kDeals));
    values.set("deals_url", Url::local(search_url(with_sort(with_deals(of_entity), searcher::Sort::kDate))));
  }
  values.set("hits", brief_hits(visit, response->hits));
  return page(visit, "entity", values);
}

}  // namespace depeche::web
