// What extraction finds in one article, as plain values: stored with it, shown on its page, printed by `extract`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/range.hh"

namespace depeche {

enum class Part : std::uint8_t { kTitle = 0, kText = 1 };  // stored; never renumber

enum class EntityType : std::uint8_t { kOrg = 0, kPerson = 1, kPlace = 2, kProduct = 3 };  // stored; never renumber

struct Mention {
  Part in = Part::kText;
  ByteRange range;
  EntityType type = EntityType::kOrg;
  std::string label;  // the canonical name, one for all spellings: "OpenAI"
  std::string why;    // the rule that decided: "gazetteer", "alias", "tagger", …
};

enum class RangeEnd : std::uint8_t { kNone = 0, kLow = 1, kHigh = 2 };  // of "entre 10 et 12 millions"; stored

struct Amount {
  Part in = Part::kText;
  ByteRange range;
  double value = 0;      // in units of the currency: 6 600 000 000
  std::string currency;  // ISO 4217, or "BTC", "ETH"
  double eur = 0;        // by the yearly average rate of the article's year; 0 when there is none
  std::string kind;      // "levee", "valorisation", "amende", "rachat", "chiffre-affaires", "prix", …; may be empty
  RangeEnd end = RangeEnd::kNone;
};

enum class Polarity : std::uint8_t { kFact = 0, kRumour = 1, kDenied = 2 };  // stored; never renumber

struct Event {
  Part in = Part::kText;
  ByteRange range;   // the trigger sentence
  std::string type;  // "levee-de-fonds", …
  Polarity polarity = Polarity::kFact;
  std::vector<std::string> participants;  // canonical names that the sentence holds
};

struct Annotations {
  std::vector<Mention> mentions;  // by part, then begin; never overlapping
  std::vector<Amount> amounts;    // likewise
  std::vector<Event> events;      // likewise; may overlap with the others
  std::vector<std::string> agencies;
  std::vector<std::string> topics;  // of a fixed list, the section first; for articles that state none
};

}  // namespace depeche
