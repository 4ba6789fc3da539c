#include "web/site.hh"

#include "web/api.hh"
#include "web/assets.hh"
#include "web/http_status.hh"
#include "web/pages.hh"

namespace depeche::web {
namespace {

constexpr std::string_view kJsonSuffix = ".json";

Error nothing_at(const std::string& path) {
  return {ErrorCode::kNotFound, "nothing at " + path, "begin at /"};
}

bool is_json(const Call& call) {
  return call.path.ends_with(kJsonSuffix);
}

Reply not_found(const Visit& visit) {
  return is_json(visit.call) ? problem(404, nothing_at(visit.call.path))
                             : error_page(visit, 404, nothing_at(visit.call.path));
}

// /facets/FIELD and /facets/FIELD.json
Reply facet(Visit& visit, std::string_view name) {
  const bool json = name.ends_with(kJsonSuffix);
  if (json) name.remove_suffix(kJsonSuffix.size());
  const auto field = schema::find_field(name);
  const auto kind = field ? schema::field(*field).kind : schema::FieldKind::kText;
  if (kind == schema::FieldKind::kFacet) return json ? facet_json(visit, *field) : facet_page(visit, *field);
  if (kind == schema::FieldKind::kRange && json) return facet_json(visit, *field);
  return not_found(visit);
}

// /entity/FIELD/VALUE
Reply entity(Visit& visit, std::string_view rest) {
  const auto slash = rest.find('/');
  const auto field = schema::find_field(rest.substr(0, slash));
  if (slash == rest.npos || slash + 1 == rest.size() || !field ||
      schema::field(*field).kind != schema::FieldKind::kFacet) {
    return not_found(visit);
  }
  return entity_page(visit, *field, std::string(rest.substr(slash + 1)));
}

// Pages that need an index. Nothing for other paths.
Reply indexed(Visit& visit) {
  constexpr std::string_view kFacets = "/facets/", kArticle = "/article/", kEntity = "/entity/";
  const std::string_view path = visit.call.path;
  if (path == "/") return search_page(visit);
  if (path == "/search.json") return search_json(visit);
  if (path == "/search.csv") return search_csv(visit);
  if (path == "/search.atom") return search_atom(visit);
  if (path == "/suggest.json") return suggest_json(visit);
  if (path.starts_with(kFacets)) return facet(visit, path.substr(kFacets.size()));
  if (path.starts_with(kEntity)) return entity(visit, path.substr(kEntity.size()));
  if (path.starts_with(kArticle)) return article_page(visit, std::string(path.substr(kArticle.size())));
  return not_found(visit);
}

Reply static_file(const Asset& asset) {
  Reply reply;
  reply.type = asset.type;
  reply.body = asset.bytes;
  reply.immutable = true;
  return reply;
}

bool query_too_long(const Call& call) {
  for (const auto& [name, value] : call.parameters) {
    if (name == "q" && value.size() > searcher::kMaxQueryBytes) return true;
  }
  return false;
}

}  // namespace

Reply Site::refuse(const Call& call, int status, const Error& error) const {
  if (is_json(call)) return problem(status, error);
  Visit visit{call, nullptr, choose_language(call)};
  for (const auto& [name, value] : call.parameters) {
    if (name == "q") visit.state.request.query = value;  // what was typed is not lost
  }
  return error_page(visit, status, error);
}

Reply Site::answer(const Call& call) {
  if (const Asset* asset = find_asset(call.path)) return static_file(*asset);
  if (call.path == "/favicon.ico") return static_file(*find_asset("/static/icon.svg"));
  if (query_too_long(call)) {
    return refuse(
        call, 414,
        {ErrorCode::kUsage, "the query is longer than " + std::to_string(searcher::kMaxQueryBytes) + " bytes"});
  }
  auto index = index_();
  Visit visit{call, index ? *index : nullptr, choose_language(call)};
  if (call.path == "/opensearch.xml") return opensearch(visit);
  if (call.path == "/healthz") return health(visit);
  if (call.path == "/metrics") return metrics_text(visit, metrics_);
  if (!index) {
    return is_json(call) ? problem(http_status(index.error().code), index.error())
                         : index_error_page(visit, index.error());
  }
  return indexed(visit);
}

}  // namespace depeche::web
