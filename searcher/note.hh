// What an answer has to say about the question: what was not understood, values that no article has. As values, so
// that the command line can say it in English and the page in its reader's language.
#pragma once

#include <cstdint>
#include <string>

namespace depeche::searcher {

enum class NoteKind : std::uint8_t {
  kUnknownField,  // what: the name
  kNothingAfterField,
  kFieldOfParentheses,
  kOpenQuote,
  kOpenParenthesis,
  kExtraParenthesis,
  kLoneOperator,  // what: the operator
  kNothingToExclude,
  kNearOperands,
  kNearDistance,  // what: the limit, as of all that follow up to kManyPrefixes
  kTooDeep,
  kLongPhrase,
  kShortPrefix,
  kManyPrefixes,
  kBadRange,     // what: "date:hier"
  kNoSuchValue,  // what: "org=inconnu"
  kNoWord,       // what: "title=…"
};

struct Note {
  NoteKind kind = NoteKind::kUnknownField;
  std::string what = {};
  friend bool operator==(const Note&, const Note&) = default;
};

// For error messages; what a page says stands in output/strings/.
std::string in_english(const Note& note);

}  // namespace depeche::searcher
