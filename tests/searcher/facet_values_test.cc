// One value and one label for all spellings of a name, whatever was indexed first and in how many runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/support/answer_checks.hh"
#include "tests/support/temp_index.hh"

namespace depeche::test {
namespace {

using schema::FieldId;

// Names that no list has, as texts spell them.
std::vector<Article> articles() {
  std::vector<Article> made;
  const auto add = [&](const std::string& text) {
    made.emplace_back();
    made.back().id = "a" + std::to_string(made.size());
    made.back().text = text;
  };
  for (const char* name : {"Kalvigo Systèmes SAS", "Kalvigo Systèmes Inc.", "Kalvigo Systèmes", "Kalvigo Systemes",
                           "Kalvigo-Systèmes", "Jean-Noël Vartan", "Jean-Noel Vartan", "Jean-Noël Vartan"}) {
    add("La start-up " + std::string(name) + " a levé 3 millions d’euros à Nantes, a annoncé mardi " + name + ".");
  }
  return made;
}

// As the input gives them: each is what it is.
std::vector<Article> given_articles() {
  std::vector<Article> made;
  const auto add = [&](const char* field, const char* label) {
    made.emplace_back();
    made.back().id = "g" + std::to_string(made.size());
    made.back().text = "Rien.";
    made.back().given[field] = {label};
  };
  for (const char* label : {"C++", "C", "C#", "c++", "Disney+", "Disney"}) add("product", label);
  for (const char* label : {"Cnil", "CNIL", "CNIL", "Télé-Loisirs", "Télé Loisirs"}) add("org", label);
  return made;
}

struct Shown {
  std::string value, label;
  std::uint64_t count;
  bool operator==(const Shown&) const = default;
};

std::vector<std::vector<Shown>> facets_of(const TempIndex& index) {
  searcher::SearchRequest request;
  request.facets = searcher::all_facets(100);
  std::vector<std::vector<Shown>> out;
  for (const auto& facet : index.search(request).facets) {
    auto& values = out.emplace_back();
    for (const auto& v : facet.values) values.push_back({v.value, v.label, v.count});
  }
  return out;
}

TEST(FacetValues, DoNotDependOnTheOrderOfIndexing) {
  std::vector<Article> all = articles();
  std::mt19937 random(7);
  std::vector<std::vector<Shown>> first;
  for (const std::size_t runs : {1u, 1u, 2u, 5u, 5u}) {
    std::shuffle(all.begin(), all.end(), random);
    TempIndex index;
    for (std::size_t run = 0; run < runs; ++run) {
      std::vector<Article> some;
      for (std::size_t i = run; i < all.size(); i += runs) some.push_back(all[i]);
      index.add(some, "run" + std::to_string(run));
    }
    const auto facets = facets_of(index);
    if (first.empty()) first = facets;
    ASSERT_EQ(facets.size(), first.size());
    for (std::size_t f = 0; f < facets.size(); ++f)
      EXPECT_TRUE(facets[f] == first[f]) << runs << " runs, facet " << f;
  }
}

TEST(FacetValues, HaveTheCommonestSpelling) {
  TempIndex index;
  index.add(articles());
  searcher::SearchRequest request;
  request.facets = searcher::all_facets(100);
  const auto response = index.search(request);
  const auto values = [&](FieldId field) {
    std::vector<std::string> out;
    for (const auto& facet : response.facets) {
      if (facet.field != field) continue;
      for (const auto& v : facet.values) out.push_back(v.label + " " + std::to_string(v.count));
    }
    return out;
  };
  EXPECT_THAT(values(FieldId::kOrg), ::testing::Contains("Kalvigo Systèmes 5"));
  EXPECT_THAT(values(FieldId::kPerson), ::testing::Contains("Jean-Noël Vartan 3"));
  request.filters = {{FieldId::kOrg, "kalvigo systemes"}};
  for (const auto& hit : index.search(request).hits) {
    EXPECT_THAT(hit.labels[schema::facet_index(FieldId::kOrg)], ::testing::Contains("Kalvigo Systèmes")) << hit.id;
  }
}

TEST(FacetValues, AreTheGivenLabelsAsTheyStand) {
  TempIndex index;
  index.add(given_articles());
  const auto facets = facets_of(index);
  const auto& orgs = facets[schema::facet_index(FieldId::kOrg)];
  EXPECT_THAT(orgs, ::testing::UnorderedElementsAre(Shown{"CNIL", "CNIL", 2}, Shown{"Cnil", "Cnil", 1},
                                                    Shown{"Télé-Loisirs", "Télé-Loisirs", 1},
                                                    Shown{"Télé Loisirs", "Télé Loisirs", 1}));
  EXPECT_EQ(facets[schema::facet_index(FieldId::kProduct)].size(), 6u);
}

}  // namespace
}  // namespace depeche::test
