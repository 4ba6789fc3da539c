#include "entities/rates.hh"

#include <gtest/gtest.h>

#include "tests/support/extraction.hh"

namespace depeche::entities {
namespace {

TEST(Rates, TakeTheYearOfTheArticle) {
  EXPECT_NEAR(*to_euros(6.6e9, "USD", 2024), 6.1e9, 0.01e9);
  EXPECT_NEAR(*to_euros(1e6, "USD", 2015), 901307, 10);
  EXPECT_EQ(*to_euros(5, "EUR", 1999), 5);
}

TEST(Rates, TakeTheNearestYearOutsideTheTable) {
  EXPECT_EQ(to_euros(100, "GBP", 1990), to_euros(100, "GBP", 2010));
  EXPECT_EQ(to_euros(100, "GBP", std::nullopt), to_euros(100, "GBP", 2100));
  EXPECT_EQ(to_euros(100, "RUB", 2024),
            to_euros(100, "RUB", 2022).value_or(0) > 0 ? to_euros(100, "RUB", 2023) : std::nullopt);
}

TEST(Rates, HaveNoneForOtherCurrencies) {
  EXPECT_EQ(to_euros(1, "BTC", 2024), std::nullopt);
  EXPECT_EQ(to_euros(1, "", 2024), std::nullopt);
}

TEST(Rates, AreAppliedToAmounts) {
  const Annotations found = testing::extract(testing::article_of("Il vaut 157 milliards de dollars.", "", "2024-10"));
  ASSERT_EQ(found.amounts.size(), 1u);
  EXPECT_NEAR(found.amounts[0].eur, 145.05e9, 0.1e9);
}

}  // namespace
}  // namespace depeche::entities
