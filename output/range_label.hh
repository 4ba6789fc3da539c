// Filters in words: what a chip says.
#pragma once

#include <optional>
#include <string>

#include "output/strings.hh"
#include "searcher/request.hh"

namespace depeche::output {

// "2024-01.." → « à partir de janvier 2024 »; what is no range of dates comes back as it is.
std::string date_range_label(std::string_view range, Language language);
// "50M..", ">1Md", "10M..50MUSD" → « à partir de 50 M€ », …; what is no range of amounts comes back as it is.
std::string amount_range_label(std::string_view range, Language language);
// The name of a facet value: kinds of events have one in each language, other labels are names already.
std::string value_label(schema::FieldId field, std::string_view label, Language language);
// The filter in words, with the label that the answer gives for its value: "OpenAI".
std::string filter_label(const searcher::Filter& filter, const searcher::SearchResponse& response, Language language);
// The amount as it stands in a URL: 50000000 → "50M", 1000000000 → "1Md".
std::string amount_bound(double value);

}  // namespace depeche::output
