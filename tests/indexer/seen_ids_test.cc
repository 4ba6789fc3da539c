#include "indexer/seen_ids.hh"

#include <gtest/gtest.h>

namespace depeche::indexer {
namespace {

TEST(SeenIds, TellTheFirstPlaceOfMany) {
  SeenIds seen;
  EXPECT_FALSE(seen.contains("0"));
  constexpr int kIds = 50'000;
  for (int i = 0; i < kIds; ++i) {
    EXPECT_EQ(seen.first_place(std::to_string(i), "a.jsonl:" + std::to_string(i)), nullptr);
  }
  for (int i = 0; i < kIds; ++i) {
    const std::string id = std::to_string(i);
    EXPECT_TRUE(seen.contains(id));
    EXPECT_EQ(seen.first_place(id, "elsewhere"), "a.jsonl:" + id);
  }
  EXPECT_FALSE(seen.contains("-1"));
}

TEST(SeenIds, EmptyAndEndlessPlaces) {
  SeenIds seen;
  const std::string endless(1 << 20, 'x');
  EXPECT_EQ(seen.first_place("", endless), nullptr);
  EXPECT_EQ(seen.first_place("b", ""), nullptr);
  EXPECT_TRUE(endless.starts_with(seen.first_place("", "")));
  EXPECT_STREQ(seen.first_place("b", "c"), "");
}

}  // namespace
}  // namespace depeche::indexer
