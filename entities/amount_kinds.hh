// What a sum of money is: raised, paid for a firm, fined, earned, asked for.
#pragma once

#include <vector>

#include "entities/amounts.hh"
#include "entities/events.hh"

namespace depeche::entities {

// Sets Amount::kind of every amount whose sentence tells, by its words or by the event that it reports: "levee",
// "valorisation", "rachat", "amende", "chiffre-affaires", "prix", "investissement". Where it does not, the kind stays
// empty.
void name_amount_kinds(const Document& document, const std::vector<FoundEvent>& events,
                       std::vector<FoundAmount>& amounts);

}  // namespace depeche::entities
