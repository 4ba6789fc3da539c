// The patterns by which events are found. A line of data/event-rules.tsv is: type, pattern, and optionally words that
// the sentence must not hold. Elements of a pattern, with blanks between them:
//
//   bureau        the word, whatever its case and accents        lev*        a word that begins so
//   a|ont|#money   one of these                                  ~3          up to three tokens between
//   #org #person #place #product #money #num                     a token of such a mention, amount or figure
//
// "@lead" after the type: see EventRule::lead. The first element holds words only; it is where a pattern is looked
// for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "entities/hash_map.hh"

namespace depeche::entities {

struct RuleWord {
  std::string text;  // folded
  bool prefix = false;
};

struct RuleElement {
  enum Role : std::uint8_t { kOrg = 1, kPerson = 2, kPlace = 4, kProduct = 8, kMoney = 16, kNumber = 32 };
  std::uint8_t gap = 0;         // not 0: stands for up to so many tokens, and for nothing else
  std::uint8_t roles = 0;       // any of these
  std::vector<RuleWord> words;  // or any of them
};

struct EventRule {
  std::string type;
  bool lead = false;  // holds in the title and the first sentences only
  std::vector<RuleElement> elements;
  std::vector<RuleWord> unless;
};

struct EventRules {
  std::vector<EventRule> rules;
  HashMap<std::vector<std::uint16_t>> by_head;  // rules by the first four characters of their first words

  // The rules that may begin with a token of this head; null when there are none.
  const std::vector<std::uint16_t>* starting_with(std::uint32_t head) const { return by_head.find(head); }
};

// The built-in rules; read at the first call, shared by threads.
const EventRules& event_rules();

}  // namespace depeche::entities
