// The list of one facet's values and its URL: /facets/org?q=IA&prefix=mi&sort=value&offset=100.
#pragma once

#include <string>

#include "output/request_url.hh"
#include "searcher/request.hh"

namespace depeche::output {

// One facet alone: its values, and where the list goes on. Parameters limit, offset, prefix and sort (count or value)
// speak of the values there, not of hits.
struct FacetPage {
  SearchState state;
  searcher::FacetRequest request;
  std::string path;  // of the page, for the link to the next one: "/facets/org.json"
};
// kUsage as in state_from_parameters().
Result<FacetPage> facet_page_from_parameters(FieldId field, Parameters parameters, std::string path,
                                             const Strings& t = strings(Language::kEnglish));
std::string facet_page_url(const FacetPage& page, std::size_t offset);

}  // namespace depeche::output
