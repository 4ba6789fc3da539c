#include "searcher/request.hh"

namespace depeche::searcher {

std::vector<FacetRequest> all_facets(std::size_t size) {
  std::vector<FacetRequest> out;
  for (const schema::Field& field : schema::kFacets) {
    FacetRequest request;
    request.field = field.id;
    request.size = size;
    out.push_back(std::move(request));
  }
  return out;
}

Result<Filter> parse_filter(std::string_view text) {
  Filter filter;
  if (text.starts_with('!')) {
    filter.exclude = true;
    text.remove_prefix(1);
  }
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return failure(ErrorCode::kUsage, "\"" + std::string(text) + "\" is not a filter", "write FIELD=VALUE, as org=OpenAI");
  }
  const auto field = schema::find_field(text.substr(0, equals));
  if (!field) {
    std::string known;
    for (const schema::Field& f : schema::kFields) {
      if (f.id != FieldId::kId) known += (known.empty() ? "" : ", ") + std::string(f.name);
    }
    return failure(ErrorCode::kUsage, "unknown field \"" + std::string(text.substr(0, equals)) + "\"", "fields are " + known);
  }
  filter.field = *field;
  filter.value = text.substr(equals + 1);
  return filter;
}

}  // namespace depeche::searcher
