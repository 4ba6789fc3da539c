#include "web/routes.hh"

#include "web/api.hh"
#include "web/openapi.hh"
#include "web/pages.hh"

namespace depeche::web {
namespace {

constexpr std::string_view kHtml = "text/html", kJson = "application/json", kText = "text/plain";

// What stands for {facet} or {counted}.
std::optional<schema::FieldId> field_named(std::string_view name, bool ranges_too) {
  const auto field = schema::find_field(name);
  if (!field) return std::nullopt;
  const auto kind = schema::field(*field).kind;
  if (kind == schema::FieldKind::kFacet || (ranges_too && kind == schema::FieldKind::kRange)) return field;
  return std::nullopt;
}

}  // namespace

const std::vector<Route>& routes() {
  using P = ParameterSet;
  using M = const Metrics&;
  static const std::vector<Route> table = {
      {"/", "page", "The search page; without parameters the overview of the index.", P::kSearch, kHtml, "", true,
       [](Visit& v, const Place&, M) { return search_page(v); }},
      {"/search.json", "search_json", "The same answer as the page, as JSON.", P::kSearch, kJson, "Answer", true,
       [](Visit& v, const Place&, M) { return search_json(v); }},
      {"/search.csv", "search_csv", "The hits as CSV (RFC 4180).", P::kSearch, "text/csv", "", true,
       [](Visit& v, const Place&, M) { return search_csv(v); }},
      {"/search.atom", "search_atom", "The hits as a feed (RFC 4287).", P::kSearch, "application/atom+xml", "", true,
       [](Visit& v, const Place&, M) { return search_atom(v); }},
      {"/suggest.json", "suggest_json", "What the beginning of a query may become: words, names, titles.",
       P::kSuggest, kJson, "Suggestions", true, [](Visit& v, const Place&, M) { return suggest_json(v); }},
      {"/facets/{counted}.json", "facet_json", "Every value of a facet with its count; the histogram of a range.",
       P::kList, kJson, "Counts", true, [](Visit& v, const Place& at, M) { return facet_json(v, at.field); }},
      {"/facets/{facet}", "facet_page", "Every value of a facet with its count.", P::kList, kHtml, "", true,
       [](Visit& v, const Place& at, M) { return facet_page(v, at.field); }},
      {"/entity/{facet}/{value}", "entity_page", "When a name is spoken of, with whom, and the latest articles.",
       P::kLanguage, kHtml, "", true, [](Visit& v, const Place& at, M) { return entity_page(v, at.field, at.rest); }},
      {"/article/{id}", "article_page", "An article with what was found in it.", P::kLanguage, kHtml, "", true,
       [](Visit& v, const Place& at, M) { return article_page(v, at.rest); }},
      {"/opensearch.xml", "opensearch", "How browsers search here.", P::kLanguage,
       "application/opensearchdescription+xml", "", false, [](Visit& v, const Place&, M) { return opensearch(v); }},
      {"/openapi.json", "openapi", "This description.", P::kNone, kJson, "", false,
       [](Visit&, const Place&, M) { return openapi(); }},
      {"/healthz", "health", "200 where there is an index, else 503.", P::kNone, kText, "", false,
       [](Visit& v, const Place&, M) { return health(v); }},
      {"/metrics", "metrics", "Counters in the text format of Prometheus.", P::kNone, kText, "", false,
       [](Visit& v, const Place&, M metrics) { return metrics_text(v, metrics); }},
  };
  return table;
}

std::optional<Place> match(const Route& route, std::string_view path) {
  Place place;
  std::string_view pattern = route.path;
  while (true) {
    const auto open = pattern.find('{');
    const std::string_view literal = pattern.substr(0, open);
    if (open == pattern.npos) return path == literal ? std::optional(place) : std::nullopt;
    if (!path.starts_with(literal)) return std::nullopt;
    path.remove_prefix(literal.size());
    const auto close = pattern.find('}', open);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    pattern.remove_prefix(close + 1);
    if (name == "id" || name == "value") {
      place.rest = path;
      return path.empty() ? std::nullopt : std::optional(place);
    }
    const auto end = pattern.empty() ? path.size() : path.find(pattern.front());
    const auto field = field_named(path.substr(0, end), name == "counted");
    if (!field || end == path.npos) return std::nullopt;
    place.field = *field;
    path.remove_prefix(end);
  }
}

}  // namespace depeche::web
