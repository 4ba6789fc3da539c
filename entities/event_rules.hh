// The patterns by which events are found. A line of data/event-rules.tsv is: type, pattern, and optionally words that
// the sentence must not hold. Elements of a pattern, with blanks between them:
//
//   bureau        the word, whatever its case and accents        lev*        a word that begins so
//   a|ont|lev*    one of these                                   ~3          up to three tokens between
//   #org #person #place #product #money #num                     a token of such a mention, amount or figure
//
// The first element is a word; it is where a pattern is looked for.
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
  enum class Kind : std::uint8_t { kWord, kGap, kOrg, kPerson, kPlace, kProduct, kMoney, kNumber };
  Kind kind = Kind::kWord;
  std::uint8_t gap = 0;
  std::vector<RuleWord> words;  // any of them
};

struct EventRule {
  std::string type;
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
