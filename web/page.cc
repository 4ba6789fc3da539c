#include "web/page.hh"

#include "output/typography.hh"
#include "web/assets.hh"
#include "web/http_status.hh"

namespace depeche::web {
namespace {

using output::Language;

std::string address(std::string_view path, const output::Parameters& parameters) {
  std::string url = output::encode_path(path);
  char separator = '?';
  for (const auto& [name, value] : parameters) {
    url += separator + output::encode_component(name) + "=" + output::encode_component(value);
    separator = '&';
  }
  return url.starts_with('/') ? url : "/";
}

// The same page in the other language.
std::string other_language_url(const Visit& visit) {
  output::Parameters parameters = visit.call.parameters;
  std::erase_if(parameters, [](const auto& p) { return p.first == "lang"; });
  parameters.emplace_back("lang", visit.t()["other_lang"]);
  return address(visit.call.path, parameters);
}

std::string home_url(const Visit& visit) {
  return visit.state.language ? "/?lang=" + visit.t()["lang"] : "/";
}

std::string status_title(const output::Strings& t, int status) {
  const std::string key = "error." + std::to_string(status);
  return t.has(key) ? t[key] : t[status < 500 ? "error.400" : "error.500"];
}

}  // namespace

Language choose_language(const Call& call) {
  for (auto parameter = call.parameters.rbegin(); parameter != call.parameters.rend(); ++parameter) {
    if (parameter->first == "lang") return parameter->second == "en" ? Language::kEnglish : Language::kFrench;
  }
  // Browsers list languages in order of preference; of ours the first one named counts.
  std::string_view rest = call.accept_language;
  while (!rest.empty()) {
    const auto end = rest.find(',');
    const std::string_view entry = rest.substr(0, end);
    const auto begin = entry.find_first_not_of(' ');
    const std::string_view code = begin == entry.npos ? std::string_view{} : entry.substr(begin, 2);
    if (code == "fr") return Language::kFrench;
    if (code == "en") return Language::kEnglish;
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  }
  return Language::kFrench;
}

void keep_query(Visit& visit) {
  for (const auto& [name, value] : visit.call.parameters) {
    if (name == "q") visit.state.request.query = value;
  }
}

Url asset_url(std::string_view path) {
  const Asset* asset = find_asset(path);
  return Url::local(asset ? asset->url : std::string(path));
}

Object frame(const Visit& visit, std::string_view title) {
  const output::Strings& t = visit.t();
  Object values;
  values.set("title", std::string(title) + " — " + t["name"]);
  values.set("style_url", asset_url("/static/pages.css")).set("script_url", asset_url("/static/app.js"));
  values.set("icon_url", asset_url("/static/icon.svg"));
  values.set("home_url", Url::local(home_url(visit)));
  values.set("query", visit.state.request.query);
  if (visit.state.language) values.set("lang_field", t["lang"]);
  values.set("other_url", Url::local(other_language_url(visit)));
  if (visit.writing && visit.index) values.set("writing", true);
  if (visit.index) {
    const std::string revision = output::number(visit.index->revision(), visit.language);
    values.set("local", t.fill("local", {{"revision", revision}}));
  }
  return values;
}

Reply page(const Visit& visit, std::string_view name, const Object& values, int status) {
  Reply reply;
  reply.status = status;
  const Template* found = find_template(name);
  if (found) reply.body = found->render(values, visit.t(), find_template).markup();
  reply.headers.emplace_back("Content-Language", visit.t()["lang"]);
  reply.tagged = visit.index != nullptr && status == 200 && !visit.writing;  // the notice comes and goes
  reply.revision = visit.index ? visit.index->revision() : 0;
  return reply;
}

Reply error_page(const Visit& visit, int status, const Error& error) {
  const output::Strings& t = visit.t();
  const std::string title = status_title(t, status);
  Object values = frame(visit, title);
  values.set("heading", title).set("message", error.message).set("hint", error.hint);
  values.set("status_line", t.fill("error", {{"status", std::to_string(status)}}));
  if (status == 414) values.set("shorten", true);
  if (const std::string& query = visit.state.request.query; !query.empty() && (status == 400 || status == 404)) {
    output::SearchState again;
    again.language = visit.state.language;
    values.set("again",
               Object()
                   .set("url", Url::local(search_url(with_query(again, query))))
                   .set("label", t.fill("error.search", {{"query", output::quoted(query, visit.language)}})));
  }
  return page(visit, "error", values, status);
}

Reply index_error_page(const Visit& visit, const Error& error) {
  const output::Strings& t = visit.t();
  Object values = frame(visit, t["name"]);
  const bool missing = error.code == ErrorCode::kIndexMissing;
  values.set("reload_url", Url::local(address(visit.call.path, visit.call.parameters)));
  if (missing && visit.writing) {
    values.set("heading", t["notice.building"]).set("message", t["notice.building_text"]);
  } else {
    values.set("heading", missing ? t["notice.no_index"] : t["error.503"]);
    values.set("build", missing).set("detail", error.message);
    if (!missing) values.set("hint", error.hint);
  }
  return page(visit, "error", values, http_status(error.code));
}

Reply redirect(std::string url) {
  Reply reply;
  reply.status = 303;
  reply.type = "text/plain; charset=utf-8";
  reply.headers.emplace_back("Location", std::move(url));
  return reply;
}

}  // namespace depeche::web
