#include "searcher/suggest.hh"

#include <algorithm>

namespace depeche::searcher {
namespace {

constexpr std::size_t kMostBytes = 512;  // of a prefix; a longer one has no completion

std::vector<Suggestion> by_count(std::vector<Suggestion> words, std::vector<Suggestion> names) {
  std::move(names.begin(), names.end(), std::back_inserter(words));
  std::stable_sort(words.begin(), words.end(),
                   [](const Suggestion& a, const Suggestion& b) { return a.about > b.about; });
  return words;
}

}  // namespace

// A quarter for titles; the rest for words and names, half each where there are as many.
std::vector<Suggestion> suggest(const SuggestRequest& request, const SuggestSource& source) {
  if (request.prefix.size() > kMostBytes || request.limit == 0) return {};
  const Typed typed = read_typed(request.prefix, source.analyzer);
  if (typed.empty()) return {};
  const std::size_t limit = request.limit;
  std::vector<Suggestion> titles = suggest_titles(typed, source, (limit + 3) / 4);
  if (limit < 4) titles.resize(std::min<std::size_t>(titles.size(), 1));
  const std::size_t rest = limit - std::min(titles.size(), limit > 1 ? limit - 1 : 0);
  std::vector<Suggestion> names = suggest_names(typed, source, rest);
  const std::size_t for_names = std::min(names.size(), (rest + 1) / 2);
  std::vector<Suggestion> words = suggest_words(typed, source, rest - for_names, names);
  names.resize(std::min(names.size(), rest - words.size()));
  std::vector<Suggestion> list = by_count(std::move(words), std::move(names));
  for (Suggestion& title : titles) {
    if (list.size() < limit) list.push_back(std::move(title));
  }
  return list;
}

}  // namespace depeche::searcher
