// Dates and spans of days in French words: "mars 2024", "depuis le 3 mars 2024", "entre 2022 et 2023".
#pragma once

#include <optional>
#include <string_view>

#include "core/date.hh"

namespace depeche {

// Reads "mars 2024", "3 mars 2024", "1er août 2024", or a date in digits, behind any of "le", "en", "de" and the
// like; accents and capitals do not matter. Nothing for anything else.
std::optional<Date> parse_french_date(std::string_view text);

// Reads a date as above, which may be introduced by "depuis", "dès", "à partir de", "avant", "après" (both without
// the date itself), "jusqu’à" (with it), or two of them: "entre … et …", "de … à …", both inclusive. The first of two
// may leave its year to the second. Nothing for anything else; the first day may lie after the last, as of
// parse_day_span.
std::optional<DaySpan> parse_french_span(std::string_view text);

}  // namespace depeche
