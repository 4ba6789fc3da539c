// Every value of one field, page by page: what « voir plus » and the search within values lead to.
#include "output/facet_url.hh"
#include "output/typography.hh"
#include "web/chart.hh"
#include "web/hit_values.hh"
#include "web/pages.hh"

namespace depeche::web {
namespace {

using output::FacetPage;
using searcher::ValueOrder;

List order_links(const Visit& visit, const FacetPage& list) {
  List links;
  constexpr std::pair<ValueOrder, std::string_view> kOrders[] = {{ValueOrder::kCount, "facet.by_count"},
                                                                 {ValueOrder::kLabel, "facet.by_label"},
                                                                 {ValueOrder::kUnusual, "facet.by_unusual"}};
  for (const auto& [order, label] : kOrders) {
    if (order == ValueOrder::kUnusual && !list.state.has_criteria()) continue;  // of everything nothing is unusual
    FacetPage other = list;
    other.request.order = order;
    links.push_back(Object()
                        .set("label", visit.t()[label])
                        .set("url", Url::local(facet_page_url(other, 0)))
                        .set("on", order == list.request.order));
  }
  return links;
}

void set_pages(Object& values, const FacetPage& list, const searcher::FacetResult& facet) {
  const auto& request = list.request;
  if (request.offset > 0) {
    const std::size_t previous = request.offset > request.size ? request.offset - request.size : 0;
    values.set("previous", Object().set("url", Url::local(facet_page_url(list, previous))));
  }
  const std::size_t next = request.offset + request.size;
  // With a prefix the number of matching values is not known: a full page may go on.
  if (facet.values.size() >= request.size && next < facet.distinct) {
    values.set("next", Object().set("url", Url::local(facet_page_url(list, next))));
  }
}

}  // namespace

Reply facet_page(Visit& visit, schema::FieldId field) {
  const output::Strings& t = visit.t();
  auto list = output::facet_page_from_parameters(field, visit.call.parameters, visit.call.path, t);
  if (!list) return failed(visit, list.error());
  visit.state = list->state;
  visit.state.request.limit = searcher::SearchRequest{}.limit;
  auto response = visit.index->search(list->state.request);
  if (!response) return failed(visit, response.error());

  const std::string name(schema::field(field).name), title = t["types." + name];
  const std::string heading = t.fill("facet.title", {{"field", title}});
  Object values = frame(visit, heading);
  values.set("type", name).set("heading", title).set("chips", chip_values(visit, *response));
  values.set("clear_url", Url::local(search_url(without_filters(visit.state))));
  values.set("back_url", Url::local(search_url(visit.state)));
  values.set("field", name).set("prefix", list->request.prefix).set("action", Url::local("/facets/" + name));
  values.set("hidden", hidden_fields(visit.state)).set("state", hidden_fields(visit.state));
  if (response->facets.empty()) return page(visit, "facet_list", values);

  const auto& facet = response->facets.front();
  values.set("tally", t.count("facet.search", facet.distinct)).set("values", value_list(visit, facet, visit.state));
  values.set("orders", order_links(visit, *list));
  if (facet.values.empty()) {
    values.set("nothing", list->request.prefix.empty() ? t["facet.empty"]
                                                       : t.fill("facet.none", {{"prefix", list->request.prefix}}));
  }
  set_pages(values, *list, facet);
  return page(visit, "facet_list", values);
}

}  // namespace depeche::web
