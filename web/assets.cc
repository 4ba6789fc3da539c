#include "web/assets.hh"

#include <array>
#include <cstdio>
#include <map>

#define DEPECHE_EMBEDDED(name)                 \
  extern "C" const char depeche_data_##name[]; \
  extern "C" const char depeche_data_##name##_end[];
#define DEPECHE_BYTES(name) \
  std::string_view(depeche_data_##name, static_cast<std::size_t>(depeche_data_##name##_end - depeche_data_##name))

#define DEPECHE_TEMPLATES(each)                                                                                   \
  each(article) each(chips) each(entity) each(error) each(facet) each(facet_list) each(foot) each(head) each(hit) \
      each(masthead) each(none) each(notices) each(overview) each(results) each(timeline)

#define DEPECHE_TEMPLATE(name) DEPECHE_EMBEDDED(template_##name)
DEPECHE_TEMPLATES(DEPECHE_TEMPLATE)
DEPECHE_EMBEDDED(style_css)
DEPECHE_EMBEDDED(app_js)
DEPECHE_EMBEDDED(icon_svg)

namespace depeche::web {
namespace {

Asset asset(std::string_view path, std::string_view type, std::string_view bytes) {
  return {path, type, bytes, std::string(path) + "?v=" + fnv_hex(bytes).substr(0, 8)};
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
  static const std::array<Asset, 3> assets = {
      asset("/static/style.css", "text/css; charset=utf-8", DEPECHE_BYTES(style_css)),
      asset("/static/app.js", "text/javascript; charset=utf-8", DEPECHE_BYTES(app_js)),
      asset("/static/icon.svg", "image/svg+xml", DEPECHE_BYTES(icon_svg)),
  };
  for (const Asset& one : assets) {
    if (one.path == path) return &one;
  }
  return nullptr;
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

std::string fnv_hex(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  char buffer[17];
  std::snprintf(buffer, sizeof buffer, "%016llx", static_cast<unsigned long long>(hash));
  return buffer;
}

}  // namespace depeche::web
