#include "searcher/cursor.hh"

#include "schema/part_layout.hh"

namespace depeche::searcher {

std::string Cursor::to_text() const {
  return (day == schema::kNoDay ? "-" : to_iso(Date{day, DatePrecision::kDay, {}})) + "/" + id;
}

std::optional<Cursor> Cursor::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos || slash + 1 == text.size()) return std::nullopt;
  Cursor cursor{schema::kNoDay, std::string(text.substr(slash + 1))};
  const std::string_view day = text.substr(0, slash);
  if (day == "-") return cursor;
  const auto date = parse_date(day);
  if (!date || date->precision != DatePrecision::kDay) return std::nullopt;
  cursor.day = date->first;
  return cursor;
}

}  // namespace depeche::searcher
