#include "output/facet_url.hh"

#include <algorithm>

namespace depeche::output {
namespace {

// The value has been checked.
void take(FacetPage& page, const Parameter& parameter, const std::string& value) {
  if (parameter.name == "prefix")
    page.request.prefix = value;
  else if (parameter.name == "sort")
    page.request.order = *value_order_from_name(value);
  else if (parameter.name == "with")
    page.with = schema::find_field(value);
  else
    (parameter.name == "limit" ? page.request.size : page.request.offset) = *parse_size(value, parameter.max);
}

}  // namespace

std::string_view value_order_name(searcher::ValueOrder order) {
  switch (order) {
    case searcher::ValueOrder::kCount:
      return "count";
    case searcher::ValueOrder::kLabel:
      return "value";
    case searcher::ValueOrder::kUnusual:
      return "unusual";
  }
  return "";
}

std::optional<searcher::ValueOrder> value_order_from_name(std::string_view name) {
  for (const auto order : {searcher::ValueOrder::kCount, searcher::ValueOrder::kLabel, searcher::ValueOrder::kUnusual}) {
    if (name == value_order_name(order)) return order;
  }
  return std::nullopt;
}

Result<FacetPage> facet_page_from_parameters(FieldId field, Parameters parameters, std::string path,
                                             const Strings& t) {
  FacetPage page;
  page.path = std::move(path);
  page.request.field = field;
  page.request.size = kFacetPageSize;
  for (const auto& [name, value] : parameters) {
    const Parameter* own = find_parameter(kFacetParameters, name);
    if (!own) continue;
    if (auto checked = check_parameter(*own, value, t); !checked) return tl::unexpected(checked.error());
    take(page, *own, value);
  }
  std::erase_if(parameters, [](const auto& p) { return find_parameter(kFacetParameters, p.first) != nullptr; });
  auto state = state_from_parameters(parameters, t);
  if (!state) return tl::unexpected(state.error());
  page.state = std::move(*state);
  const bool range = schema::field(field).kind == schema::FieldKind::kRange;
  page.state.request.limit = 0;
  page.state.request.snippets = false;
  page.state.request.histograms = range;
  if (!range) page.state.request.facets = {page.request};
  if (page.with) page.state.request.pairs = searcher::PairRequest{field, *page.with, page.request.size};
  return page;
}

std::string facet_page_url(const FacetPage& page, std::size_t offset) {
  SearchState state = page.state;
  state.request.limit = SearchRequest{}.limit;
  state.request.offset = 0;
  state.request.sort.reset();
  std::string url = search_url(state, page.path);
  const auto add = [&](std::string_view name, std::string_view value) {
    url += (url.find('?') == url.npos ? "?" : "&") + std::string(name) + "=" + encode_component(value);
  };
  if (!page.request.prefix.empty()) add("prefix", page.request.prefix);
  if (page.request.order != searcher::ValueOrder::kCount) add("sort", value_order_name(page.request.order));
  if (page.request.size != kFacetPageSize) add("limit", std::to_string(page.request.size));
  if (offset > 0) add("offset", std::to_string(offset));
  return url;
}

}  // namespace depeche::output
