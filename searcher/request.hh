// What can be asked of an index, and what is answered: plain values, the same for the command line, the page and JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/annotations.hh"
#include "core/article.hh"
#include "core/date.hh"
#include "core/error.hh"
#include "schema/fields.hh"
#include "schema/stored_article.hh"
#include "searcher/note.hh"
#include "searcher/ranking.hh"

namespace depeche::searcher {

using schema::FieldId;

enum class Sort : std::uint8_t { kRelevance, kDate, kDateAscending };

// One `-f FIELD=VALUE`. Values of one field are joined by OR, fields by AND; exclusions take away from everything.
// For facets VALUE is a value, a label or an alias; for date and amount a range ("2024-01..2024-06", "10M..100M").
// For title, text, author and url the words of the field's own search ("titre:OpenAI").
struct Filter {
  FieldId field = FieldId::kOrg;
  std::string value;
  bool exclude = false;
  friend bool operator==(const Filter&, const Filter&) = default;
};

// "org=OpenAI", "!theme=IA" → a filter. kUsage for an unknown field, with the known ones in the hint.
Result<Filter> parse_filter(std::string_view text);

enum class ValueOrder : std::uint8_t {
  kCount,    // highest count first, then by label
  kLabel,    // French collation
  kUnusual,  // only values that are more frequent here than in the whole index, the most telling first
};

struct FacetRequest {
  FieldId field = FieldId::kOrg;
  std::size_t size = 10;    // values returned; selected and excluded ones come in any case
  std::size_t offset = 0;   // of the first one, in that order
  std::string prefix;       // only values whose label has a word that begins so (accents and case alike)
  ValueOrder order = ValueOrder::kCount;
};

// Which values of two facets stand in the same articles. The facets may be the same one.
struct PairRequest {
  FieldId first = FieldId::kOrg, second = FieldId::kPerson;
  std::size_t size = 10;
};

enum class HistogramUnit : std::uint8_t { kAuto, kYear, kMonth, kWeek, kDay };

struct SearchRequest {
  std::string query;  // empty: every article, newest first
  std::vector<Filter> filters;
  std::vector<FieldId> all_of;  // facets whose wanted values are joined by AND instead of OR
  std::size_t limit = 10;
  std::size_t offset = 0;  // offset + limit ≤ kMaxDepth
  std::optional<Sort> sort;  // not given: relevance for a query, date without one
  std::string after;  // a cursor: only what comes behind it. For an order by date, with offset 0
  std::vector<FacetRequest> facets;
  std::optional<PairRequest> pairs;
  bool histograms = true;  // of date and amount
  HistogramUnit unit = HistogramUnit::kAuto;
  bool group_duplicates = true;
  bool strict = false;      // what cannot be understood is kUsage instead of plain words
  bool relax = true;        // without a result, run again with less; with hardly one, look for another spelling
  bool snippets = true;
  std::string why;          // the id of the hit whose score is explained; may be empty
};

inline constexpr std::size_t kMaxDepth = 10'000;      // articles that can be paged through; `export` walks further
inline constexpr std::size_t kMaxQueryBytes = 8 << 10;
inline constexpr std::size_t kMaxFilters = 1'000;

// All facets of the field table, `size` values each.
std::vector<FacetRequest> all_facets(std::size_t size = 10);

struct Snippet {
  std::string text;                                          // sentences of the article, as the author wrote them
  std::vector<std::pair<std::size_t, std::size_t>> highlights;  // [begin, end) in bytes of `text`, increasing
  bool cut_before = false, cut_after = false;                // the sentence goes on there
};

struct DuplicateHit {
  std::string id, title, source;
  std::optional<Date> date;
};

// One line of « Pourquoi ce résultat ? »; the parts add up to the score.
struct ScorePart {
  std::string label;           // of a word or phrase: "openai", "« levée de fonds »"
  std::optional<Bonus> bonus;  // instead of one
  std::size_t in_title = 0, in_text = 0;  // how often the word stands there
  double score = 0;
};

struct Hit {
  std::string id, title, url, source;  // the title is never empty: the first sentence stands in
  bool title_from_text = false;        // it did
  std::optional<Date> date;
  double score = 0;  // 0 where the order is not by relevance
  Bonuses bonuses{};  // of it, what the second stage of ranking added
  Snippet snippet;
  schema::FacetLabels labels;  // all of them
  std::vector<Amount> amounts;  // ranges as in the stored article
  std::vector<DuplicateHit> duplicates;
  std::vector<ScorePart> why;
};

struct FacetValue {
  std::string value;  // what the filter takes: the key of the label, or the label where two share a key
  std::string label;
  std::uint64_t count = 0;
  bool selected = false, excluded = false;
  // With kUnusual: the articles of the whole index that have it, and twice the logarithm of how many times more likely
  // the two counts are if the matches differ from the rest than if they do not (Dunning 1993, "Accurate Methods for the
  // Statistics of Surprise and Coincidence"). From 10.8 on chance does that once in a thousand.
  std::uint64_t overall = 0;
  double surprise = 0;
};

struct FacetResult {
  FieldId field = FieldId::kOrg;
  std::vector<FacetValue> values;
  std::uint64_t missing = 0;   // matches without any value
  std::uint64_t distinct = 0;  // values with a count above 0; with kUnusual, those that are unusual
};

struct PairedValue {
  std::string value, label;  // as in FacetValue
};
struct ValuePair {
  PairedValue first, second;
  std::uint64_t count = 0;  // articles that have both
};
struct PairResult {
  std::vector<ValuePair> pairs;  // highest count first, then by the labels
  std::uint64_t distinct = 0;    // pairs that occur
};

struct DateBucket {
  Day first = 0, last = 0;  // inclusive
  std::uint64_t count = 0;
};
struct DateHistogram {
  HistogramUnit unit = HistogramUnit::kMonth;  // never kAuto
  std::vector<DateBucket> buckets;             // without a gap, from the first to the last with a count
  std::optional<DaySpan> selected;             // the range asked for
  std::uint64_t missing = 0;
};
struct AmountBucket {
  double from = 0, to = 0;  // [from, to) in euros
  std::uint64_t count = 0;  // articles that state an amount in it
};
struct AmountHistogram {
  std::vector<AmountBucket> buckets;  // on a logarithmic scale, three a decade
  double min = 0, max = 0;            // of all amounts of the matches
  std::uint64_t missing = 0;
};

struct SearchResponse {
  std::string query;         // as typed
  std::string parsed;        // the tree that was run, as text
  std::vector<Filter> filters;
  std::uint64_t total = 0;   // articles; exact
  std::uint64_t groups = 0;  // of near-duplicates; equal to total where grouping is off
  bool relaxed = false;
  std::vector<std::string> dropped;  // words that were not required in the end
  bool truncated = false;            // the query had more terms than are kept
  std::optional<std::string> suggestion;  // the query in another spelling, which finds more
  std::vector<Note> notes;           // what was not understood, values that no article has
  std::vector<Hit> hits;
  std::optional<std::string> next;   // the cursor behind the last hit, where more follow in an order by date
  std::vector<FacetResult> facets;   // in the order of the request
  std::optional<PairResult> pairs;
  std::optional<DateHistogram> dates;
  std::optional<AmountHistogram> amounts;
  Sort sort = Sort::kRelevance;
  double took_ms = 0;
  std::uint64_t revision = 0;  // of the index that answered
};

struct Stats {
  std::uint64_t articles = 0, sources = 0, revision = 0, parts = 0, terms = 0;
  std::uint64_t bytes = 0, column_bytes = 0, sidecar_bytes = 0;  // on disk; of them columns, all sidecars
  int schema = 0;
  std::string analyzer, entities, built_with;
  std::optional<DaySpan> period;
  schema::FacetLabels top;               // unused labels are not listed; for the overview
  std::array<std::uint64_t, schema::kFacetCount> distinct{};
};

}  // namespace depeche::searcher
