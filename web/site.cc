#include "web/site.hh"

#include "web/api.hh"
#include "web/assets.hh"
#include "web/http_status.hh"
#include "web/page.hh"
#include "web/routes.hh"

namespace depeche::web {
namespace {

bool is_json(const Call& call) {
  return call.path.ends_with(".json");
}

// Programs are spoken to in English, readers in their language.
const output::Strings& texts(const Call& call) {
  return output::strings(is_json(call) ? output::Language::kEnglish : choose_language(call));
}

Reply not_found(const Visit& visit) {
  const output::Strings& t = texts(visit.call);
  const Error error{ErrorCode::kNotFound, t.fill("refused.404", {{"path", visit.call.path}}), t["refused.404_hint"]};
  return is_json(visit.call) ? problem(404, error) : error_page(visit, 404, error);
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

Reply Site::refuse(const Call& call, int status, const std::string& hint) const {
  const output::Strings& t = texts(call);
  const std::string key = "refused." + std::to_string(status);
  const Error error{ErrorCode::kUsage, t[t.has(key) ? key : "refused.400"], hint};
  if (is_json(call)) return problem(status, error);
  Visit visit{call, nullptr, choose_language(call)};
  keep_query(visit);
  return error_page(visit, status, error);
}

Reply Site::answer(const Call& call) {
  if (const Asset* asset = find_asset(call.path)) return static_file(*asset);
  if (call.path == "/favicon.ico") return static_file(*find_asset("/static/icon.svg"));
  if (query_too_long(call)) return refuse(call, 414);
  auto index = index_();
  Visit visit{call, index ? *index : nullptr, choose_language(call)};
  visit.writing = writing_ && writing_();
  for (const Route& route : routes()) {
    const auto place = match(route, call.path);
    if (!place) continue;
    if (visit.index || !route.needs_index) return route.answer(visit, *place, metrics_);
    return is_json(call) ? problem(http_status(index.error().code), index.error())
                         : index_error_page(visit, index.error());
  }
  return not_found(visit);
}

}  // namespace depeche::web
