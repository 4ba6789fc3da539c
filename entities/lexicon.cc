#include "entities/lexicon.hh"

#include <array>
#include <string_view>
#include <utility>

#include "entities/embedded.hh"

DEPECHE_EMBEDDED(entity_words)
DEPECHE_EMBEDDED(first_names)
DEPECHE_EMBEDDED(first_names_world)

namespace depeche::entities {
namespace {

constexpr auto kClassNames = std::to_array<std::pair<std::string_view, WordClass>>({
    {"number-word", WordClass::kNumberWord},
    {"currency", WordClass::kCurrency},
    {"person-title", WordClass::kPersonTitle},
    {"civility", WordClass::kCivility},
    {"org-head", WordClass::kOrgHead},
    {"product-head", WordClass::kProductHead},
    {"place-preposition", WordClass::kPlacePreposition},
    {"place-head", WordClass::kPlaceHead},
    {"speech", WordClass::kSpeech},
    {"firm-verb", WordClass::kFirmVerb},
    {"common", WordClass::kCommon},
    {"month-or-day", WordClass::kMonthOrDay},
    {"name-part", WordClass::kNamePart},
    {"negation", WordClass::kNegation},
    {"rumour", WordClass::kRumour},
    {"denial", WordClass::kDenial},
    {"legal-form", WordClass::kLegalForm},
    {"name-inside", WordClass::kNameInside},
    {"name-start", WordClass::kNameStart},
    {"people", WordClass::kPeople},
});

WordClasses class_named(std::string_view name) {
  for (const auto& [known, value] : kClassNames) {
    if (known == name) return static_cast<WordClasses>(value);
  }
  return 0;
}

HashMap<WordClasses> build() {
  HashMap<WordClasses> words(8192);
  // "class: word word …", one class a line, lines of the same class add up
  for_each_line(embedded_entity_words(), [&](std::string_view line) {
    const std::size_t colon = line.find(':');
    if (line.empty() || line.front() == '#' || colon == std::string_view::npos) return;
    const WordClasses classes = class_named(line.substr(0, colon));
    for_each_word(line.substr(colon + 1), [&](std::string_view word) { words[key_hash(word).value] |= classes; });
  });
  for (const std::string_view list : {embedded_first_names(), embedded_first_names_world()}) {
    for_each_line(list, [&](std::string_view line) {
      if (line.empty() || line.front() == '#') return;
      words[key_hash(line).value] |= static_cast<WordClasses>(WordClass::kFirstName);
    });
  }
  return words;
}

}  // namespace

const HashMap<WordClasses>& lexicon() {
  static const HashMap<WordClasses> words = build();
  return words;
}

}  // namespace depeche::entities
