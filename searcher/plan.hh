// What is asked of every part of the index: the query tree with its words turned into terms, filters included.
//
//   (and (words levées de fonds) (phrase Mistral AI))
//   → (and lever|levee fonds (phrase mistral ai))
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hh"
#include "searcher/amount_span.hh"
#include "searcher/query_tree.hh"
#include "text/query_words.hh"

namespace depeche::searcher {

struct PlanNode {
  enum class Kind {
    kAll,     // every article
    kNone,    // none
    kTerms,   // articles that have any of `terms`: one word in its lemmas. Scored by the highest frequency of them
    kPhrase,  // `slots` at successive positions of one sentence
    kForms,   // articles that have any of `forms` as it stands, as a quoted word; in the title where `in_title`
    kRange,   // articles with a date or an amount in `days` or `amounts`; no score
    kNear,    // the words of the children within `distance` of each other; children are kTerms or kPhrase
    kAnd,     // all children; scores add up
    kOr,      // any child; scores add up
    kSome,    // children whose `mass` reaches `need` together; scores add up
    kAny,     // any child, alternatives for one thing: the highest score counts
    kNot,     // the first child without the articles of the others
  };
  Kind kind = Kind::kAll;
  std::vector<std::string> terms;  // with their prefix
  std::vector<std::string> forms;  // folded surface forms
  std::vector<text::Slot> slots;
  std::optional<DaySpan> days;
  std::optional<AmountSpan> amounts;
  int distance = 0;
  double mass = 0;        // of a child of kSome
  double need = 0;        // of a kSome
  double weight = 1;      // of the score; 0: it only filters
  std::string label;      // what the reader typed, for explanations and relaxation
  std::string exact;      // of a word: its folded surface form as typed
  std::string quoted;     // of a phrase in quotes: its inside
  bool in_title = false;  // a kPhrase or kForms that must stand in the title
  std::vector<PlanNode> children;
};

// The words of the index that begin in one way.
struct Expansion {
  std::vector<std::string> terms;  // lemmas, joined forms of compounds
  std::vector<std::string> forms;  // surface forms of which no lemma begins so: "étai*" for "étaient"
};

struct PlanContext {
  text::QueryAnalyzer& analyzer;
  text::HasTerm has_term;
  // At most kMaxExpansions of each, the most frequent.
  std::function<Expansion(std::string_view)> expand;
  // For `org:OpenAI` in the query text: the terms of the labels meant.
  std::function<std::vector<std::string>(schema::FieldId, std::string_view)> facet_terms;
};

inline constexpr std::size_t kMaxExpansions = 64;
inline constexpr std::size_t kMaxTerms = 64;

struct Plan {
  PlanNode root;
  std::size_t words = 0;               // plain words and phrases that must match, stop words left out
  std::vector<QueryProblem> problems;  // of values: a date that means nothing
  bool truncated = false;              // more than kMaxTerms different words in all: the rarest were kept
};

// How many articles of the index have a term.
using Frequency = std::function<std::uint64_t(std::string_view)>;

// `frequency` decides which words are kept of a very long query.
Plan make_plan(const QueryNode& query, const PlanContext& context, const Frequency& frequency);

// About how many articles have what the node asks for: its most frequent form, of a phrase its rarest word. 0 for
// quotes: only the postings of lemmas are known.
std::uint64_t articles_with(const PlanNode& node, const Frequency& frequency);

// A plan taken apart: what must match, and what must not.
struct Clauses {
  std::vector<PlanNode> wanted, unwanted;
};
Clauses clauses_of(PlanNode root);
PlanNode root_of(Clauses clauses);

// The same matches, all with score 0.
void drop_scores(PlanNode& node);

std::string to_string(const PlanNode& node);

}  // namespace depeche::searcher
