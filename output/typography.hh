// How numbers, dates and amounts are written for readers. Never used for URLs, query texts or the API.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/annotations.hh"
#include "core/date.hh"
#include "output/strings.hh"

namespace depeche::output {

inline constexpr std::string_view kNarrowBlank = "\u202F";
inline constexpr std::string_view kFixedBlank = "\u00A0";

// French: the narrow blank inside « » and before ; : ! ?, where a plain blank stands. Other languages: unchanged.
std::string typeset(std::string_view text, Language language);

std::string number(std::uint64_t n, Language language);            // "1 234" with a narrow blank; "1,234"
std::string decimal(double value, int digits, Language language);  // 1.25, 1 → "1,3" or "1.3"
// Short form with its unit: 6.6e9 USD → "6,6 Md$" (fixed blank), "$6.6bn". At most three digits and two decimals.
std::string money(double value, std::string_view currency, Language language);
std::string money(const Amount& amount, Language language);

// At the precision that is known: "3 oct. 2024", "oct. 2024", "2024".
std::string short_date(const Date& date, Language language);
std::string long_date(const Date& date, Language language);  // "3 octobre 2024", "octobre 2024", "2024"
// What stands in the margin: "3 oct." over "2024"; "Oct." over "2024"; "2024" alone.
struct MarginDate {
  std::string head, year;
};
MarginDate margin_date(const Date& date, Language language);
// « 2024 », « janvier à octobre 2024 », « nov. 2022 à oct. 2024 »: the span in as few words as say it.
std::string period(const DaySpan& span, Language language);
// The date whose days are exactly the span, when it is a day, month or year; else its first day.
Date date_from_span(Day first, Day last);

// A text in double quotes of the language: « mot », "word".
std::string quoted(std::string_view text, Language language);

}  // namespace depeche::output
