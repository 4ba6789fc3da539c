#include "output/typography.hh"

#include <gtest/gtest.h>

namespace depeche::output {
namespace {

constexpr auto kFr = Language::kFrench;
constexpr auto kEn = Language::kEnglish;

TEST(Typography, NarrowBlanks) {
  EXPECT_EQ(typeset("« oui » : non ?", kFr), "«\u202Foui\u202F»\u202F: non\u202F?");
  EXPECT_EQ(typeset("a: b!", kFr), "a: b!");
  EXPECT_EQ(typeset("« oui » : non ?", kEn), "« oui » : non ?");
  EXPECT_EQ(typeset(" ", kFr), " ");
}

TEST(Typography, Numbers) {
  EXPECT_EQ(number(999, kFr), "999");
  EXPECT_EQ(number(1234567, kFr), "1\u202F234\u202F567");
  EXPECT_EQ(number(1234567, kEn), "1,234,567");
  EXPECT_EQ(decimal(1.25, 1, kFr), "1,2");
  EXPECT_EQ(decimal(1234.5, 1, kEn), "1,234.5");
  EXPECT_EQ(decimal(-3, 0, kFr), "-3");
}

TEST(Typography, Money) {
  struct Case {
    double value;
    const char *currency, *french, *english;
  };
  for (const auto& [value, currency, french, english] : std::vector<Case>{
           {6.6e9, "USD", "6,6\u00A0Md$", "$6.6bn"},
           {157e9, "USD", "157\u00A0Md$", "$157bn"},
           {6e8, "EUR", "600\u00A0M€", "€600m"},
           {1.25e6, "EUR", "1,25\u00A0M€", "€1.25m"},
           {999.6e6, "EUR", "1\u00A0Md€", "€1bn"},
           {12500, "EUR", "12\u202F500\u00A0€", "€12,500"},
           {19.99, "EUR", "19,99\u00A0€", "€19.99"},
           {4e7, "CHF", "40\u00A0M\u00A0CHF", "CHF\u00A040m"},
           {0, "EUR", "0\u00A0€", "€0"},
       }) {
    EXPECT_EQ(money(value, currency, kFr), french);
    EXPECT_EQ(money(value, currency, kEn), english);
  }
}

TEST(Typography, DatesAtTheirPrecision) {
  struct Case {
    const char *iso, *brief, *full, *head, *year;
  };
  for (const auto& [iso, brief, full, head, year] : std::vector<Case>{
           {"2024-10-03", "3 oct. 2024", "3 octobre 2024", "3 oct.", "2024"},
           {"2024-10", "oct. 2024", "octobre 2024", "Oct.", "2024"},
           {"2024-08-01", "1er août 2024", "1er août 2024", "1er août", "2024"},
           {"2024", "2024", "2024", "2024", ""},
       }) {
    const Date date = *parse_date(iso);
    EXPECT_EQ(short_date(date, kFr), brief);
    EXPECT_EQ(long_date(date, kFr), full);
    EXPECT_EQ(margin_date(date, kFr).head, head);
    EXPECT_EQ(margin_date(date, kFr).year, year);
  }
  EXPECT_EQ(short_date(*parse_date("2024-10-01"), kEn), "1 Oct. 2024");
}

TEST(Typography, Periods) {
  struct Case {
    const char *range, *french;
  };
  for (const auto& [range, french] : std::vector<Case>{
           {"2024", "2024"},
           {"2024-10", "octobre 2024"},
           {"2024-10-03", "3 octobre 2024"},
           {"2024-01..2024-10", "janvier à octobre 2024"},
           {"2022-11..2024-10", "novembre 2022 à octobre 2024"},
           {"2024-10-03..2024-10-09", "3 octobre à 9 octobre 2024"},
           {"2024-01..", "à partir de janvier 2024"},
           {"..2023", "jusqu’à décembre 2023"},
       }) {
    EXPECT_EQ(period(*parse_day_span(range), kFr), french) << range;
  }
  EXPECT_EQ(period({}, kFr), "Toute la période");
}

TEST(Typography, DateOfASpan) {
  EXPECT_EQ(to_iso(date_from_span(day_from_civil({2024, 1, 1}), day_from_civil({2024, 12, 31}))), "2024");
  EXPECT_EQ(to_iso(date_from_span(day_from_civil({2024, 2, 1}), day_from_civil({2024, 2, 29}))), "2024-02");
  EXPECT_EQ(to_iso(date_from_span(day_from_civil({2024, 2, 1}), day_from_civil({2024, 2, 28}))), "2024-02-01");
}

}  // namespace
}  // namespace depeche::output
