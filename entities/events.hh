// What happened: sentences that report an event of the contract's types, by patterns of words (data/event-rules.tsv).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotations.hh"
#include "entities/amounts.hh"
#include "entities/lexicon.hh"
#include "entities/tokens.hh"

namespace depeche::entities {

// What a pattern may ask of a token besides its letters.
enum class TokenRole : std::uint8_t { kNone, kOrg, kPerson, kPlace, kProduct, kMoney };

struct FoundEvent {
  std::string_view type;  // of the rule; lives as long as the program
  Polarity polarity = Polarity::kFact;
  std::uint32_t sentence = 0;
  TokenSpan trigger;
};

// Finds the events of a document. `roles` tells of every token what mention or amount it is part of; `with_start`
// whether the article begins here, so that there is a lead.
void find_events(const Document& document, const std::vector<WordClasses>& classes,
                 const std::vector<TokenRole>& roles, bool with_start, std::vector<FoundEvent>& found);

}  // namespace depeche::entities
