#include "searcher/amount_span.hh"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace depeche::searcher {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Row {
  std::string_view text;
  double low, high;
  std::string_view currency = "";
};

TEST(AmountSpan, Rows) {
  const Row rows[] = {
      {"10M..100M", 10e6, 100e6},
      {"10M", 10e6, 10e6},
      {"..500k", 0, 500e3},
      {"10M..", 10e6, kInfinity},
      {">=1Md", 1e9, kInfinity},
      {">1Md", std::nextafter(1e9, kInfinity), kInfinity},
      {"<1Md", 0, std::nextafter(1e9, 0)},
      {"≤ 5 000", 0, 5000},
      {"≥5_000", 5000, kInfinity},
      {"1,5 Md€", 1.5e9, 1.5e9, "EUR"},
      {"1.5 milliard d'euros", 1.5e9, 1.5e9, "EUR"},
      {"1,5 milliard d’euros", 1.5e9, 1.5e9, "EUR"},
      {"3 millions de dollars", 3e6, 3e6, "USD"},
      {"10M..50MUSD", 10e6, 50e6, "USD"},
      {"10MUSD..50M", 10e6, 50e6, "USD"},
      {"10 000 000 €", 10e6, 10e6, "EUR"},
      {"10\u202f000", 10'000, 10'000},
      {"2 billions", 2e12, 2e12},
      {"1 billion", 1e12, 1e12},
      {"1bn", 1e9, 1e9},
      {"5mds", 5e9, 5e9},
      {"12 mille", 12e3, 12e3},
      // A currency's first letter is no unit.
      {"10 GBP", 10, 10, "GBP"},
      {"10 BTC", 10, 10, "BTC"},
      {"10 MXN", 10, 10, "MXN"},
      {"10 krw", 10, 10, "KRW"},
      {"10 MDL", 10, 10, "MDL"},
      {"10MMXN", 10e6, 10e6, "MXN"},
      {"10 DEM", 10, 10, "DEM"},
      {"0", 0, 0},
      {"100..10", 100, 10},  // the caller refuses it
  };
  for (const Row& row : rows) {
    const auto span = parse_amount_span(row.text);
    ASSERT_TRUE(span) << row.text;
    EXPECT_DOUBLE_EQ(span->low, row.low) << row.text;
    EXPECT_DOUBLE_EQ(span->high, row.high) << row.text;
    EXPECT_EQ(span->currency, row.currency) << row.text;
  }
}

TEST(AmountSpan, RefusesWhatIsNoAmount) {
  for (const std::string_view text : {"",
                                      " ",
                                      "..",
                                      "M",
                                      "dix",
                                      "-5",
                                      ">",
                                      "<",
                                      ">=",
                                      "10M...20M",
                                      "1.2.3",
                                      "10 pommes",
                                      "10MEUR..20MUSD",
                                      "1e400",
                                      "10..x",
                                      "x..10",
                                      "NaN",
                                      "inf",
                                      "10 €€",
                                      "0x10"}) {
    EXPECT_FALSE(parse_amount_span(text)) << text;
  }
  EXPECT_FALSE(parse_amount_span(std::string(299, '9') + " billions"));  // overflows
  EXPECT_FALSE(parse_amount_span(std::string(5000, '9')));
}

}  // namespace
}  // namespace depeche::searcher
