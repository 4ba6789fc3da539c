// Answers for reading on a terminal: labels in French, no frames, the shape of the page.
#pragma once

#include <string>
#include <vector>

#include "core/annotations.hh"
#include "output/request_url.hh"
#include "output/terminal.hh"
#include "schema/stored_article.hh"
#include "searcher/request.hh"

namespace depeche::output {

// Hits, then facets; from 120 columns on the facets stand at the right of the hits.
std::string search_text(const SearchState& state, const searcher::SearchResponse& response, const TextStyle& style);
std::string hits_text(const std::vector<searcher::Hit>& hits, const TextStyle& style);
// Values with bars on a terminal; else a line of value, tab, count each.
std::string facet_text(const searcher::FacetResult& facet, const TextStyle& style);
std::string pairs_text(const searcher::PairResult& result, const TextStyle& style);
std::string histogram_text(FieldId field, const searcher::SearchResponse& response, const TextStyle& style);
std::string article_text(const schema::StoredArticle& stored, const TextStyle& style);
std::string stats_text(const searcher::Stats& stats, const TextStyle& style);
// Cells under each other, two blanks between columns.
using Row = std::vector<std::string>;
std::string aligned(const std::vector<Row>& rows, const TextStyle& style);
std::string extraction_text(const Article& article, const Annotations& found, const TextStyle& style);

}  // namespace depeche::output
