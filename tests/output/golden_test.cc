#include "tests/support/golden.hh"

#include <gtest/gtest.h>

#include "output/json.hh"
#include "output/text.hh"
#include "tests/support/fake_searcher.hh"

namespace depeche::output {
namespace {

using testing::expect_golden;
using testing::FakeSearcher;

struct Answer {
  SearchState state;
  searcher::SearchResponse response;
};

Answer answer(std::string_view query) {
  FakeSearcher searcher;
  Answer out{*state_from_parameters(parse_parameters(query)), {}};
  EXPECT_TRUE(resolve_facets(out.state, 10));
  out.response = *searcher.search(out.state.request);
  return out;
}

TEST(Golden, SearchText) {
  struct Case {
    const char *name, *query;
    TextStyle style;
  };
  for (const auto& [name, query, style] : std::vector<Case>{
           {"search-80.txt", "q=fonds", {}},
           {"search-120.txt", "q=fonds&org=OpenAI&-event=implantation", {.width = 120}},
           {"search-40.txt", "q=fonds&limit=1", {.width = 40}},
           {"search-colour.txt", "q=fonds&limit=1&why=fil/record.txt", {.colour = true, .terminal = true}},
           {"search-ascii.txt", "q=fonds&limit=2", {.ascii = true, .terminal = true}},
           {"search-relaxed.txt", "q=approx&limit=1&facets=none", {}},
           {"search-nothing.txt", "q=rien", {}},
       }) {
    const Answer found = answer(query);
    expect_golden(std::string("output/") + name, search_text(found.state, found.response, style));
  }
}

TEST(Golden, Json) {
  const Answer found = answer("q=fonds&limit=2&org=OpenAI&-event=implantation&date=2024");
  expect_golden("output/search.json", search_json(found.state, found.response) + "\n");
  expect_golden("output/stats.json", stats_json(*FakeSearcher().stats(true)) + "\n");
}

TEST(Golden, Facets) {
  const Answer found = answer("q=fonds");
  expect_golden("output/facet-pipe.txt", facet_text(found.response.facets[0], {}));
  expect_golden("output/facet-terminal.txt", facet_text(found.response.facets[0], {.terminal = true}));
  expect_golden("output/histogram.txt", histogram_text(FieldId::kDate, found.response, {.terminal = true}));
}

TEST(Golden, ArticleAndOthers) {
  FakeSearcher searcher;
  expect_golden("output/article.txt", article_text(searcher.articles()[0], {}));
  expect_golden("output/untitled.txt", article_text(searcher.articles()[1], {}));
  expect_golden("output/stats.txt", stats_text(*searcher.stats(true), {}));
  expect_golden("output/extraction.txt",
                extraction_text(searcher.articles()[0].article, searcher.articles()[0].annotations, {}));
  expect_golden("output/similar.txt", hits_text(*searcher.similar("fil/record.txt", 2), {}));
}

}  // namespace
}  // namespace depeche::output
