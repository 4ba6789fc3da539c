#include <algorithm>

#include "output/range_label.hh"
#include "output/typography.hh"
#include "web/chart.hh"
#include "web/hit_values.hh"
#include "web/http_status.hh"
#include "web/pages.hh"

namespace depeche::web {
namespace {

using output::SearchState;
using schema::FieldId;
using searcher::SearchResponse;
using searcher::Sort;

// How many values of a facet a page shows: more of what readers ask for, fewer of what stays folded.
std::size_t shown_values(FieldId field) {
  switch (field) {
    case FieldId::kOrg:
      return 6;
    case FieldId::kEvent:
      return 5;
    case FieldId::kPerson:
    case FieldId::kPlace:
      return 4;
    case FieldId::kProduct:
    case FieldId::kTopic:
    case FieldId::kSource:
    case FieldId::kAgency:
      return 3;
    case FieldId::kId:
    case FieldId::kTitle:
    case FieldId::kText:
    case FieldId::kAuthor:
    case FieldId::kUrl:
    case FieldId::kDate:
    case FieldId::kAmount:
      return 0;
  }
  return 0;
}

List order_links(const Visit& visit, Sort current) {
  List links;
  const bool short_url = has_short_url(visit.state);
  for (const Sort sort : {Sort::kRelevance, Sort::kDate, Sort::kDateAscending}) {
    if (sort == Sort::kRelevance && visit.state.request.query.empty()) continue;
    links.push_back(Object()
                        .set("label", visit.t()["sort." + std::string(output::sort_name(sort))])
                        .set("url", link_or_button(short_url, with_sort(visit.state, sort)))
                        .set("order", output::sort_name(sort))
                        .set("on", sort == current));
  }
  return links;
}

void set_pages(Object& values, const Visit& visit, const SearchResponse& response) {
  const auto& request = visit.state.request;
  if (request.limit == 0 || response.groups <= request.limit) return;
  const std::size_t reachable = std::min<std::size_t>(response.groups, searcher::kMaxDepth);
  const std::size_t last = (reachable + request.limit - 1) / request.limit,
                    current = request.offset / request.limit + 1;
  const bool short_url = has_short_url(visit.state);
  const auto link = [&](std::size_t page) {
    return Object()
        .set("url", link_or_button(short_url, at_offset(visit.state, (page - 1) * request.limit)))
        .set("page", std::to_string(page));
  };
  List pages;
  std::size_t previous = 0;
  for (std::size_t page = 1; page <= last; ++page) {
    const bool near = page + 1 >= current && page <= current + 1;
    if (page != 1 && page != last && !near && !(current <= 3 && page <= 3)) continue;
    if (page > previous + 1) pages.push_back(Object().set("gap", true));
    const std::string number = output::number(page, visit.language);
    Object one;
    one.set("number", number).set("name", visit.t().fill("pages.page", {{"n", number}}));
    if (page == current)
      one.set("current", true);
    else
      one.set("link", link(page));
    pages.push_back(std::move(one));
    previous = page;
  }
  values.set("pages", std::move(pages));
  if (current > 1) values.set("previous", link(std::min(current - 1, last)));
  if (current < last) values.set("next", link(current + 1));
}

void set_notices(Object& values, const Visit& visit, const SearchResponse& response) {
  const output::Strings& t = visit.t();
  if (response.suggestion) {
    values.set("suggestion", Object()
                                 .set("text", *response.suggestion)
                                 .set("url", Url::local(search_url(with_query(visit.state, *response.suggestion)))));
  }
  if (response.relaxed) {
    std::string words;
    for (const std::string& word : response.dropped)
      words += (words.empty() ? "" : ", ") + output::quoted(word, visit.language);
    values.set("relaxed", Object().set("without", words.empty() ? "" : t.fill("notice.without", {{"words", words}})));
  }
  if (response.truncated) values.set("truncated", true);
  values.set("notes", note_values(visit, response));
}

void set_exports(Object& values, const Visit& visit) {
  SearchState state = visit.state;
  state.request.offset = 0;
  state.request.why.clear();
  const bool short_url = has_short_url(visit.state);
  List exports;
  constexpr std::pair<std::string_view, std::string_view> kExports[] = {
      {"JSON", "/search.json"}, {"CSV", "/search.csv"}, {"Atom", "/search.atom"}};
  for (const auto& [name, path] : kExports) {
    exports.push_back(Object()
                          .set("name", name)
                          .set("url", link_or_button(short_url, state, path))
                          .set("action", Url::local(std::string(path)))
                          .set("comma", name != std::rbegin(kExports)->first));
  }
  values.set("atom_url", link_or_button(short_url, state, "/search.atom"));
  values.set("exports", std::move(exports));
}

Object result_values(const Visit& visit, const SearchResponse& response) {
  const output::Strings& t = visit.t();
  const std::string tally = t.count("articles", response.total);
  const std::string heading =
      visit.state.request.query.empty() ? tally : tally + " " + t["for"] + " " + visit.state.request.query;
  Object values = frame(visit, visit.state.request.query.empty()
                                   ? tally
                                   : t.fill("colon", {{"left", visit.state.request.query}, {"right", tally}}));
  values.set("style_url", asset_url("/static/style.css"));  // the shorter sheet
  values.set("tally", tally).set("announcement", heading);
  values.set("orders", order_links(visit, response.sort));
  values.set("chips", chip_values(visit, response));
  values.set("clear_url", Url::local(search_url(without_filters(visit.state))));
  set_notices(values, visit, response);
  if (response.dates) {
    if (auto chart = timeline(*response.dates, visit)) values.set("timeline", std::move(*chart));
  }
  values.set("hits", full_hits(visit, response));
  values.set("start", std::to_string(visit.state.request.offset + 1));
  set_pages(values, visit, response);
  set_exports(values, visit);
  values.set("took", t.fill("took", {{"ms", output::decimal(response.took_ms, 1, visit.language)}}));
  values.set("facets", facet_values(visit, response));
  if (response.amounts) values.set("sums", Object().set("hidden", hidden_fields(visit.state, FieldId::kAmount)));
  values.set("state", hidden_fields(visit.state));
  // What asks for an explanation; the form of the filters leads to the first page.
  const bool own_form = visit.state.request.offset > 0 && !visit.state.request.query.empty();
  if (own_form) values.set("again", all_hidden_fields(with_why(visit.state, "")));
  values.set("why_form", own_form ? "again" : "state");
  if (!own_form) values.set("why_action", Url::local("/#why"));
  const std::size_t filters = visit.state.request.filters.size();
  values.set("filter_label",
             filters == 0 ? t["filters.open"] : t.fill("filters.open_n", {{"n", std::to_string(filters)}}));
  values.set("show_label", t.count("filters.show", response.total));
  return values;
}

}  // namespace

Reply failed(const Visit& visit, const Error& error) {
  const int status = http_status(error.code);
  return status == 503 ? index_error_page(visit, error) : error_page(visit, status, error);
}

Reply search_page(Visit& visit) {
  visit.bad = output::bad_bounds(visit.call.parameters, visit.t());
  auto state = output::state_from_parameters(
      visit.bad ? output::without_bounds(visit.call.parameters, visit.bad->field) : visit.call.parameters, visit.t());
  if (!state) {
    keep_query(visit);
    return failed(visit, state.error());
  }
  visit.state = std::move(*state);
  if (visit.state.value_search) {
    const auto& [field, prefix] = *visit.state.value_search;
    const std::string list = facet_url(field, visit.state);
    if (prefix.empty()) return redirect(list);
    return redirect(list + (list.find('?') == list.npos ? "?" : "&") + "prefix=" + output::encode_component(prefix));
  }
  if (visit.state.has_form_fields && !visit.bad) return redirect(search_url(visit.state));
  if (auto resolved = resolve_facets(visit.state, 0); !resolved) return failed(visit, resolved.error());
  if (!visit.state.has_criteria() && visit.call.parameters.size() == (visit.state.language ? 1U : 0U))
    return overview_page(visit);
  constexpr std::size_t kFew = 2;  // beside many filters, whose own values come in any case
  const std::size_t most = has_short_url(visit.state) ? SIZE_MAX : kFew;
  for (auto& facet : visit.state.request.facets)
    facet.size = visit.state.facet_size.value_or(std::min(shown_values(facet.field), most));

  auto response = visit.index->search(visit.state.request);
  if (!response) return failed(visit, response.error());
  if (response->total == 0) return no_result_page(visit, *response);
  return page(visit, "results", result_values(visit, *response), visit.bad ? 400 : 200);
}

}  // namespace depeche::web
