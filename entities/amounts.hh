// Sums of money: every usual French way of writing them.
//
//   "6,6 milliards de dollars", "450 M€", "1,2 Md$", "$10 millions", "200.000 euros", "deux millions de livres",
//   "entre 10 et 12 millions d'euros" (two amounts, kLow and kHigh)
#pragma once

#include <optional>
#include <vector>

#include "core/annotations.hh"
#include "entities/lexicon.hh"
#include "entities/tokens.hh"

namespace depeche::entities {

struct TokenSpan {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

// An amount and the tokens that it is made of.
struct FoundAmount {
  Amount amount;  // without `kind`
  TokenSpan tokens;
};

// Appends the amounts of a document, in order. `classes` has the lexicon's classes of every token; `year` sets the
// rate of Amount::eur.
void find_amounts(const Document& document, const std::vector<WordClasses>& classes, std::optional<int> year,
                  std::vector<FoundAmount>& found);

}  // namespace depeche::entities
