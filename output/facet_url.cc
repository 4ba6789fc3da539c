#include "output/facet_url.hh"

#include <algorithm>

namespace depeche::output {
namespace {

Result<void> read(FacetPage& page, const std::string& name, const std::string& value) {
  const auto wrong = [&](std::string hint) {
    return failure(ErrorCode::kUsage, "parameter " + name + " means nothing: \"" + value + "\"", std::move(hint));
  };
  if (name == "prefix") {
    page.request.prefix = value;
  } else if (name == "sort") {
    const auto order = value_order_from_name(value);
    if (!order) return wrong("give count, value or unusual");
    page.request.order = *order;
  } else if (name == "with") {
    const auto other = schema::find_field(value);
    if (!other || schema::field(*other).kind != schema::FieldKind::kFacet) return wrong("give a facet, such as person");
    page.with = *other;
  } else if (name == "limit") {
    const auto size = parse_size(value, kMaxFacetSize);
    if (!size || *size == 0) return wrong("give a number from 1 to " + std::to_string(kMaxFacetSize));
    page.request.size = *size;
  } else {
    const auto offset = parse_size(value, 10'000'000);
    if (!offset) return wrong("give a number");
    page.request.offset = *offset;
  }
  return {};
}

bool is_own(const std::string& name) {
  return name == "prefix" || name == "with" || name == "sort" || name == "limit" || name == "offset";
}

}  // namespace

std::string_view value_order_name(searcher::ValueOrder order) {
  switch (order) {
    case searcher::ValueOrder::kCount: return "count";
    case searcher::ValueOrder::kLabel: return "value";
    case searcher::ValueOrder::kUnusual: return "unusual";
  }
  return "";
}

std::optional<searcher::ValueOrder> value_order_from_name(std::string_view name) {
  for (const auto order : {searcher::ValueOrder::kCount, searcher::ValueOrder::kLabel, searcher::ValueOrder::kUnusual}) {
    if (name == value_order_name(order)) return order;
  }
  return std::nullopt;
}

Result<FacetPage> facet_page_from_parameters(FieldId field, Parameters parameters, std::string path) {
  FacetPage page;
  page.path = std::move(path);
  page.request.field = field;
  page.request.size = kFacetPageSize;
  for (const auto& [name, value] : parameters) {
    if (!is_own(name)) continue;
    if (auto done = read(page, name, value); !done) return tl::unexpected(done.error());
  }
  std::erase_if(parameters, [](const auto& parameter) { return is_own(parameter.first); });
  auto state = state_from_parameters(parameters);
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
