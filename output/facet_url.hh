// The list of one facet's values and its URL: /facets/org?q=IA&prefix=mi&sort=value&offset=100.
#pragma once

#include <optional>
#include <string>

#include "output/request_url.hh"
#include "searcher/request.hh"

namespace depeche::output {

std::string_view value_order_name(searcher::ValueOrder order);  // "count", "value", "unusual"
std::optional<searcher::ValueOrder> value_order_from_name(std::string_view name);

// One facet alone: its values, and where the list goes on. Parameters limit, offset, prefix and sort (as above) speak of
// the values there, not of hits; with=FIELD asks which values of that field occur together with them.
struct FacetPage {
  SearchState state;
  searcher::FacetRequest request;
  std::optional<FieldId> with;
  std::string path;  // of the page, for the link to the next one: "/facets/org.json"
};
// kUsage as in state_from_parameters().
Result<FacetPage> facet_page_from_parameters(FieldId field, Parameters parameters, std::string path,
                                             const Strings& t = strings(Language::kEnglish));
std::string facet_page_url(const FacetPage& page, std::size_t offset);

}  // namespace depeche::output
