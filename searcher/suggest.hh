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
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/facet_space.hh"
#include "searcher/request.hh"
#include "searcher/selection.hh"
#include "searcher/suggestion.hh"
#include "searcher/typed.hh"

namespace depeche::searcher {

// What it needs of an open index, for one request.
struct SuggestSource {
  const std::vector<std::shared_ptr<const Part>>& parts;
  const FacetSpace& space;
  text::Analyzer& analyzer;
  std::uint64_t articles = 0;
  // The articles that the query finds under the filter, if there is one; exact. Nothing when that would take long.
  std::function<std::optional<std::uint64_t>(const std::string& query, const Filter* filter)> count;
  // The articles of a part that have the term, and some of them: at most `most`, spread evenly.
  std::function<std::uint64_t(std::size_t part, std::string_view term)> frequency;
  std::function<std::vector<DocId>(std::size_t part, std::string_view term, std::size_t most)> sample;
  // Fills in title, id, source and date.
  std::function<void(const Place& place, Suggestion& into)> describe;
};

std::vector<Suggestion> suggest(const SuggestRequest& request, const SuggestSource& source);

// Its steps, each at most `most`. Words that are among `names` already are left out.
std::vector<Suggestion> suggest_words(const Typed& typed, const SuggestSource& source, std::size_t most,
                                      const std::vector<Suggestion>& names);
std::vector<Suggestion> suggest_names(const Typed& typed, const SuggestSource& source, std::size_t most);
std::vector<Suggestion> suggest_titles(const Typed& typed, const SuggestSource& source, std::size_t most);

}  // namespace depeche::searcher
