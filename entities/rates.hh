// What foreign money was worth: yearly average reference rates of the European Central Bank (data/rates.tsv).
#pragma once

#include <optional>
#include <string_view>

namespace depeche::entities {

// `value` of `currency` (ISO 4217) in euros, by the rate of `year`. Years outside the table take its nearest one, no
// year the latest. Nothing for a currency without a rate.
std::optional<double> to_euros(double value, std::string_view currency, std::optional<int> year);

}  // namespace depeche::entities
