// Columns with more values than fit into two bytes, and terms frequent enough to be kept decoded.
#include <gtest/gtest.h>

#include "tests/support/temp_index.hh"

namespace depeche::test {
namespace {

using schema::FieldId;

TEST(Columns, MoreThan65536Values) {
  constexpr int kArticles = 140, kEach = 500;
  std::string lines;
  for (int i = 0; i < kArticles; ++i) {
    lines += "{\"id\":\"" + std::to_string(i) + "\",\"title\":\"Titre\",\"org\":[\"Tous\"";
    for (int k = 0; k < kEach; ++k) lines += ",\"Nom " + std::to_string(i * kEach + k) + "\"";
    lines += "]}\n";
  }
  TempIndex index;
  index.add_lines(lines);
  searcher::SearchRequest request;
  request.facets.emplace_back().size = 3;
  auto response = index.search(request);
  EXPECT_EQ(response.facets[0].distinct, kArticles * kEach + 1u);
  EXPECT_EQ(response.facets[0].values[0].label, "Tous");
  EXPECT_EQ(response.facets[0].values[0].count, static_cast<std::uint64_t>(kArticles));
  request.filters = {{FieldId::kOrg, "nom-69999"}};
  response = index.search(request);
  EXPECT_EQ(response.total, 1u);
  EXPECT_EQ(response.hits[0].id, "139");
}

TEST(HotPostings, FrequentWordsCountAsOthers) {
  constexpr int kArticles = 700;
  std::string lines;
  for (int i = 0; i < kArticles; ++i) {
    const std::string n = std::to_string(i);
    lines += "{\"id\":\"" + n + "\",\"title\":\"Titre " + n + "\",\"text\":\"" + (i % 2 == 0 ? "fréquent " : "") +
             (i % 7 == 0 ? "rare " : "") + "mot" + n + "\"}\n";
  }
  TempIndex index;
  index.add_lines(lines);
  const std::pair<std::string_view, std::uint64_t> rows[] = {
      {"titre", 700},
      {"fréquent", 350},
      {"fréquent rare", 50},
      {"rare fréquent mot14", 1},
      {"-fréquent", 350},
      {"fréquent OU rare", 400},
      {"titre:titre", 700},
      {"titre -rare", 600},
      {"\"fréquent rare\"", 50},
      {"fréq*", 350},
      {"fréquent NEAR/1 rare", 50},
      {"mot14 fréquent", 1},
      {"mot13 fréquent", 0},
  };
  for (const auto& [query, total] : rows) {
    EXPECT_EQ(index.search(asking(std::string(query))).total, total) << query;
  }
}

}  // namespace
}  // namespace depeche::test
