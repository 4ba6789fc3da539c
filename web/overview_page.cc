// No query: how much there is, from when, who and what it is about.
#include "output/typography.hh"
#include "web/chart.hh"
#include "web/deals.hh"
#include "web/hit_values.hh"
#include "web/pages.hh"
#include "web/risers.hh"

namespace depeche::web {
namespace {

using schema::FieldId;

constexpr std::size_t kDeals = 6, kRisers = 5;

searcher::SearchRequest overview_request() {
  searcher::SearchRequest request;
  request.limit = 6;
  request.snippets = false;
  for (const FieldId field : {FieldId::kOrg, FieldId::kPerson, FieldId::kPlace, FieldId::kProduct}) {
    request.facets.emplace_back();
    request.facets.back().field = field;
    request.facets.back().size = 6;
  }
  return request;
}

List example_searches(const Visit& visit) {
  List examples;
  for (const char* query : {"levée de fonds OpenAI", "\"intelligence artificielle\" -Microsoft", "montant:>1Md IA"}) {
    examples.push_back(
        Object().set("text", query).set("url", Url::local(search_url(with_query(visit.state, query)))));
  }
  return examples;
}

void set_deals(Object& values, const Visit& visit) {
  values.set("deals_title", visit.t()["deals.latest"]).set("deals", deal_values(visit, visit.state, kDeals));
  values.set("deals_url", Url::local(search_url(with_sort(with_deals(visit.state), searcher::Sort::kDate))));
}

}  // namespace

Reply overview_page(Visit& visit) {
  const output::Strings& t = visit.t();
  const auto response = visit.index->search(overview_request());
  if (!response) return failed(visit, response.error());
  const auto stats = visit.index->stats(false);
  if (!stats) return failed(visit, stats.error());

  Object values = frame(visit, t["tagline"]);
  values.set("front", true);
  values.set("articles", t.count("articles", response->total)).set("sources", t.count("sources", stats->sources));
  if (stats->period) values.set("period", output::period(*stats->period, visit.language));
  values.set("examples", example_searches(visit));
  if (response->dates) {
    if (auto chart = timeline(*response->dates, visit)) values.set("timeline", std::move(*chart));
  }
  values.set("names", name_lists(visit, response->facets, visit.state, ""));
  set_deals(values, visit);
  if (stats->period) {
    values.set("risers", risers(visit, stats->period->last, stats->articles, kRisers));
    const CivilDay last = civil_from_day(stats->period->last);
    const Date month{day_from_civil({last.year, last.month, 1}), DatePrecision::kMonth};
    values.set("rise", t.fill("overview.rise", {{"month", output::long_date(month, visit.language)}}));
  }
  values.set("hits", brief_hits(visit, response->hits));
  values.set("all_url", Url::local(search_url(visit.state)));
  return page(visit, "overview", values);
}

}  // namespace depeche::web
