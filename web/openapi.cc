#include "web/openapi.hh"

#include <nlohmann/json.hpp>

#include "output/parameters.hh"
#include "web/assets.hh"
#include "web/routes.hh"

namespace depeche::web {
namespace {

using Json = nlohmann::ordered_json;
using output::Parameter;
using output::ParameterKind;

Json schema_of(const Parameter& parameter) {
  Json schema;
  switch (parameter.kind) {
    case ParameterKind::kText:
      schema = {{"type", "string"}};
      break;
    case ParameterKind::kNumber:
      schema = {{"type", "integer"}, {"minimum", parameter.min}, {"maximum", parameter.max}};
      if (!parameter.standard.empty()) schema["default"] = std::stoll(std::string(parameter.standard));
      return schema;
    case ParameterKind::kChoice:
      schema = {{"type", "string"}, {"enum", Json::array()}};
      for (std::string_view rest = parameter.choices; !rest.empty();) {
        const auto end = rest.find('|');
        schema["enum"].push_back(rest.substr(0, end));
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
      }
      break;
    case ParameterKind::kSwitch:
      schema = {{"type", "string"}, {"enum", {"1", "0", "true", "false", "yes", "no", "on", "off"}}};
      break;
  }
  if (!parameter.standard.empty()) schema["default"] = parameter.standard;
  return schema;
}

Json described(const Parameter& parameter) {
  return {
      {"name", parameter.name}, {"in", "query"}, {"description", parameter.about}, {"schema", schema_of(parameter)}};
}

Json field_parameter(const schema::Field& field, bool exclude) {
  const std::string name(field.name);
  const char* about = field.kind == schema::FieldKind::kRange ? "A date or amount, or a range: A..B, A.., ..B."
                      : exclude                               ? "Articles with this value are left out."
                                : "Values of one field are joined by OR, fields by AND.";
  return {{"name", (exclude ? "-" : "") + name},
          {"in", "query"},
          {"description", about},
          {"schema", {{"type", "array"}, {"items", {{"type", "string"}}}}},
          {"style", "form"},
          {"explode", true}};
}

void add_search(Json& out, bool of_list) {
  for (const Parameter& one : output::kSearchParameters) {
    if (one.of_form || (of_list && find_parameter(output::kFacetParameters, one.name))) continue;
    out.push_back(described(one));
  }
  for (const schema::Field& field : schema::kFields) {
    if (field.id == schema::FieldId::kId) continue;
    for (const bool exclude : {false, true}) out.push_back(field_parameter(field, exclude));
  }
}

Json query_parameters(ParameterSet set) {
  Json out = Json::array();
  switch (set) {
    case ParameterSet::kNone:
      break;
    case ParameterSet::kLanguage:
      out.push_back(described(*find_parameter(output::kSearchParameters, "lang")));
      break;
    case ParameterSet::kSearch:
      add_search(out, false);
      break;
    case ParameterSet::kSuggest:
      for (const Parameter& one : output::kSuggestParameters) out.push_back(described(one));
      break;
    case ParameterSet::kList:
      for (const Parameter& one : output::kFacetParameters) out.push_back(described(one));
      add_search(out, true);
      break;
  }
  return out;
}

// The variable parts of the path.
void add_path_parameters(Json& out, std::string_view path) {
  for (auto open = path.find('{'); open != path.npos; open = path.find('{', open + 1)) {
    const std::string name(path.substr(open + 1, path.find('}', open) - open - 1));
    Json schema = {{"type", "string"}};
    for (const schema::Field& field : schema::kFields) {
      const bool facet = field.kind == schema::FieldKind::kFacet && (name == "facet" || name == "counted");
      const bool range = field.kind == schema::FieldKind::kRange && name == "counted";
      if (facet || range) schema["enum"].push_back(field.name);
    }
    out.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", std::move(schema)}});
  }
}

Json content(std::string_view type, std::string_view schema) {
  Json of_type = Json::object();
  if (!schema.empty()) of_type["schema"] = {{"$ref", "#/components/schemas/" + std::string(schema)}};
  return {{std::string(type), std::move(of_type)}};
}

Json operation(const Route& route) {
  Json parameters = Json::array();
  add_path_parameters(parameters, route.path);
  for (Json& one : query_parameters(route.parameters)) parameters.push_back(std::move(one));
  const bool problems = route.path.ends_with(".json");
  Json failed = {{"description", "Refused or failed, with the reason."}};
  failed["content"] = problems ? content("application/problem+json", "Problem")
                               : content(route.type == "text/html" ? "text/html" : "text/plain", "");
  Json responses;
  responses["200"] = {{"description", route.about}, {"content", content(route.type, route.schema)}};
  if (route.needs_index) responses["304"] = {{"description", "Not changed since the ETag given."}};
  responses["default"] = std::move(failed);
  Json out = {{"operationId", route.id}, {"summary", route.about}};
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  out["responses"] = std::move(responses);
  return out;
}

std::string document() {
  Json out = {{"openapi", "3.1.0"}};
  out["info"] = {{"title", "Dépêche"},
                 {"version", DEPECHE_VERSION},
                 {"description",
                  "Search in French technology news. Every answer is a GET; a URL without its suffix is "
                  "the page of the same answer."},
                 {"license", {{"name", "GPL-3.0"}, {"identifier", "GPL-3.0-only"}}}};
  out["paths"] = Json::object();
  for (const Route& route : routes()) out["paths"][std::string(route.path)]["get"] = operation(route);
  out["components"]["schemas"] = Json::parse(openapi_schemas());
  return out.dump(1) + "\n";
}

}  // namespace

Reply openapi() {
  static const std::string text = document();
  Reply reply;
  reply.type = "application/json";
  reply.body = text;
  return reply;
}

}  // namespace depeche::web
