#include "entities/rates.hh"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "entities/embedded.hh"

DEPECHE_EMBEDDED(rates)

namespace depeche::entities {
namespace {

struct RateTable {
  std::vector<std::string> currencies;  // one a column
  std::vector<int> years;               // ascending, without gaps
  std::vector<double> units;            // per euro, row by row; 0 where there is none

  double at(std::size_t row, std::size_t column) const { return units[row * currencies.size() + column]; }
};

RateTable read_table() {
  RateTable table;
  for_each_line(embedded_rates(), [&](std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    const bool header = table.currencies.empty();
    std::size_t column = 0;
    for_each_part(line, '\t', [&](std::string_view cell) {
      const bool first = column++ == 0;
      if (header) {
        if (!first) table.currencies.emplace_back(cell);
      } else if (first) {
        table.years.push_back(std::atoi(std::string(cell).c_str()));
      } else {
        table.units.push_back(cell == "-" ? 0 : std::strtod(std::string(cell).c_str(), nullptr));
      }
    });
  });
  return table;
}

}  // namespace

std::optional<double> to_euros(double value, std::string_view currency, std::optional<int> year) {
  if (currency == "EUR") return value;
  static const RateTable table = read_table();
  const auto column = std::find(table.currencies.begin(), table.currencies.end(), currency);
  if (column == table.currencies.end()) return std::nullopt;
  const int wanted = std::clamp(year.value_or(table.years.back()), table.years.front(), table.years.back());
  const std::size_t index = static_cast<std::size_t>(column - table.currencies.begin());
  // Where the year itself has no rate (the rouble since 2022), the nearest year that has one stands in.
  const auto row_of = [&](int of_year) { return static_cast<std::size_t>(of_year - table.years.front()); };
  for (int distance = 0; distance < static_cast<int>(table.years.size()); ++distance) {
    for (const int candidate : {wanted - distance, wanted + distance}) {
      if (candidate < table.years.front() || candidate > table.years.back()) continue;
      const double units = table.at(row_of(candidate), index);
      if (units > 0) return value / units;
    }
  }
  return std::nullopt;
}

}  // namespace depeche::entities
