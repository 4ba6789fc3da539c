// The parameters of our URLs, in one table: what reads URLs checks values by it, and the description of the API is
// made of it. The fields of schema/fields.hh are parameters besides: `org=OpenAI`, `-org=OpenAI`.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hh"
#include "output/strings.hh"
#include "searcher/request.hh"
#include "searcher/suggestion.hh"

namespace depeche::output {

inline constexpr std::size_t kMaxWebLimit = 100;
inline constexpr std::size_t kMaxFacetSize = 1000;
inline constexpr std::size_t kFacetPageSize = 100;
inline constexpr std::size_t kMaxOffset = 10'000'000;

enum class ParameterKind : std::uint8_t { kText, kNumber, kChoice, kSwitch };

struct Parameter {
  std::string_view name;
  ParameterKind kind = ParameterKind::kText;
  std::size_t min = 0, max = 0;      // of a number; the most bytes of a text, 0: any
  std::string_view choices = {};     // "fr|en"
  std::string_view about = {};       // a sentence in English
  std::string_view standard = {};    // what holds where it is not given; empty: nothing
  bool of_form = false;              // what the page's forms send; the canonical URL says it otherwise
};

// Of a search, under /, /search.json, /search.csv and /search.atom.
inline constexpr auto kSearchParameters = std::to_array<Parameter>({
    {"q", ParameterKind::kText, 0, searcher::kMaxQueryBytes, "",
     "The query: words, \"phrases\", -word, OR, ( ), field:value, word*, NEAR/n. Empty: every article, newest first."},
    {"sort", ParameterKind::kChoice, 0, 0, "relevance|date|date-asc",
     "The order of the hits. Not given: relevance for a query, date without one."},
    {"page", ParameterKind::kNumber, 1, searcher::kMaxDepth, "", "The page of hits, beginning with 1.", "1"},
    {"limit", ParameterKind::kNumber, 0, kMaxWebLimit, "", "Hits on a page; with 0 only the counts.", "10"},
    {"offset", ParameterKind::kNumber, 0, searcher::kMaxDepth, "", "Hits before the first one.", "0"},
    {"facets", ParameterKind::kText, 0, 0, "", "Fields to count, with commas between; all or none.", "all"},
    {"all-of", ParameterKind::kText, 0, 0, "", "Facets whose values are joined by AND, with commas between."},
    {"after", ParameterKind::kText, 0, 0, "", "The cursor of an answer by date: only what comes behind it."},
    {"facet-size", ParameterKind::kNumber, 0, kMaxFacetSize, "", "Values of each facet.", "10"},
    {"group-duplicates", ParameterKind::kSwitch, 0, 0, "", "Near-duplicates make one hit.", "1"},
    {"strict", ParameterKind::kSwitch, 0, 0, "", "A query that is not understood is an error, not text.", "0"},
    {"bom", ParameterKind::kSwitch, 0, 0, "", "CSV begins with a byte order mark.", "0"},
    {"why", ParameterKind::kText, 0, 0, "", "The id of the hit whose score is explained."},
    {"lang", ParameterKind::kChoice, 0, 0, "fr|en", "The language of the page; not given: the browser's."},
    {"date-from", ParameterKind::kText, 0, 0, "", "The beginning of date, as a form sends it.", "", true},
    {"date-to", ParameterKind::kText, 0, 0, "", "The end of date, as a form sends it.", "", true},
    {"amount-min", ParameterKind::kText, 0, 0, "", "The lower end of amount, as a form sends it.", "", true},
    {"amount-max", ParameterKind::kText, 0, 0, "", "The upper end of amount, as a form sends it.", "", true},
    {"order", ParameterKind::kChoice, 0, 0, "relevance|date|date-asc", "What sort becomes, as a form sends it.", "", true},
    {"drop", ParameterKind::kText, 0, 0, "", "A filter to take away: org=OpenAI, -org=OpenAI.", "", true},
    {"all", ParameterKind::kText, 0, 0, "", "The facet whose list of values is wanted.", "", true},
});

// Of the list of one facet's values, under /facets/FIELD and /facets/FIELD.json. They come before those of the same
// name above.
inline constexpr auto kFacetParameters = std::to_array<Parameter>({
    {"prefix", ParameterKind::kText, 0, 0, "", "Only values whose label has a word that begins so."},
    {"sort", ParameterKind::kChoice, 0, 0, "count|value|unusual",
     "The order of the values; unusual: those more frequent here than in the whole index.", "count"},
    {"with", ParameterKind::kChoice, 0, 0, "org|person|place|product|event|topic|source|agency",
     "Another facet: which of its values occur together with these."},
    {"limit", ParameterKind::kNumber, 1, kMaxFacetSize, "", "Values on a page.", "100"},
    {"offset", ParameterKind::kNumber, 0, kMaxOffset, "", "Values before the first one.", "0"},
});

// Of /suggest.json.
inline constexpr auto kSuggestParameters = std::to_array<Parameter>({
    {"prefix", ParameterKind::kText, 0, searcher::kMaxQueryBytes, "", "What was typed; its last word is completed."},
    {"limit", ParameterKind::kNumber, 1, searcher::kMostSuggestions, "", "Suggestions, at most.", "10"},
    {"format", ParameterKind::kChoice, 0, 0, "json|opensearch", "opensearch: as browsers ask for them.", "json"},
    {"lang", ParameterKind::kChoice, 0, 0, "fr|en", "Taken, and of no effect: suggestions are data."},
});

template <std::size_t N>
constexpr const Parameter* find_parameter(const std::array<Parameter, N>& table, std::string_view name) {
  for (const Parameter& one : table) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

// kUsage, in the language of `t`, for a value that means nothing there.
Result<void> check_parameter(const Parameter& parameter, const std::string& value, const Strings& t);

// "yes", "1", "on", "true" and their opposites, as forms and people write them.
std::optional<bool> parse_switch(std::string_view text);
// Digits only, at most `max`.
std::optional<std::size_t> parse_size(std::string_view text, std::size_t max);

}  // namespace depeche::output
