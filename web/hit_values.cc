#include "web/hit_values.hh"

#include <algorithm>

#include "output/answer_words.hh"
#include "output/range_label.hh"
#include "output/shown_names.hh"
#include "output/typography.hh"
#include "web/chart.hh"

namespace depeche::web {
namespace {

using output::Language;
using output::SearchState;
using schema::FieldId;
using searcher::FacetResult;
using searcher::FacetValue;
using searcher::Hit;

SafeHtml snippet_markup(const searcher::Snippet& snippet) {
  HtmlBuilder html;
  const std::string_view text = snippet.text;
  if (snippet.cut_before) html.raw("… ");
  std::size_t done = 0;
  for (const auto& [begin, end] : snippet.highlights) {
    if (begin < done || end > text.size()) continue;
    html.text(text.substr(done, begin - done)).raw("<mark>").text(text.substr(begin, end - begin)).raw("</mark>");
    done = end;
  }
  html.text(text.substr(done));
  if (snippet.cut_after) html.raw(" …");
  return html.finish();
}

List hit_names(const Visit& visit, const Hit& hit, const searcher::SearchResponse& response) {
  List links;
  for (const output::ShownName& name : shown_names(hit, response, visit.language)) {
    const std::string_view type = schema::field(name.field).name;
    const std::string url = name.field == FieldId::kAmount
                                ? article_url(hit.id, visit.state) + "#m" + std::to_string(name.amount)
                                : entity_url(name.field, name.value, visit.state);
    links.push_back(Object()
                        .set("type", type)
                        .set("type_name", visit.t()["type." + std::string(type)])
                        .set("label", name.label)
                        .set("url", Url::local(url)));
  }
  return links;
}

List duplicate_links(const Visit& visit, const Hit& hit) {
  List links;
  for (const auto& duplicate : hit.duplicates) {
    Object link;
    link.set("url", Url::local(article_url(duplicate.id, visit.state)));
    link.set("source", duplicate.source.empty() ? duplicate.id : duplicate.source);
    if (duplicate.date) link.set("date", output::short_date(*duplicate.date, visit.language));
    links.push_back(std::move(link));
  }
  return links;
}

void set_why(const Visit& visit, const Hit& hit, Object& values) {
  const output::Strings& t = visit.t();
  if (visit.state.request.why != hit.id) {
    values.set("can_explain", true);
    return;
  }
  List parts;
  for (const auto& part : hit.why) {
    const output::ScoreText text = score_text(part, t);
    parts.push_back(Object()
                        .set("label", text.label)
                        .set("reason", text.reason)
                        .set("score", output::decimal(part.score, 1, visit.language)));
  }
  if (!parts.empty()) {
    parts.push_back(
        Object().set("label", t["hits.score"]).set("score", output::decimal(hit.score, 1, visit.language)));
  }
  values.set("why", Object().set("parts", std::move(parts)).set("retry_url", Url::local(search_url(visit.state))));
}

void set_agencies(const Visit& visit, const Hit& hit, Object& values) {
  std::string names;
  for (const std::string& agency : hit.labels[schema::facet_index(FieldId::kAgency)]) {
    if (hit.source.find(agency) == hit.source.npos) names += (names.empty() ? "" : ", ") + agency;
  }
  if (!names.empty()) values.set("agencies", visit.t().fill("hits.with", {{"names", names}}));
}

// How a value is taken or given up: by a link, or by a button of the form "state".
void set_toggle(Object& out, const FacetResult& facet, const FacetValue& value, const SearchState& state,
                bool links) {
  if (links) {
    out.set("url", Url::local(search_url(toggled(state, facet.field, value))));
    return;
  }
  out.set("url", false);
  const std::string name(schema::field(facet.field).name);
  if (!value.selected && !value.excluded) {
    out.set("name", name).set("set", value.value);
    return;
  }
  for (const output::Filter& filter : state.request.filters) {
    if (output::names_value(filter, facet.field, value.value, value.label)) {
      out.set("name", "drop").set("set", output::filter_text(filter));
      return;
    }
  }
}

Object facet_value(const Visit& visit, const FacetResult& facet, const FacetValue& value, const SearchState& state,
                   bool links) {
  const std::string label = output::value_label(facet.field, value.label, visit.language);
  Object out;
  out.set("label", label).set("count", output::number(value.count, visit.language));
  out.set("value", value.value).set("exclude", visit.t().fill("filters.exclude", {{"label", label}}));
  set_toggle(out, facet, value, state, links);
  if (value.selected)
    out.set("in", true);
  else if (value.excluded)
    out.set("out", true);
  else if (value.count > 0)
    out.set("can_exclude", true);
  if (value.count == 0 && !value.excluded) out.set("zero", true);
  return out;
}

bool is_active(const FacetResult& facet) {
  return std::any_of(facet.values.begin(), facet.values.end(),
                     [](const FacetValue& v) { return v.selected || v.excluded; });
}

Object facet_section(const Visit& visit, const FacetResult& facet, bool open) {
  const output::Strings& t = visit.t();
  const std::string name(schema::field(facet.field).name), title = t["types." + name];
  const std::string distinct = output::number(facet.distinct, visit.language);
  Object out;
  out.set("field", name).set("name", title).set("distinct", distinct);
  const bool links = has_short_url(visit.state), shown = open || is_active(facet);
  if (shown) out.set("open", true);
  // Folded and not asked for: the page of its values is enough.
  if (shown) out.set("values", value_list(visit, facet, visit.state));
  if (facet.distinct > facet.values.size() || !shown) {
    constexpr std::uint64_t kWorthSearching = 15;
    Object all;
    all.set("url", links ? Value(Url::local(facet_url(facet.field, visit.state))) : Value(false));
    all.set("label", t.fill("filters.all", {{"n", distinct}}));
    all.set("within_label", t.fill("filters.within", {{"n", distinct}, {"field", title}}));
    all.set("within_short", t.fill("filters.within_short", {{"n", distinct}}));
    if (facet.distinct > kWorthSearching && links) all.set("within", name + "-prefix");
    out.set("more", std::move(all));
  }
  return out;
}

void set_margin_date(Object& values, const std::optional<Date>& date, Language language) {
  if (!date) return;
  const output::MarginDate margin = output::margin_date(*date, language);
  values.set("when", Object().set("head", margin.head).set("year", margin.year).set("iso", to_iso(*date)));
}

Object hit_values(const Visit& visit, const Hit& hit, const searcher::SearchResponse* response) {
  Object values;
  // Names that may stay without a value here but have one in the page around.
  for (const char* name : {"when", "source", "agencies", "full", "can_explain"}) values.set(name, false);
  set_margin_date(values, hit.date, visit.language);
  values.set("url", Url::local(article_url(hit.id, visit.state))).set("title", hit.title).set("id", hit.id);
  if (!hit.source.empty()) {
    values.set("source", hit.source);
    values.set("source_url", Url::local(search_url(only_value(visit.state, FieldId::kSource, hit.source))));
  }
  set_agencies(visit, hit, values);
  if (!response) return values;
  values.set("full", true)
      .set("snippet", snippet_markup(hit.snippet))
      .set("entities", hit_names(visit, hit, *response));
  if (!hit.duplicates.empty()) {
    values.set("reprinted", visit.t().count("hits.reprinted", hit.duplicates.size()));
    values.set("duplicates", duplicate_links(visit, hit));
  }
  if (!visit.state.request.query.empty()) set_why(visit, hit, values);
  values.set("similar_url", Url::local(article_url(hit.id, visit.state) + "#similar"));
  return values;
}

}  // namespace

List full_hits(const Visit& visit, const searcher::SearchResponse& response) {
  List out;
  for (const Hit& hit : response.hits) out.push_back(hit_values(visit, hit, &response));
  return out;
}

List brief_hits(const Visit& visit, const std::vector<Hit>& hits) {
  List out;
  for (const Hit& hit : hits) out.push_back(hit_values(visit, hit, nullptr));
  return out;
}

List chip_values(const Visit& visit, const searcher::SearchResponse& response) {
  const output::Strings& t = visit.t();
  List chips;
  const bool links = has_short_url(visit.state);
  for (const output::Filter& filter : visit.state.request.filters) {
    Object chip;
    chip.set("type", schema::field(filter.field).name)
        .set("label", output::filter_label(filter, response, visit.language));
    chip.set("url", link_or_button(links, without_filter(visit.state, filter)))
        .set("drop", output::filter_text(filter));
    chip.set("action", t[filter.exclude ? "filters.include_again" : "filters.remove"]);
    if (filter.exclude) chip.set("out", true);
    chips.push_back(std::move(chip));
  }
  return chips;
}

List note_values(const Visit& visit, const searcher::SearchResponse& response) {
  List notes;
  for (const searcher::Note& note : response.notes) notes.push_back(Object().set("text", note_text(note, visit.t())));
  return notes;
}

List value_list(const Visit& visit, const FacetResult& facet, const SearchState& state) {
  List out;
  const bool links = has_short_url(state);
  for (const FacetValue& value : facet.values) out.push_back(facet_value(visit, facet, value, state, links));
  return out;
}

List facet_values(const Visit& visit, const searcher::SearchResponse& response) {
  List out;
  const auto add_amounts = [&] {
    if (!response.amounts) return;
    auto chart = amounts_chart(*response.amounts, visit);
    if (!chart) return;
    chart->set("amounts", true).set("field", "amount").set("open", true).set("name", visit.t()["types.amount"]);
    out.push_back(std::move(*chart));
  };
  bool amounts_done = false;
  for (const FacetResult& facet : response.facets) {
    const bool after_entities = facet.field > FieldId::kEvent;
    if (after_entities && !amounts_done) {
      add_amounts();
      amounts_done = true;
    }
    if (facet.values.empty()) continue;
    out.push_back(facet_section(visit, facet, facet.field <= FieldId::kPlace || facet.field == FieldId::kEvent));
  }
  if (!amounts_done) add_amounts();
  return out;
}

List name_lists(const Visit& visit, const std::vector<FacetResult>& facets, const SearchState& state,
                std::string_view leave_out) {
  const output::Strings& t = visit.t();
  List lists;
  for (const FacetResult& facet : facets) {
    List names;
    for (const FacetValue& value : facet.values) {
      if (value.count == 0 || value.label == leave_out) continue;
      names.push_back(Object()
                          .set("label", output::value_label(facet.field, value.label, visit.language))
                          .set("url", Url::local(entity_url(facet.field, value.label, visit.state)))
                          .set("count", output::number(value.count, visit.language)));
    }
    if (names.empty()) continue;
    const std::string name(schema::field(facet.field).name);
    Object list;
    list.set("type", name).set("name", t["types." + name]);
    if (facet.distinct > names.size()) {
      list.set("more",
               Object()
                   .set("url", Url::local(facet_url(facet.field, state)))
                   .set("label", t.fill("filters.all", {{"n", output::number(facet.distinct, visit.language)}})));
    }
    list.set("names", std::move(names));
    lists.push_back(std::move(list));
  }
  return lists;
}

}  // namespace depeche::web
