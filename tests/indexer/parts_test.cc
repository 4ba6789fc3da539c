// An index of several parts: how many there are, and that nothing is lost when they are joined.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/brute_model.hh"
#include "tests/support/random_corpus.hh"
#include "tests/support/temp_index.hh"

namespace depeche::test {
namespace {

TEST(Parts, AreJoinedWhenThereAreMany) {
  CorpusMaker maker(41);
  TempIndex index;
  BruteModel model;
  searcher::SearchRequest everything;
  everything.relax = false;
  everything.facets = searcher::all_facets(1000);
  everything.group_duplicates = false;
  for (int run = 0; run < 30; ++run) {
    std::vector<Article> articles;
    for (int i = 0; i < 7; ++i) {
      const bool update = i == 0 && run > 0;
      const std::string id = "r" + std::to_string(update ? run - 1 : run) + "-" + std::to_string(update ? 3 : i);
      const RandomArticle made = maker.article(id);
      model.put(made.article, {}, made.family);
      articles.push_back(made.article);
    }
    index.add(articles, "run" + std::to_string(run));
    EXPECT_LE(index.parts().size(), 8u);
    everything.histograms = false;  // the model was not told the amounts
    EXPECT_EQ(model.difference({}, everything, index.search(everything)), "") << run;
  }
  EXPECT_GT(index.parts().size(), 1u);
  EXPECT_TRUE(value_of(indexer::check_index(index.path(), false)).problems.empty());
  // Only what the last two revisions name is kept.
  std::size_t folders = 0;
  for (const auto& e : std::filesystem::directory_iterator(index.path())) folders += e.is_directory();
  EXPECT_LE(folders, 2 * index.parts().size() + 1);
}

TEST(Parts, APhraseIsFoundInEachOfThem) {
  TempIndex index;
  for (int i = 0; i < 12; ++i) {
    const std::string n = std::to_string(i);
    index.add_lines(
        "{\"id\":\"" + n + "\",\"title\":\"Titre " + n + "\",\"text\":\"La levée de fonds numéro " + n + ".\"}\n", n);
  }
  EXPECT_EQ(index.search(asking("\"levée de fonds\"")).total, 12u);
  EXPECT_EQ(index.search(asking("\"numéro 7\"")).total, 1u);
  EXPECT_EQ(index.search(asking("fonds NEAR/3 7")).total, 1u);
}

}  // namespace
}  // namespace depeche::test
