// The query as the reader wrote it: text → tree, before anything is looked up in an index.
//
//   levée de fonds -musk titre:OpenAI OU "Mistral AI"
//   → (or (and (words levée de fonds) (not (words musk)) (field title (words OpenAI))) (phrase Mistral AI))
//
// Lenient: what has no meaning as syntax (an unbalanced quote, a lone operator, an unknown field) is taken as plain
// text and noted with its place; nothing that can be typed fails. Limits (contract § 4) are kept the same way.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/range.hh"
#include "schema/fields.hh"
#include "searcher/note.hh"

namespace depeche::searcher {

inline constexpr int kMaxQueryDepth = 6;
inline constexpr std::size_t kMaxWildcards = 2;
inline constexpr std::size_t kMinWildcardLetters = 3;
inline constexpr std::size_t kMaxPhraseWords = 8;
inline constexpr int kMaxNear = 20;

struct QueryNode {
  enum class Kind {
    kAll,     // every article: the empty query
    kWords,   // plain words, `text`; all of them are required
    kPhrase,  // the inside of quotes, `text`
    kPrefix,  // `text` without its star
    kNear,    // children (words or phrases) within `distance` words of each other, in any order
    kField,   // field:value: for text fields one child, else the value in `text`
    kAnd,
    kOr,
    kNot,
  };
  Kind kind = Kind::kAll;
  std::string text;
  ByteRange range;  // of the query
  schema::FieldId field = schema::FieldId::kText;
  int distance = 0;
  std::vector<QueryNode> children;
};

// Something that was not understood as it stands.
struct QueryProblem {
  ByteRange range;  // of the query
  Note note;
};

struct ParsedQuery {
  QueryNode root;
  std::vector<QueryProblem> problems;
};

// Time and memory are linear in `query` (at most kMaxQueryBytes; the caller checks).
ParsedQuery parse_query(std::string_view query);

// The tree as text, in the form of the example above.
std::string to_string(const QueryNode& node);

}  // namespace depeche::searcher
