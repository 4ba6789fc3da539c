#include "web/chart.hh"

#include <gtest/gtest.h>

namespace depeche::web {
namespace {

using searcher::DateBucket;

std::vector<DateBucket> months(const std::vector<std::uint64_t>& counts) {
  std::vector<DateBucket> out;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Day first = day_from_civil({2020 + static_cast<int>(i / 12), static_cast<int>(i % 12) + 1, 1});
    out.push_back({first, Date{first, DatePrecision::kMonth}.last(), counts[i]});
  }
  return out;
}

std::string drawn(const searcher::DateHistogram& dates, std::string_view query = "q=a") {
  const Call call;
  Visit visit{call, nullptr};
  visit.state = *output::state_from_parameters(output::parse_parameters(query));
  const output::Strings& t = visit.t();
  auto chart = timeline(dates, visit);
  if (!chart) return "";
  const auto page = Template::parse(
      "{{#x}}{{one}}|{{bars}}|{{bars_on}}|{{#ticks}}{{century}}_{{label}}={{url}};{{/"
      "ticks}}|{{from}}-{{to}}|{{alt}}{{/x}}");
  return page->render(Object().set("x", std::move(*chart)), t, [](std::string_view) { return nullptr; }).markup();
}

TEST(Bursts, StandOutFromTheYearBefore) {
  EXPECT_EQ(bursts(months({2, 3, 2, 3, 2, 3, 20, 3, 2})), std::vector<std::size_t>{6});
  EXPECT_TRUE(bursts(months({2, 3, 2, 4, 2, 3, 4, 3, 4})).empty());
  EXPECT_TRUE(bursts(months({0, 0, 0, 0, 4})).empty());  // too few to mean anything
  EXPECT_TRUE(bursts(months({0, 0, 0, 0, 9, 90, 95, 100, 98, 96})).size() <= 1) << "nobody would see the first";
  EXPECT_TRUE(bursts({}).empty());
}

TEST(Timeline, YearsAreLinks) {
  const std::string text =
      drawn({searcher::HistogramUnit::kMonth, months(std::vector<std::uint64_t>(24, 3)), std::nullopt, 0});
  EXPECT_NE(text.find("_2020=/?q=a&amp;date=2020;_2021=/?q=a&amp;date=2021;"), text.npos) << text;
  EXPECT_NE(text.find("de janvier 2020 à décembre 2021"), text.npos) << text;
}

TEST(Timeline, SelectedBarsAreDrawnApart) {
  const auto span = parse_day_span("2020-03..2020-04");
  const std::string text = drawn({searcher::HistogramUnit::kMonth, months({1, 2, 3, 4, 5, 6, 7, 8}), span, 0},
                                 "q=a&date=2020-03..2020-04");
  const std::size_t first = text.find('|'), second = text.find('|', first + 1), third = text.find('|', second + 1);
  const auto bars = [](std::string_view path) { return std::count(path.begin(), path.end(), 'z'); };
  EXPECT_EQ(bars(text.substr(first, second - first)), 6);
  EXPECT_EQ(bars(text.substr(second, third - second)), 2);
  EXPECT_NE(text.find("|2020-03-2020-04|"), text.npos) << text;
}

TEST(Timeline, OneDateIsASentenceAndNoneIsNothing) {
  EXPECT_TRUE(drawn({searcher::HistogramUnit::kMonth, months({5}), std::nullopt, 0})
                  .starts_with("Une seule date\u202F: janvier 2020"));
  EXPECT_EQ(drawn({}), "");
}

TEST(Timeline, LongPeriodsHaveFewTicks) {
  std::vector<DateBucket> years;
  for (int year = 1950; year < 2030; ++year)
    years.push_back({day_from_civil({year, 1, 1}), day_from_civil({year, 12, 31}), 1});
  const std::string text = drawn({searcher::HistogramUnit::kYear, years, std::nullopt, 0});
  EXPECT_NE(text.find("|19_50=/?q=a&amp;date=1950..1959;19_60="), text.npos) << text;
}

}  // namespace
}  // namespace depeche::web
