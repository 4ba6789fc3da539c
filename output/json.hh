// Answers as JSON, in the form of contract § 5: ranges in code points, a field without value absent, one line.
// Links in it lead to JSON again (/search.json).
#pragma once

#include <string>
#include <vector>

#include "core/annotations.hh"
#include "core/article.hh"
#include "output/facet_url.hh"
#include "output/request_url.hh"
#include "schema/stored_article.hh"
#include "searcher/request.hh"

namespace depeche::output {

std::string search_json(const SearchState& state, const searcher::SearchResponse& response);
std::string facet_json(const FacetPage& page, const searcher::SearchResponse& response);
// Which values of two facets occur together.
std::string pairs_json(const searcher::PairRequest& request, const searcher::SearchResponse& response);
std::string histogram_json(FieldId field, const searcher::SearchResponse& response);
std::string hits_json(const std::vector<searcher::Hit>& hits);  // of `similar`
std::string hit_json(const searcher::Hit& hit);                 // one line of JSONL
std::string stats_json(const searcher::Stats& stats);
std::string entities_json(const schema::FacetLabels& labels);  // {"org":["OpenAI"]}
// One line of `extract`, contract § 8.
std::string extraction_json(const Article& article, const Annotations& found);
// RFC 9457.
std::string problem_json(int status, std::string_view title, const Error& error);

// Each month, year, … of the histogram under its ISO name: "2024-10", "2024", "2024-W40", "2024-10-03".
std::string bucket_name(const searcher::DateBucket& bucket, searcher::HistogramUnit unit);
std::string_view unit_name(searcher::HistogramUnit unit);

std::string_view precision_name(DatePrecision precision);
std::string_view entity_type_name(EntityType type);
std::string_view polarity_name(Polarity polarity);

}  // namespace depeche::output
