#include "output/strings.hh"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "schema/fields.hh"

namespace depeche::output {
namespace {

std::set<std::string> key_set(Language language) {
  const auto keys = strings(language).keys();
  return {keys.begin(), keys.end()};
}

// The names in braces, which code fills in.
std::set<std::string> names_in(const std::string& text) {
  std::set<std::string> names;
  for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    names.insert(text.substr(open, text.find('}', open) - open));
  }
  return names;
}

TEST(Strings, BothLanguagesSayTheSameThings) {
  EXPECT_EQ(key_set(Language::kFrench), key_set(Language::kEnglish));
  for (const std::string& key : key_set(Language::kFrench)) {
    EXPECT_EQ(names_in(strings(Language::kFrench)[key]), names_in(strings(Language::kEnglish)[key])) << key;
  }
}

TEST(Strings, EveryFieldHasANameAndEveryCountTwoForms) {
  const auto keys = key_set(Language::kFrench);
  for (const schema::Field& field : schema::kFacets) {
    EXPECT_TRUE(keys.contains("type." + std::string(field.name)));
    EXPECT_TRUE(keys.contains("types." + std::string(field.name)));
  }
  for (const std::string& key : keys) {
    if (!key.ends_with(".one") || key == "timeline.one") continue;
    EXPECT_TRUE(keys.contains(key.substr(0, key.size() - 3) + "other")) << key;
  }
}

TEST(Strings, Counts) {
  EXPECT_EQ(strings(Language::kFrench).count("articles", 0), "0 article");
  EXPECT_EQ(strings(Language::kFrench).count("articles", 1), "1 article");
  EXPECT_EQ(strings(Language::kFrench).count("articles", 1234), "1\u202F234 articles");
  EXPECT_EQ(strings(Language::kEnglish).count("articles", 0), "0 articles");
  EXPECT_EQ(strings(Language::kEnglish).count("articles", 1), "1 article");
}

TEST(Strings, FillsAndKeepsWhatItDoesNotKnow) {
  EXPECT_EQ(strings(Language::kFrench).fill("sorted", {{"sort", "{sort}"}}), "tri\u202F: {sort}");
  EXPECT_EQ(strings(Language::kFrench).fill("sorted", {}), "tri\u202F: {sort}");
  EXPECT_EQ(strings(Language::kFrench)["no.such.key"], "⟦no.such.key⟧");
}

}  // namespace
}  // namespace depeche::output
