// Ordinary words that tell something about the names and figures near them, by class.
#pragma once

#include <cstdint>

#include "entities/hash_map.hh"

namespace depeche::entities {

// Bits of a word's classes; the names in data/lexicon.txt are those in lexicon.cc.
enum class WordClass : std::uint32_t {
  kNumberWord = 1u << 0,  // deux, cent, million: may begin or go on with a figure
  kCurrency = 1u << 1,
  kPersonTitle = 1u << 2,       // ministre, patron, fondatrice: a person's name may follow
  kCivility = 1u << 3,          // M., Mme, Dr
  kOrgHead = 1u << 4,           // société, opérateur, groupe
  kProductHead = 1u << 5,       // smartphone, application, modèle
  kPlacePreposition = 1u << 6,  // à, en, au
  kPlaceHead = 1u << 7,         // ville, région
  kSpeech = 1u << 8,            // déclare, annonce: its subject is a person or an organisation
  kFirmVerb = 1u << 9,          // lance, rachète, emploie: its subject is mostly an organisation
  kCommon = 1u << 10,           // opens sentences without being a name: le, dans, selon
  kMonthOrDay = 1u << 11,
  kNamePart = 1u << 12,  // de, von, Le: inside a person's name
  kFirstName = 1u << 13,
  kNegation = 1u << 14,
  kRumour = 1u << 15,      // pourrait, envisagerait, rumeur
  kDenial = 1u << 16,      // dément, nie
  kAmountCue = 1u << 17,   // tells what an amount is
  kLegalForm = 1u << 18,   // SA, Inc, GmbH
  kNameInside = 1u << 19,  // small words inside names: nationale, de, of
  kNameStart = 1u << 20,   // small words that begin names: ministère, iPhone
  kPeople = 1u << 21,      // Américain, Japonaises: before a name, and no part of it
};

using WordClasses = std::uint32_t;

constexpr bool has(WordClasses classes, WordClass wanted) {
  return (classes & static_cast<std::uint32_t>(wanted)) != 0;
}

// The built-in lexicon; built at the first call, shared by threads.
const HashMap<WordClasses>& lexicon();

}  // namespace depeche::entities
