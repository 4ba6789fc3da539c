#include "web/routes.hh"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "output/parameters.hh"
#include "web/openapi.hh"

namespace depeche::web {
namespace {

TEST(Routes, PathsFindTheirHandler) {
  struct Case {
    const char* path;
    const char* id;  // null: none
    const char* rest;
  };
  for (const auto& [path, id, rest] : std::vector<Case>{
           {"/", "page", ""},
           {"/search.json", "search_json", ""},
           {"/search.jsonx", nullptr, ""},
           {"/facets/org", "facet_page", ""},
           {"/facets/organisation.json", "facet_json", ""},
           {"/facets/date.json", "facet_json", ""},
           {"/facets/date", nullptr, ""},
           {"/facets/text.json", nullptr, ""},
           {"/facets/", nullptr, ""},
           {"/facets/org/x", nullptr, ""},
           {"/entity/org/A/B.json", "entity_page", "A/B.json"},
           {"/entity/org/", nullptr, ""},
           {"/entity/org", nullptr, ""},
           {"/entity/date/2024", nullptr, ""},
           {"/article/a/b.txt", "article_page", "a/b.txt"},
           {"/article/", nullptr, ""},
           {"", nullptr, ""},
       }) {
    const Route* found = nullptr;
    std::optional<Place> place;
    for (const Route& route : routes()) {
      if ((place = match(route, path))) {
        found = &route;
        break;
      }
    }
    EXPECT_EQ(found ? found->id : "", std::string_view(id ? id : "")) << path;
    if (place) {
      EXPECT_EQ(place->rest, rest) << path;
    }
  }
}

TEST(OpenApi, DescribesEveryRouteAndParameter) {
  const auto document = nlohmann::json::parse(openapi().body);
  EXPECT_EQ(document["openapi"], "3.1.0");
  EXPECT_EQ(document["paths"].size(), routes().size());
  std::set<std::string> ids, names;
  for (const auto& [path, item] : document["paths"].items()) {
    EXPECT_TRUE(ids.insert(item["get"]["operationId"]).second) << path;
  }
  for (const auto& one : document["paths"]["/search.json"]["get"]["parameters"]) names.insert(one["name"]);
  for (const auto& parameter : output::kSearchParameters) {
    EXPECT_EQ(names.count(std::string(parameter.name)) == 1, !parameter.of_form) << parameter.name;
  }
  EXPECT_TRUE(names.count("-org"));
  const std::string text = openapi().body;
  const std::string reference = "\"$ref\": \"#/components/schemas/";
  for (auto at = text.find(reference); at != text.npos; at = text.find(reference, at + 1)) {
    const auto begin = at + reference.size();
    const std::string name = text.substr(begin, text.find('"', begin) - begin);
    EXPECT_TRUE(document["components"]["schemas"].contains(name)) << name;
  }
}

}  // namespace
}  // namespace depeche::web
