#include "output/typography.hh"

#include <array>
#include <cmath>
#include <cstdio>

namespace depeche::output {
namespace {

struct Months {
  std::array<std::string_view, 12> full, abbreviated;
};
constexpr Months kFrenchMonths = {
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
     "décembre"},
    {"janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."}};
constexpr Months kEnglishMonths = {
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
    {"Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."}};

const Months& months(Language language) {
  return language == Language::kFrench ? kFrenchMonths : kEnglishMonths;
}

std::string_view month_name(int month, bool full, Language language) {
  const Months& names = months(language);
  return (full ? names.full : names.abbreviated)[static_cast<std::size_t>(month - 1)];
}

std::string day_number(int day, Language language) {
  return std::to_string(day) + (day == 1 && language == Language::kFrench ? "er" : "");
}

std::string written_date(const Date& date, bool full, Language language) {
  const CivilDay civil = civil_from_day(date.first);
  const std::string year = std::to_string(civil.year);
  if (date.precision == DatePrecision::kYear) return year;
  const std::string month_year = std::string(month_name(civil.month, full, language)) + " " + year;
  if (date.precision == DatePrecision::kMonth) return month_year;
  return day_number(civil.day, language) + " " + month_year;
}

std::string capitalised(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

std::string grouped(const std::string& digits, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

std::string without_trailing_zeros(std::string text) {
  if (text.find_first_of(",.") == text.npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == ',' || text.back() == '.') text.pop_back();
  return text;
}

// Three digits say enough of an amount that has its sentence beside it.
std::string three_digits(double value, Language language) {
  const int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
  return without_trailing_zeros(decimal(value, decimals, language));
}

std::string_view currency_sign(std::string_view currency) {
  if (currency == "EUR") return "€";
  if (currency == "USD") return "$";
  if (currency == "GBP") return "£";
  if (currency == "JPY") return "¥";
  return currency;
}

std::string french_money(double value, std::string_view sign) {
  constexpr auto kFr = Language::kFrench;
  const bool word = sign.size() >= 3 && sign[0] >= 'A' && sign[0] <= 'Z';  // a code, not a sign: "40 M CHF"
  const std::string unit = (word ? std::string(kFixedBlank) : "") + std::string(sign);
  const std::string blank(kFixedBlank);
  if (value >= 999.5e6) return three_digits(value / 1e9, kFr) + blank + "Md" + unit;
  if (value >= 1e6) return three_digits(value / 1e6, kFr) + blank + "M" + unit;
  const std::string plain = value >= 1000 ? number(static_cast<std::uint64_t>(std::llround(value)), kFr)
                                          : without_trailing_zeros(decimal(value, 2, kFr));
  return plain + blank + std::string(sign);
}

std::string english_money(double value, std::string_view sign) {
  constexpr auto kEn = Language::kEnglish;
  const bool word = sign.size() >= 3 && sign[0] >= 'A' && sign[0] <= 'Z';
  const std::string before = std::string(sign) + (word ? std::string(kFixedBlank) : "");
  if (value >= 999.5e6) return before + three_digits(value / 1e9, kEn) + "bn";
  if (value >= 1e6) return before + three_digits(value / 1e6, kEn) + "m";
  if (value >= 1000) return before + number(static_cast<std::uint64_t>(std::llround(value)), kEn);
  return before + without_trailing_zeros(decimal(value, 2, kEn));
}

}  // namespace

std::string typeset(std::string_view text, Language language) {
  std::string out;
  if (language != Language::kFrench) return out.assign(text), out;
  constexpr std::string_view kOpen = "«", kClose = "»";
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with(kOpen) && rest.substr(kOpen.size()).starts_with(' ')) {
      out.append(kOpen).append(kNarrowBlank);
      i += kOpen.size() + 1;
    } else if (rest.size() > 1 && rest[0] == ' ' &&
               (rest.substr(1).starts_with(kClose) ||
                std::string_view(";:!?").find(rest[1]) != std::string_view::npos)) {
      out += kNarrowBlank;
      ++i;
    } else {
      out += text[i++];
    }
  }
  return out;
}

std::string number(std::uint64_t n, Language language) {
  return grouped(std::to_string(n), language == Language::kFrench ? kNarrowBlank : ",");
}

std::string decimal(double value, int digits, Language language) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  std::string text(buffer);
  const auto point = text.find('.');
  const bool negative = text.starts_with('-');
  const std::string whole =
      text.substr(negative ? 1 : 0, (point == text.npos ? text.size() : point) - (negative ? 1 : 0));
  std::string out = (negative ? "-" : "") + grouped(whole, language == Language::kFrench ? kNarrowBlank : ",");
  if (point != text.npos) out += (language == Language::kFrench ? "," : ".") + text.substr(point + 1);
  return out;
}

std::string money(double value, std::string_view currency, Language language) {
  const std::string_view sign = currency_sign(currency);
  return language == Language::kFrench ? french_money(value, sign) : english_money(value, sign);
}

std::string money(const Amount& amount, Language language) {
  return money(amount.value, amount.currency, language);
}

std::string short_date(const Date& date, Language language) {
  return written_date(date, false, language);
}
std::string long_date(const Date& date, Language language) {
  return written_date(date, true, language);
}

MarginDate margin_date(const Date& date, Language language) {
  const CivilDay civil = civil_from_day(date.first);
  const std::string year = std::to_string(civil.year);
  if (date.precision == DatePrecision::kYear) return {year, ""};
  const std::string_view month = month_name(civil.month, false, language);
  if (date.precision == DatePrecision::kMonth) return {capitalised(month), year};
  return {day_number(civil.day, language) + " " + std::string(month), year};
}

Date date_from_span(Day first, Day last) {
  const CivilDay begin = civil_from_day(first);
  for (const DatePrecision precision : {DatePrecision::kYear, DatePrecision::kMonth}) {
    if (begin.day != 1 || (precision == DatePrecision::kYear && begin.month != 1)) continue;
    const Date date{first, precision};
    if (date.last() == last) return date;
  }
  return {first, DatePrecision::kDay};
}

std::string period(const DaySpan& span, Language language) {
  const Strings& t = strings(language);
  const bool open_begin = span.first == INT32_MIN, open_end = span.last == INT32_MAX;
  if (open_begin && open_end) return t["timeline.whole"];
  const Date whole = open_begin || open_end ? Date{} : date_from_span(span.first, span.last);
  if (!open_begin && !open_end && whole.last() == span.last) return long_date(whole, language);

  // Each end is written as the month it begins or ends, or else as a day.
  const auto end_date = [](Day day, bool first) {
    const CivilDay civil = civil_from_day(day);
    const bool border = first ? civil.day == 1 : civil.day == days_in_month(civil.year, civil.month);
    const Day month_begin = day_from_civil({civil.year, civil.month, 1});
    return border ? Date{month_begin, DatePrecision::kMonth} : Date{day, DatePrecision::kDay};
  };
  if (open_end) return t.fill("from_date", {{"from", long_date(end_date(span.first, true), language)}});
  if (open_begin) return t.fill("until_date", {{"to", long_date(end_date(span.last, false), language)}});
  const Date from = end_date(span.first, true), to = end_date(span.last, false);
  std::string begin = long_date(from, language);
  const std::string end = long_date(to, language);
  if (civil_from_day(span.first).year == civil_from_day(span.last).year) begin.resize(begin.rfind(' '));
  return t.fill("period", {{"from", begin}, {"to", end}});
}

std::string quoted(std::string_view text, Language language) {
  if (language == Language::kEnglish) return "\"" + std::string(text) + "\"";
  return "«" + std::string(kNarrowBlank) + std::string(text) + std::string(kNarrowBlank) + "»";
}

}  // namespace depeche::output
