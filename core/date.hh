// Dates as articles state them: with the precision that was given, never more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace depeche {

enum class DatePrecision : std::uint8_t { kYear = 1, kMonth = 2, kDay = 3 };  // stored; never renumber

// Days since 1970-01-01 in the proleptic Gregorian calendar. The day is the one written: a time zone never shifts it.
using Day = std::int32_t;

struct CivilDay {
  int year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
};

Day day_from_civil(CivilDay civil);
CivilDay civil_from_day(Day day);
bool is_valid_civil(CivilDay civil);
int days_in_month(int year, int month);
int weekday_from_day(Day day);  // 0 Monday to 6 Sunday

struct Date {
  Day first = 0;  // the first day it may mean: 2024-10 is the 1st of October
  DatePrecision precision = DatePrecision::kDay;
  std::string time = {};  // what followed the day, as written: "T17:40:00+02:00"; else empty

  Day last() const;  // the last day it may mean, inclusive
  friend bool operator==(const Date&, const Date&) = default;
};

// Reads "2024", "2024-10", "2024-10-02", and "2024-10-02T17:40:00+02:00" (a blank may stand for the T).
// Nothing for anything else, for dates that do not exist, and for years outside 1000 to 9999.
std::optional<Date> parse_date(std::string_view text);

// The ISO 8601 form at its own precision: "2024-10". `with_time` appends what followed the day.
std::string to_iso(const Date& date, bool with_time = false);

// A closed span of days; an open end is the limit of Day.
struct DaySpan {
  Day first = INT32_MIN;
  Day last = INT32_MAX;
};

// Reads a date, or a range "A..B", "A..", "..B" (each end at any precision; both inclusive), also in French words
// (core/date_words.hh). Nothing for anything else; one that ends before it begins is for the caller to refuse.
std::optional<DaySpan> parse_day_span(std::string_view text);

}  // namespace depeche
