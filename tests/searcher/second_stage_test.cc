// The second stage of ranking, explanations that add up, and sentences that no article has in full.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <numeric>

#include "tests/support/random_corpus.hh"
#include "tests/support/temp_index.hh"

namespace depeche::test {
namespace {

using searcher::SearchRequest;
using ::testing::Contains;
using ::testing::IsEmpty;

std::string line(std::string_view id, std::string_view title, std::string_view text) {
  return "{\"id\":\"" + std::string(id) + "\",\"title\":\"" + std::string(title) + "\",\"text\":\"" + std::string(text) +
         "\",\"org\":[],\"person\":[],\"place\":[],\"product\":[],\"topics\":[]}\n";
}

std::string filler(std::size_t words) {
  std::string out;
  for (std::size_t i = 0; i < words; ++i) out += "mot" + std::to_string(i) + " ";
  return out;
}

std::vector<std::string> ids_of(const searcher::SearchResponse& response) {
  std::vector<std::string> out;
  for (const auto& hit : response.hits) out.push_back(hit.id);
  return out;
}

SearchRequest asking(std::string query) {
  SearchRequest request;
  request.query = std::move(query);
  request.group_duplicates = false;
  return request;
}

TEST(SecondStage, EachBonusDecidesBetweenArticlesThatAreEqualOtherwise) {
  struct Row {
    std::string_view name, query, better, worse;
  };
  const std::string far = "Alpha " + filler(60) + " omega.", close = "Alpha omega " + filler(60) + ".";
  const std::string early = filler(20) + "gamma " + filler(120), late = filler(120) + "gamma " + filler(20);
  const Row rows[] = {
      {"the form that was typed", "licenciements", "Voici les licenciements.", "Voici les licenciement."},
      {"close together", "alpha omega", close, far},
      {"early", "gamma", early, late},
  };
  for (const Row& row : rows) {
    TempIndex index;
    // The better one has the higher id, so that a tie would put it last.
    index.add_lines(line("b", "Titre", row.better) + line("a", "Titre", row.worse));
    EXPECT_THAT(ids_of(index.search(asking(std::string(row.query)))), ::testing::ElementsAre("b", "a")) << row.name;
  }
}

TEST(SecondStage, PartsOfAnExplanationAddUpToTheScore) {
  CorpusMaker maker(21);
  TempIndex index;
  std::vector<Article> articles;
  for (int i = 0; i < 120; ++i) articles.push_back(maker.article("a" + std::to_string(i)).article);
  index.add({articles.begin(), articles.begin() + 70}, "one");
  index.add({articles.begin() + 70, articles.end()}, "two");
  const auto searcher = index.open();
  std::size_t explained = 0, relaxed = 0;
  for (int i = 0; i < 60; ++i) {
    std::string query = maker.word();
    for (int more = i % 6; more > 0; --more) query += (i % 3 == 0 ? " OU " : " ") + maker.word();
    SearchRequest request = asking(query);
    request.sort = searcher::Sort::kRelevance;
    const auto response = TempIndex::ask(*searcher, request);
    relaxed += response.relaxed;
    for (const auto& hit : response.hits) {
      request.why = hit.id;
      const auto again = TempIndex::ask(*searcher, request);
      for (const auto& h : again.hits) {
        if (h.id != hit.id) continue;
        double sum = 0;
        for (const auto& part : h.why) sum += part.score;
        EXPECT_NEAR(sum, h.score, 1e-4 * std::max(1.0, h.score)) << query << " " << h.id;
        ++explained;
      }
    }
  }
  EXPECT_GT(explained, 100u);
  EXPECT_GT(relaxed, 0u);
}

TEST(SecondStage, WordsOfTitlesScore) {
  TempIndex index;
  index.add_lines(line("a", "OpenAI recrute", "Rien.") + line("b", "Une très longue affaire autour d’OpenAI", filler(50)));
  for (const auto& hit : index.search(asking("titre:OpenAI")).hits) EXPECT_GT(hit.score, 0) << hit.id;
}

TEST(SecondStage, ASentenceFindsWhatHasMostOfIt) {
  TempIndex index;
  std::string lines = line("right", "Le réseau tombe", "Une panne prive Lyon de téléphone mobile pendant trois heures.");
  for (int i = 0; i < 20; ++i) lines += line("other" + std::to_string(i), "Mobile", "Le téléphone mobile à Lyon.");
  lines += line("all", "Mobile", filler(100) + "panne Lyon " + filler(100) + "téléphone mobile " + filler(100) + "géante.");
  index.add_lines(lines);
  const auto sentence = index.search(asking("Panne géante de téléphone mobile à Lyon"));
  EXPECT_TRUE(sentence.relaxed);
  EXPECT_THAT(ids_of(sentence), Contains("right"));
  const auto most = index.search(asking("Panne monstrueuse de téléphone mobile à Lyon"));
  EXPECT_EQ(most.hits.front().id, "right");
  EXPECT_THAT(most.dropped, ::testing::ElementsAre("monstrueuse"));
  const auto two = index.search(asking("panne Lyon"));  // words are conditions
  EXPECT_FALSE(two.relaxed);
  EXPECT_EQ(two.total, 2u);
  SearchRequest strictly = asking("Panne géante de téléphone mobile à Lyon");
  strictly.relax = false;
  EXPECT_THAT(ids_of(index.search(strictly)), ::testing::ElementsAre("all"));
}

// Random and mutated queries: each answered, in bounded time, and twice in the same way.
TEST(SecondStage, AnyQueryIsAnsweredTheSameTwice) {
  CorpusMaker maker(22);
  TempIndex index;
  std::vector<Article> articles;
  for (int i = 0; i < 100; ++i) articles.push_back(maker.article("a" + std::to_string(i)).article);
  index.add(articles);
  const auto searcher = index.open();
  constexpr std::string_view kPieces[] = {"\"", "« ",  " »",   "(",   ")",        " OU ",    " -",    " NOT ",
                                          "*",  "titre:", "org:", "date:", "montant:>", " NEAR/3 ", "\xC3", "..",
                                          " SAUF ", "l’", "2024-", "\xF0\x9F\x98\x80"};
  Random random(23);
  auto slowest = std::chrono::steady_clock::duration::zero();
  for (int i = 0; i < 10'000; ++i) {
    std::string query;
    for (std::size_t piece = random.below(12); piece > 0; --piece) {
      query += random.chance(50) ? maker.word() : std::string(kPieces[random.below(std::size(kPieces))]);
      if (random.chance(60)) query += " ";
    }
    if (random.chance(30) && !query.empty()) query[random.below(query.size())] = static_cast<char>(random.below(256));
    const auto start = std::chrono::steady_clock::now();
    const auto first = searcher->search(asking(query)), second = searcher->search(asking(query));
    slowest = std::max(slowest, std::chrono::steady_clock::now() - start);
    ASSERT_TRUE(first && second) << query;
    ASSERT_EQ(first->total, second->total) << query;
    ASSERT_EQ(ids_of(*first), ids_of(*second)) << query;
    for (std::size_t k = 1; k < first->hits.size(); ++k) {
      if (first->sort == searcher::Sort::kRelevance) {
        ASSERT_GE(first->hits[k - 1].score, first->hits[k].score) << query;
      }
    }
  }
  EXPECT_LT(slowest, std::chrono::seconds(2));
}

}  // namespace
}  // namespace depeche::test
