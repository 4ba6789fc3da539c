// Dates in the spellings of the web and the press, French first. The day is the one written; no zone ever shifts it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/date.hh"

namespace depeche::ingest {

struct ReadDate {
  Date date;
  std::size_t size = 0;  // bytes of the text that it took
};

// Reads a date at the beginning of `text` (blanks before it are taken too), with the time that follows it:
// "2024-10-03T10:15:00+02:00", "20241003", "03/10/2024", "jeudi 3 octobre 2024 à 10h15", "1er oct. 2024", "octobre
// 2024", "Thu, 03 Oct 2024 10:15:00 GMT", "October 3, 2024", "3. Oktober 2024", "2024". Of 03/10/2024 the day comes
// first unless it cannot. Years are 1000 to 9999; of two digits, 00 to 69 are 2000 to 2069.
std::optional<ReadDate> read_date_prefix(std::string_view text);

// The whole of `text` is a date, or Unix seconds or milliseconds.
std::optional<Date> read_date(std::string_view text);

// The first full date (with a day) in a running text, as in "Publié le 3 octobre 2024 à 10h15 par".
std::optional<ReadDate> find_date(std::string_view text);

// "il y a 2 heures", "hier à 18h", "aujourd'hui", "2 days ago", "yesterday", seen from `today`.
std::optional<Date> read_relative_date(std::string_view text, const Date& today);

}  // namespace depeche::ingest
