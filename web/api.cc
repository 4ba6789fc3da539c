#include "web/api.hh"

#include "output/atom.hh"
#include "output/csv.hh"
#include "output/facet_url.hh"
#include "output/json.hh"
#include "output/suggestions.hh"
#include "output/xml.hh"
#include "web/http_status.hh"

namespace depeche::web {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::size_t kDefaultFacetSize = 10;

Reply tagged(const Visit& visit, std::string_view type, std::string body) {
  Reply reply;
  reply.type = type;
  reply.body = std::move(body);
  reply.tagged = true;
  reply.revision = visit.index->revision();
  return reply;
}

// Reads the URL and asks the index: what all three forms of an answer begin with.
Result<searcher::SearchResponse> answer(Visit& visit, bool with_facets) {
  auto state = output::state_from_parameters(visit.call.parameters);
  if (!state) return tl::unexpected(state.error());
  visit.state = std::move(*state);
  if (auto resolved = resolve_facets(visit.state, kDefaultFacetSize); !resolved)
    return tl::unexpected(resolved.error());
  if (!with_facets) {
    visit.state.request.facets.clear();
    visit.state.request.histograms = false;
  }
  return visit.index->search(visit.state.request);
}

std::string base_url(const Visit& visit) {
  return "http://" + visit.call.host;
}

Result<searcher::SuggestRequest> suggest_request(const output::Parameters& parameters, bool& for_browsers) {
  const output::Strings& t = output::strings(output::Language::kEnglish);
  searcher::SuggestRequest request;
  for (const auto& [name, value] : parameters) {
    const output::Parameter* known = find_parameter(output::kSuggestParameters, name);
    if (!known) {
      return failure(ErrorCode::kUsage, t.fill("url.unknown", {{"name", "\"" + name + "\""}}),
                     "known ones are prefix, limit, format and lang");
    }
    if (auto checked = check_parameter(*known, value, t); !checked) return tl::unexpected(checked.error());
    if (name == "prefix") request.prefix = value;
    if (name == "limit") request.limit = *output::parse_size(value, known->max);
    if (name == "format") for_browsers = value == "opensearch";
  }
  return request;
}

Reply plain_error(const Error& error) {
  Reply reply;
  reply.status = http_status(error.code);
  reply.type = "text/plain; charset=utf-8";
  reply.body = error.message + "\n" + (error.hint.empty() ? "" : error.hint + "\n");
  return reply;
}

const char* title_of(int status) {
  switch (status) {
    case 404:
      return "Not found";
    case 405:
      return "Method not allowed";
    case 408:
      return "Request timeout";
    case 413:
      return "Content too large";
    case 414:
      return "URI too long";
    case 421:
      return "Misdirected request";
    case 431:
      return "Request header fields too large";
    case 503:
      return "Index unavailable";
    default:
      return status < 500 ? "Bad request" : "Internal error";
  }
}

}  // namespace

Reply problem(int status, const Error& error) {
  Reply reply;
  reply.status = status;
  reply.type = "application/problem+json";
  reply.body = output::problem_json(status, title_of(status), error) + "\n";
  return reply;
}

Reply search_json(Visit& visit) {
  const auto response = answer(visit, true);
  if (!response) return problem(http_status(response.error().code), response.error());
  return tagged(visit, kJson, output::search_json(visit.state, *response) + "\n");
}

Reply search_csv(Visit& visit) {
  const auto response = answer(visit, false);
  if (!response) return plain_error(response.error());
  Reply reply = tagged(visit, "text/csv; charset=utf-8; header=present",
                       output::hits_csv(response->hits, visit.state.request.offset + 1, visit.state.csv_bom));
  reply.headers.emplace_back("Content-Disposition", "attachment; filename=\"depeche.csv\"");
  return reply;
}

Reply search_atom(Visit& visit) {
  const auto response = answer(visit, false);
  if (!response) return plain_error(response.error());
  return tagged(visit, "application/atom+xml; charset=utf-8",
                output::search_atom(visit.state, *response, base_url(visit), output::rfc3339_now()));
}

Reply facet_json(Visit& visit, schema::FieldId field) {
  const auto list = output::facet_page_from_parameters(field, visit.call.parameters, visit.call.path);
  if (!list) return problem(http_status(list.error().code), list.error());
  const auto response = visit.index->search(list->state.request);
  if (!response) return problem(http_status(response.error().code), response.error());
  const bool range = schema::field(field).kind == schema::FieldKind::kRange;
  if (list->with) return tagged(visit, kJson, output::pairs_json(*list->state.request.pairs, *response) + "\n");
  return tagged(visit, kJson,
                (range ? output::histogram_json(field, *response) : output::facet_json(*list, *response)) + "\n");
}

Reply suggest_json(const Visit& visit) {
  bool for_browsers = false;
  const auto request = suggest_request(visit.call.parameters, for_browsers);
  if (!request) return problem(http_status(request.error().code), request.error());
  const auto suggestions = visit.index->suggest(*request);
  if (!suggestions) return problem(http_status(suggestions.error().code), suggestions.error());
  return for_browsers ? tagged(visit, "application/x-suggestions+json", output::suggestions_opensearch(*suggestions))
                      : tagged(visit, kJson, output::suggestions_json(*suggestions) + "\n");
}

Reply opensearch(const Visit& visit) {
  const output::Strings& t = visit.t();
  const std::string base = output::escaped(base_url(visit));
  Reply reply;
  reply.type = "application/opensearchdescription+xml; charset=utf-8";
  reply.body =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n<ShortName>" +
      output::escaped(t["name"]) + "</ShortName>\n<Description>" + output::escaped(t["name"] + ", " + t["tagline"]) +
      "</Description>\n<InputEncoding>UTF-8</InputEncoding>\n"
      "<Image width=\"16\" height=\"16\" type=\"image/svg+xml\">" +
      base +
      "/static/icon.svg</Image>\n"
      "<Url type=\"text/html\" method=\"get\" template=\"" +
      base +
      "/?q={searchTerms}\"/>\n"
      "<Url type=\"application/atom+xml\" method=\"get\" template=\"" +
      base +
      "/search.atom?q={searchTerms}\"/>\n"
      "<Url type=\"application/x-suggestions+json\" method=\"get\" template=\"" +
      base +
      "/suggest.json?prefix={searchTerms}&amp;format=opensearch\"/>\n"
      "</OpenSearchDescription>\n";
  return reply;
}

Reply health(const Visit& visit) {
  Reply reply;
  reply.type = "text/plain; charset=utf-8";
  reply.status = visit.index ? 200 : 503;
  reply.body = visit.index ? "ok\n" : "no index\n";
  return reply;
}

Reply metrics_text(const Visit& visit, const Metrics& metrics) {
  Reply reply;
  reply.type = "text/plain; version=0.0.4; charset=utf-8";
  reply.body = metrics.text();
  if (visit.index) {
    if (const auto stats = visit.index->stats(false)) {
      reply.body += "# TYPE depeche_articles gauge\ndepeche_articles " + std::to_string(stats->articles) + "\n";
      reply.body += "# TYPE depeche_index_bytes gauge\ndepeche_index_bytes " + std::to_string(stats->bytes) + "\n";
    }
    reply.body += "# TYPE depeche_index_revision gauge\ndepeche_index_revision " +
                  std::to_string(visit.index->revision()) + "\n";
  }
  return reply;
}

}  // namespace depeche::web
