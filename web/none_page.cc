// No result: which criteria, and what would give results, with counts.
#include "output/range_label.hh"
#include "output/typography.hh"
#include "web/hit_values.hh"
#include "web/pages.hh"

namespace depeche::web {
namespace {

using output::SearchState;

constexpr std::size_t kMostOffers = 8;

// The number of articles the state would give; nothing is shown of them.
std::uint64_t total_of(const Visit& visit, const SearchState& state) {
  searcher::SearchRequest request = state.request;
  request.limit = 0;
  request.facets.clear();
  request.histograms = request.snippets = request.relax = false;
  const auto response = visit.index->search(request);
  return response ? response->total : 0;
}

class Offers {
 public:
  explicit Offers(const Visit& visit) : visit_(visit) {}

  void add(const std::string& label, const SearchState& state) {
    if (list_.size() >= kMostOffers) return;
    const std::uint64_t total = total_of(visit_, state);
    if (total == 0) return;
    list_.push_back(Object()
                        .set("label", label)
                        .set("url", Url::local(search_url(state)))
                        .set("count", visit_.t().count("articles", total)));
  }
  List finish() { return std::move(list_); }

 private:
  const Visit& visit_;
  List list_;
};

// Words as typed, without quotes and operators: enough to offer each one alone.
std::vector<std::string> words_of(const std::string& query) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : query + " ") {
    if (std::string_view(" \"()*").find(c) == std::string_view::npos) {
      word += c;
    } else if (!word.empty()) {
      if (word.size() > 2 && word[0] != '-' && word.find(':') == word.npos) words.push_back(word);
      word.clear();
    }
  }
  if (words.size() > 5) words.resize(5);
  return words.size() > 1 ? words : std::vector<std::string>{};
}

std::string explanation(const Visit& visit, std::uint64_t articles) {
  const output::Strings& t = visit.t();
  const std::string n = output::number(articles, visit.language);
  const auto& request = visit.state.request;
  if (request.query.empty()) return t.fill("none.filters", {{"n", n}});
  return t.fill(request.filters.empty() ? "none.text" : "none.text_filters",
                {{"n", n}, {"query", output::quoted(request.query, visit.language)}});
}

}  // namespace

Reply no_result_page(Visit& visit, const searcher::SearchResponse& response) {
  const output::Strings& t = visit.t();
  const auto stats = visit.index->stats(false);
  Object values = frame(visit, t["none.short"]);
  values.set("explanation", explanation(visit, stats ? stats->articles : 0));
  values.set("chips", chip_values(visit, response));
  values.set("clear_url", Url::local(search_url(without_filters(visit.state))));
  if (response.suggestion) {
    values.set("suggestion", Object()
                                 .set("text", *response.suggestion)
                                 .set("url", Url::local(search_url(with_query(visit.state, *response.suggestion)))));
  }
  values.set("notes", note_values(visit, response));

  Offers offers(visit);
  const auto& filters = visit.state.request.filters;
  if (filters.size() > 1) {
    for (const output::Filter& filter : filters) {
      offers.add(t.fill("none.without", {{"filter", output::filter_label(filter, response, visit.language)}}),
                 without_filter(visit.state, filter));
    }
  }
  const SearchState bare = without_filters(visit.state);
  if (!filters.empty()) offers.add(t["none.no_filter"], bare);
  for (const std::string& word : words_of(visit.state.request.query)) {
    offers.add(t.fill("none.word", {{"word", output::quoted(word, visit.language)}}), with_query(bare, word));
  }
  offers.add(t["none.everything"], with_query(bare, ""));
  values.set("offers", offers.finish());
  return page(visit, "none", values);
}

}  // namespace depeche::web
