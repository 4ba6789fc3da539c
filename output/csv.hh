// The hits of an answer as CSV: RFC 4180, UTF-8, CRLF. A cell that a spreadsheet would run as a formula begins with
// '.
#pragma once

#include <string>
#include <vector>

#include "searcher/request.hh"

namespace depeche::output {

// `bom`: a byte order mark first, for spreadsheets that guess the encoding from it.
std::string hits_csv(const std::vector<searcher::Hit>& hits, std::size_t first_rank, bool bom);
std::string facet_csv(const searcher::FacetResult& facet);
std::string pairs_csv(const searcher::PairResult& result);
// Of date: from, to, count, both days included; of amount: from, to (not included), count, in euros.
std::string histogram_csv(schema::FieldId field, const searcher::SearchResponse& response);
// One cell, quoted where it must be.
std::string csv_cell(std::string_view text);

}  // namespace depeche::output
