#include "core/date.hh"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "core/date_words.hh"

namespace depeche {
namespace {

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

Day day_from_civil(CivilDay c) {
  using namespace std::chrono;
  return static_cast<Day>(
      sys_days{year{c.year} / month{static_cast<unsigned>(c.month)} / day{static_cast<unsigned>(c.day)}}
          .time_since_epoch()
          .count());
}

CivilDay civil_from_day(Day day) {
  using namespace std::chrono;
  const year_month_day ymd{sys_days{days{day}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && std::chrono::year{year}.is_leap() ? 1 : 0);
}

bool is_valid_civil(CivilDay c) {
  return c.year >= 1000 && c.year <= 9999 && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
         c.day <= days_in_month(c.year, c.month);
}

int weekday_from_day(Day day) { return static_cast<int>(((static_cast<std::int64_t>(day) + 3) % 7 + 7) % 7); }

Day Date::last() const {
  const CivilDay c = civil_from_day(first);
  switch (precision) {
    case DatePrecision::kYear:
      return day_from_civil({c.year, 12, 31});
    case DatePrecision::kMonth:
      return day_from_civil({c.year, c.month, days_in_month(c.year, c.month)});
    case DatePrecision::kDay:
      break;
  }
  return first;
}

std::optional<Date> parse_date(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t size) {
    return text.size() >= at + size ? digits(text.substr(at, size)) : std::nullopt;
  };
  const auto dash = [&](std::size_t at) { return text.size() > at && text[at] == '-'; };
  CivilDay civil{0, 1, 1};
  Date date;
  const auto year = number(0, 4);
  if (!year) return std::nullopt;
  civil.year = *year;
  date.precision = DatePrecision::kYear;
  std::size_t end = 4;
  if (dash(4)) {
    const auto month = number(5, 2);
    if (!month) return std::nullopt;
    civil.month = *month;
    date.precision = DatePrecision::kMonth;
    end = 7;
    if (dash(7)) {
      const auto day = number(8, 2);
      if (!day) return std::nullopt;
      civil.day = *day;
      date.precision = DatePrecision::kDay;
      end = 10;
    }
  }
  if (!is_valid_civil(civil)) return std::nullopt;
  date.first = day_from_civil(civil);
  const std::string_view rest = text.substr(end);
  if (rest.empty()) return date;
  // A time of day: kept as written, checked only as far as "Thh:mm".
  const auto hour = number(end + 1, 2);
  const auto minute = number(end + 4, 2);
  const bool is_time = date.precision == DatePrecision::kDay && rest.size() >= 6 && rest.size() <= 40 &&
                       (rest[0] == 'T' || rest[0] == 't' || rest[0] == ' ') && rest[3] == ':' && hour && minute &&
                       *hour < 25 && *minute < 60;
  if (!is_time || rest.find_first_not_of("0123456789:.,+-Zz", 1) != std::string_view::npos) return std::nullopt;
  date.time = "T" + std::string(rest.substr(1));
  return date;
}

std::string to_iso(const Date& date, bool with_time) {
  const CivilDay c = civil_from_day(date.first);
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", c.year, c.month, c.day);
  const std::string_view day(buffer.data());
  switch (date.precision) {
    case DatePrecision::kYear:
      return std::string(day.substr(0, 4));
    case DatePrecision::kMonth:
      return std::string(day.substr(0, 7));
    case DatePrecision::kDay:
      break;
  }
  return std::string(day) + (with_time ? date.time : std::string());
}

namespace {

std::optional<Date> date_in_any_form(std::string_view text) {
  const auto date = parse_date(text);
  return date ? date : parse_french_date(text);
}

}  // namespace

std::optional<DaySpan> parse_day_span(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto date = parse_date(text);
    if (!date) return parse_french_span(text);
    return DaySpan{date->first, date->last()};
  }
  const std::string_view from = text.substr(0, dots);
  const std::string_view to = text.substr(dots + 2);
  if (from.empty() && to.empty()) return std::nullopt;
  DaySpan span;
  if (!from.empty()) {
    const auto date = date_in_any_form(from);
    if (!date) return std::nullopt;
    span.first = date->first;
  }
  if (!to.empty()) {
    const auto date = date_in_any_form(to);
    if (!date) return std::nullopt;
    span.last = date->last();
  }
  return span;
}

}  // namespace depeche
