// Templates and static files, built into the program from web/templates and web/static.
#pragma once

#include <string>
#include <string_view>

#include "web/template.hh"

namespace depeche::web {

struct Asset {
  std::string_view path;  // "/static/style.css"
  std::string_view type;
  std::string_view bytes;
  std::string url;  // with the hash of the bytes: may be kept for ever
};

// Null for an unknown path.
const Asset* find_asset(std::string_view path);
// The JSON schemas that the description of the API refers to.
std::string_view openapi_schemas();

// Null for an unknown name. All are parsed at the first call; a template of ours that cannot be parsed ends in an
// empty page and fails the tests.
const Template* find_template(std::string_view name);
// Every name, for tests.
std::vector<std::string_view> template_names();

}  // namespace depeche::web
