// Suggestions as text, JSON, JSONL, and in the form that browsers ask for.
#pragma once

#include <string>

#include "output/text.hh"
#include "searcher/suggestion.hh"

namespace depeche::output {

// One a line: the text, what it is, articles; with tabs between where the output is no terminal; of a title its id.
std::string suggestions_text(const searcher::Suggestions& suggestions, const TextStyle& style);
// {"prefix":…,"suggestions":[…]}; ranges in code points, a field without value absent. Links lead to pages.
std::string suggestions_json(const searcher::Suggestions& suggestions);
std::string suggestions_jsonl(const searcher::Suggestions& suggestions);
// OpenSearch Suggestions 1.1: [prefix, [completions…], [descriptions…]].
std::string suggestions_opensearch(const searcher::Suggestions& suggestions);

// The page that taking the suggestion leads to.
std::string suggestion_url(const searcher::Suggestion& suggestion);

}  // namespace depeche::output
