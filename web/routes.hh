// What is served where, in one table: requests are answered by it, and /openapi.json describes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/metrics.hh"
#include "web/page.hh"

namespace depeche::web {

// The variable parts of a path that matched.
struct Place {
  schema::FieldId field = schema::FieldId::kOrg;  // {facet}, {counted}
  std::string rest;                               // {id}, {value}: up to the end of the path, slashes included
};

enum class ParameterSet : std::uint8_t { kNone, kLanguage, kSearch, kList, kSuggest };

struct Route {
  // Literal text and one or two of {facet} (a facet field), {counted} (one or a range field), {id}, {value}.
  std::string_view path;
  std::string_view id;     // of the operation: "search_json"
  std::string_view about;  // a sentence in English
  ParameterSet parameters = ParameterSet::kNone;
  std::string_view type;    // of a good answer
  std::string_view schema;  // the name of its JSON schema among the components; may be empty
  bool needs_index = true;
  Reply (*answer)(Visit& visit, const Place& place, const Metrics& metrics);
};

// In the order they are tried.
const std::vector<Route>& routes();
// The place, when the path is one of the route's.
std::optional<Place> match(const Route& route, std::string_view path);

}  // namespace depeche::web
