// Completes what was typed: words from the vocabulary and from what follows in articles, names, titles.
//
//   "levée de f"  → levée de fonds          (what follows in the articles that have the words before)
//   "l'intel"     → l'intelligence; Intel, an organisation
//   "alt"         → Sam Altman, a person    (any word of the name)
//
// Nothing is found in parts without suggestions; nothing here is an error.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "searcher/facet_space.hh"
#include "searcher/request.hh"
#include "searcher/selection.hh"
#include "searcher/suggestion.hh"
#include "text/analyzer.hh"

namespace depeche::searcher {

// What it needs of an open index, for one request.
struct SuggestSource {
  const std::vector<std::shared_ptr<const Part>>& parts;
  const FacetSpace& space;
  text::Analyzer& analyzer;
  std::uint64_t articles = 0;
  // The articles that the query finds under the filters; exact.
  std::function<std::uint64_t(const std::string& query, const std::vector<Filter>& filters)> count;
  // Some of them, at most `most`, spread evenly; the same for the same request.
  std::function<std::vector<Place>(const std::string& query, std::size_t most)> sample;
  // Fills in title, id, source and date.
  std::function<void(const Place& place, Suggestion& into)> describe;
};

std::vector<Suggestion> suggest(const SuggestRequest& request, const SuggestSource& source);

}  // namespace depeche::searcher
