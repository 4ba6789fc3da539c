#include "web/assets.hh"

#include <array>
#include <map>

#include "core/hash.hh"

#define DEPECHE_EMBEDDED(name)                 \
  extern "C" const char depeche_data_##name[]; \
  extern "C" const char depeche_data_##name##_end[];
#define DEPECHE_BYTES(name) \
  std::string_view(depeche_data_##name, static_cast<std::size_t>(depeche_data_##name##_end - depeche_data_##name))

#define DEPECHE_TEMPLATES(each)                                                                                     \
  each(article) each(chips) each(deals) each(entity) each(error) each(facet) each(facet_list) each(foot) each(head) \
      each(hit) each(masthead) each(none) each(notices) each(overview) each(results) each(timeline) each(value)

#define DEPECHE_TEMPLATE(name) DEPECHE_EMBEDDED(template_##name)
DEPECHE_TEMPLATES(DEPECHE_TEMPLATE)
DEPECHE_EMBEDDED(style_css)
DEPECHE_EMBEDDED(pages_css)
DEPECHE_EMBEDDED(app_js)
DEPECHE_EMBEDDED(icon_svg)
DEPECHE_EMBEDDED(openapi_schemas)

namespace depeche::web {
namespace {

Asset asset(std::string_view path, std::string_view type, std::string_view bytes) {
  return {path, type, bytes, std::string(path) + "?v=" + hex64(fnv1a(bytes)).substr(0, 8)};
}

const std::map<std::string_view, Template>& templates() {
  static const auto parsed = [] {
    std::map<std::string_view, Template> all;
    const auto add = [&](std::string_view name, std::string_view source) {
      if (auto one = Template::parse(source)) all.emplace(name, std::move(*one));
    };
#define DEPECHE_ADD(name) add(#name, DEPECHE_BYTES(template_##name));
    DEPECHE_TEMPLATES(DEPECHE_ADD)
#undef DEPECHE_ADD
    return all;
  }();
  return parsed;
}

}  // namespace

const Asset* find_asset(std::string_view path) {
  static const std::array<Asset, 4> assets = {
      asset("/static/style.css", "text/css; charset=utf-8", DEPECHE_BYTES(style_css)),
      asset("/static/pages.css", "text/css; charset=utf-8", DEPECHE_BYTES(pages_css)),
      asset("/static/app.js", "text/javascript; charset=utf-8", DEPECHE_BYTES(app_js)),
      asset("/static/icon.svg", "image/svg+xml", DEPECHE_BYTES(icon_svg)),
  };
  for (const Asset& one : assets) {
    if (one.path == path) return &one;
  }
  return nullptr;
}

std::string_view openapi_schemas() {
  return DEPECHE_BYTES(openapi_schemas);
}

const Template* find_template(std::string_view name) {
  const auto found = templates().find(name);
  return found == templates().end() ? nullptr : &found->second;
}

std::vector<std::string_view> template_names() {
  std::vector<std::string_view> names;
#define DEPECHE_NAME(name) names.emplace_back(#name);
  DEPECHE_TEMPLATES(DEPECHE_NAME)
#undef DEPECHE_NAME
  return names;
}

}  // namespace depeche::web
