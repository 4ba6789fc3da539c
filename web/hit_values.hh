// Hits, chips and facets of an answer as values for templates.
#pragma once

#include <string>
#include <vector>

#include "searcher/request.hh"
#include "web/page.hh"

namespace depeche::web {

// With snippet, names and folds.
List full_hits(const Visit& visit, const searcher::SearchResponse& response);
// Date, title and source alone.
List brief_hits(const Visit& visit, const std::vector<searcher::Hit>& hits);

// Active filters, each with the link that takes it away.
List chip_values(const Visit& visit, const searcher::SearchResponse& response);

// What was not understood of the question.
List note_values(const Visit& visit, const searcher::SearchResponse& response);

// The facets at the side: lists and the histogram of amounts.
List facet_values(const Visit& visit, const searcher::SearchResponse& response);
List value_list(const Visit& visit, const searcher::FacetResult& facet, const output::SearchState& state);
// Names with their counts, each a link to its entity page: for the overview and entity pages.
List name_lists(const Visit& visit, const std::vector<searcher::FacetResult>& facets,
                const output::SearchState& state, std::string_view leave_out);

}  // namespace depeche::web
