#include "output/range_label.hh"

#include <gtest/gtest.h>

namespace depeche::output {
namespace {

TEST(RangeLabel, Amounts) {
  struct Case {
    const char *range, *label;
  };
  for (const auto& [range, label] : std::vector<Case>{
           {"50M..", "à partir de 50\u00A0M€"},
           {"..1Md", "jusqu’à 1\u00A0Md€"},
           {">1,5Md", "à partir de 1,5\u00A0Md€"},
           {"<=500k", "jusqu’à 500\u202F000\u00A0€"},
           {"10M..100M", "10\u00A0M€ à 100\u00A0M€"},
           {"10M..50MUSD", "10\u00A0M$ à 50\u00A0M$"},
           {"10M..10M", "10\u00A0M€"},
           {"beaucoup", "beaucoup"},
           {"", ""},
           {"1..2..3", "1..2..3"},
       }) {
    EXPECT_EQ(amount_range_label(range, Language::kFrench), label) << range;
  }
}

TEST(RangeLabel, BoundsAreWhatAFilterTakes) {
  EXPECT_EQ(amount_bound(5e7), "50M");
  EXPECT_EQ(amount_bound(1e9), "1Md");
  EXPECT_EQ(amount_bound(1000), "1000");
  EXPECT_EQ(amount_range_label(amount_bound(1e10) + "..", Language::kFrench), "à partir de 10\u00A0Md€");
}

TEST(RangeLabel, FiltersInWords) {
  searcher::SearchResponse response;
  response.facets.push_back({searcher::FieldId::kOrg, {{"openai", "OpenAI", 3, true, false}}, 0, 1});
  EXPECT_EQ(filter_label({searcher::FieldId::kOrg, "OPENAI", false}, response, Language::kFrench), "OpenAI");
  EXPECT_EQ(filter_label({searcher::FieldId::kOrg, "inconnu", false}, response, Language::kFrench), "inconnu");
  EXPECT_EQ(filter_label({searcher::FieldId::kEvent, "levee-de-fonds", true}, response, Language::kEnglish),
            "Funding round");
  EXPECT_EQ(filter_label({searcher::FieldId::kDate, "2024", false}, response, Language::kFrench), "2024");
  EXPECT_EQ(filter_label({searcher::FieldId::kTitle, "OpenAI", false}, response, Language::kFrench),
            "titre\u202F: OpenAI");
}

}  // namespace
}  // namespace depeche::output
