// What the beginning of a query may become: plain values, for the command line, the page's field and the browser's
// bar.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/date.hh"
#include "schema/fields.hh"

namespace depeche::searcher {

struct SuggestRequest {
  std::string prefix;      // as typed: the last word is completed, those before it stay
  std::size_t limit = 10;  // 1 to kMostSuggestions
};

inline constexpr std::size_t kMostSuggestions = 100;

enum class SuggestionKind : std::uint8_t {
  kWord,   // a query: "levée de fonds"
  kName,   // a value of a facet, to filter by
  kTitle,  // of an article, to read
};

struct Suggestion {
  SuggestionKind kind = SuggestionKind::kWord;
  std::string label;  // what is shown: the query, the label of the value, the title
  std::vector<std::pair<std::size_t, std::size_t>> highlights;  // what was typed: [begin, end) in bytes of `label`
  std::string query;  // what to ask: the completed text; of a name the words before it, which may be none
  // Articles that asking for it finds; exact. Of a title there is none, nor where counting would take long.
  std::optional<std::uint64_t> count;
  double about = 0;  // the same as an estimate, which the order is by where there is no count
  schema::FieldId field = schema::FieldId::kText;  // of a name
  std::string value;                               // of a name: what the filter takes
  std::string id, source;                          // of a title
  std::optional<Date> date;
};

struct Suggestions {
  std::string prefix;            // as typed
  std::vector<Suggestion> list;  // the most useful first: words and names by count, then titles, newest first
  double took_ms = 0;
  std::uint64_t revision = 0;  // of the index that answered
};

}  // namespace depeche::searcher
