#include "core/date.hh"

#include <gtest/gtest.h>

namespace depeche {
namespace {

TEST(Date, ReadsAndWritesWhatWasGiven) {
  for (const std::string text : {"2024", "2024-10", "2024-10-02", "1000", "9999-12-31", "2024-02-29"}) {
    const auto date = parse_date(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(to_iso(*date), text);
    EXPECT_EQ(to_iso(*date, true), text);
  }
  const auto date = parse_date("2024-10-02 17:40:00+02:00");
  ASSERT_TRUE(date);
  EXPECT_EQ(to_iso(*date), "2024-10-02");
  EXPECT_EQ(to_iso(*date, true), "2024-10-02T17:40:00+02:00");
  EXPECT_EQ(date->first, day_from_civil({2024, 10, 2}));  // never shifted
  for (const std::string text : {"2024-10-02T23:59:59.123Z", "2024-10-02T08:30"}) {
    EXPECT_EQ(to_iso(*parse_date(text), true), text);
  }
}

TEST(Date, RefusesWhatIsNone) {
  for (const std::string_view text : {"",
                                      "hier",
                                      "24",
                                      "20241",
                                      "2024-",
                                      "2024-1",
                                      "2024-13",
                                      "2024-00",
                                      "2024-10-",
                                      "2024-10-32",
                                      "2024-02-30",
                                      "2023-02-29",
                                      "2024-10-00",
                                      "0999",
                                      "0000",
                                      "-2024",
                                      "2024/10",
                                      "2024-10-02T",
                                      "2024-10-02T99:00",
                                      "2024-10-02Tx",
                                      "2024-10T08:30",
                                      "2024T08:30",
                                      "2024-10-02T08:30<b>",
                                      " 2024",
                                      "2024 ",
                                      "２０２４"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Date, LastDay) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"2024", "2024-12-31"},    {"2024-02", "2024-02-29"}, {"2023-02", "2023-02-28"},    {"1900-02", "1900-02-28"},
      {"2000-02", "2000-02-29"}, {"2024-04", "2024-04-30"}, {"2024-10-02", "2024-10-02"}, {"9999", "9999-12-31"}};
  for (const auto& [text, last] : rows) EXPECT_EQ(parse_date(text)->last(), parse_date(last)->first) << text;
}

TEST(Date, EveryDayThereAndBack) {
  Day expected = day_from_civil({1000, 1, 1});
  int weekday = weekday_from_day(expected);
  for (int year = 1000; year <= 9999; year += year < 2100 && year >= 1890 ? 1 : 97) {
    expected = day_from_civil({year, 1, 1});
    weekday = weekday_from_day(expected);
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in_month(year, month); ++day, ++expected, weekday = (weekday + 1) % 7) {
        ASSERT_EQ(day_from_civil({year, month, day}), expected);
        const CivilDay back = civil_from_day(expected);
        ASSERT_EQ(std::tuple(back.year, back.month, back.day), std::tuple(year, month, day));
        ASSERT_EQ(weekday_from_day(expected), weekday);
      }
    }
  }
  EXPECT_EQ(day_from_civil({1970, 1, 1}), 0);
  EXPECT_EQ(weekday_from_day(0), 3);                              // a Thursday
  EXPECT_EQ(weekday_from_day(day_from_civil({2024, 10, 7})), 0);  // a Monday
}

TEST(Date, Spans) {
  const auto day = [](std::string_view text) { return parse_date(text)->first; };
  const struct {
    std::string_view text;
    Day first, last;
  } rows[] = {
      {"2024-10", day("2024-10-01"), day("2024-10-31")},
      {"2024-01..2024-06", day("2024-01-01"), day("2024-06-30")},
      {"2023..2024-02", day("2023-01-01"), day("2024-02-29")},
      {"2024-10-02..", day("2024-10-02"), INT32_MAX},
      {"..2023", INT32_MIN, day("2023-12-31")},
      {"2024..2023", day("2024-01-01"), day("2023-12-31")},  // the caller refuses it
      {"depuis 2023", day("2023-01-01"), INT32_MAX},
      {"Depuis le 3 mars 2024", day("2024-03-03"), INT32_MAX},
      {"dès février 2024", day("2024-02-01"), INT32_MAX},
      {"à partir d’août 2023", day("2023-08-01"), INT32_MAX},
      {"en mars 2024", day("2024-03-01"), day("2024-03-31")},
      {"en 2024", day("2024-01-01"), day("2024-12-31")},
      {"FÉVRIER 2024", day("2024-02-01"), day("2024-02-29")},
      {"fevrier 2024", day("2024-02-01"), day("2024-02-29")},
      {"décembre 2024", day("2024-12-01"), day("2024-12-31")},
      {"de\u0301cembre\u00A02024", day("2024-12-01"), day("2024-12-31")},
      {"le 1er août 2024", day("2024-08-01"), day("2024-08-01")},
      {"avant 2022", INT32_MIN, day("2021-12-31")},
      {"avant mars 2022", INT32_MIN, day("2022-02-28")},
      {"après mars 2022", day("2022-04-01"), INT32_MAX},
      {"jusqu’en 2022", INT32_MIN, day("2022-12-31")},
      {"jusqu'au 2 mai 2022", INT32_MIN, day("2022-05-02")},
      {"entre mars 2023 et juin 2024", day("2023-03-01"), day("2024-06-30")},
      {"entre mars et juin 2024", day("2024-03-01"), day("2024-06-30")},
      {"entre le 3 mars et le 5 avril 2024", day("2024-03-03"), day("2024-04-05")},
      {"entre 2023-03 et 2024-06", day("2023-03-01"), day("2024-06-30")},
      {"de janvier 2023 à mars 2024", day("2023-01-01"), day("2024-03-31")},
      {"du 3 mars 2024 au 5 mars 2024", day("2024-03-03"), day("2024-03-05")},
      {"mars 2023..juin 2024", day("2023-03-01"), day("2024-06-30")},
      {"entre 2024 et 2023", day("2024-01-01"), day("2023-12-31")},
  };
  for (const auto& row : rows) {
    const auto span = parse_day_span(row.text);
    ASSERT_TRUE(span) << row.text;
    EXPECT_EQ(span->first, row.first) << row.text;
    EXPECT_EQ(span->last, row.last) << row.text;
  }
  for (const std::string_view text : {"", "..", "hier..2024", "depuis", "depuis mars", "en 2024 2025", "le 31 février 2024",
                                      "entre 2023", "entre mars et juin", "avant hier", "depuis 2024-13", "32 mars 2024",
                                      "mars 24", "entre 2023 et", "jusqu’à nouvel ordre", "1er 2024", "2024..hier", "2024...2025", "2024-10-02..2024-13"}) {
    EXPECT_FALSE(parse_day_span(text)) << text;
  }
}

}  // namespace
}  // namespace depeche
