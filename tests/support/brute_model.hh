// The reference model of searching: articles as plain structs, every answer by looking at all of them. It knows
// nothing of Xapian, sidecars or codes; words are matched by the analysis of both sides
// (tests/support/brute_match.hh).
//
//   BruteModel model;
//   model.put(article, amounts);
//   EXPECT_EQ(model.difference(question, request, searcher->search(request)), "");
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/article.hh"
#include "schema/packed.hh"
#include "searcher/request.hh"
#include "text/analyzer.hh"
#include "text/query_words.hh"

namespace depeche::test {

// A query as a tree of the tests' own, so that the query language is tested by what it finds.
struct Question {
  enum class Kind {
    kAll,
    kWords,   // `text`, all of them
    kPhrase,  // the inside of quotes
    kPrefix,  // without its star
    kTitle,   // one word in the title
    kTitlePhrase,
    kLabel,  // field:"text"
    kDates,  // date:text
    kNear,   // children (kWords of one word, kPhrase) within `distance`
    kAnd,
    kOr,
    kNot,
  };
  Kind kind = Kind::kAll;
  std::string text;
  schema::FieldId field = schema::FieldId::kOrg;
  int distance = 0;
  std::vector<Question> children;
};
// In the query language.
std::string render(const Question& question);

class BruteModel {
 public:
  // Adds the article or replaces the one of that id. `family`: articles of equal, non-empty family are
  // near-duplicates; empty: it has none, or is short and equal to others.
  void put(const Article& article, std::vector<schema::AmountValue> amounts, const std::string& family = {});
  void remove(const std::string& id);
  std::size_t size() const { return entries_.size(); }
  std::vector<std::string> ids() const;
  // Labels of a field, each once.
  std::vector<std::string> labels(schema::FieldId field) const;

  // What is wrong with the answer, in one line; empty: nothing. REQUIRES: request.query == render(question), no
  // relax.
  std::string difference(const Question& question, const searcher::SearchRequest& request,
                         const searcher::SearchResponse& response);
  // How many of the answers were also compared in their order by relevance.
  std::size_t orders_compared() const { return orders_compared_; }

  struct Entry {
    std::string id, title, source, url, family;
    std::optional<Date> date;
    std::map<schema::FieldId, std::vector<std::string>> labels;
    std::vector<schema::AmountValue> amounts;
    text::Analysis title_words, text_words, stand_in;
    bool untitled = false;
    std::unordered_map<std::string, std::uint32_t> terms;  // with the weight of their occurrences
    std::uint32_t length = 0;
  };

 private:
  struct Compiled;
  struct Filters;
  using Matching = std::vector<const Entry*>;

  Compiled compile(const Question& question);
  bool matches(const Entry& entry, const Compiled& node) const;
  std::optional<double> score(const Entry& entry, const Compiled& node) const;
  std::uint32_t frequency(const std::string& term) const;
  Filters resolve(const searcher::SearchRequest& request) const;

  std::string facet_difference(const searcher::FacetRequest& request, const searcher::FacetResult& got,
                               const Matching& counted, const Filters& filters) const;
  std::string hits_difference(const Compiled& root, const searcher::SearchRequest& request,
                              const searcher::SearchResponse& response, const Matching& matched);

  std::map<std::string, Entry> entries_;
  std::unordered_map<std::string, std::uint32_t> frequencies_;
  std::uint64_t total_length_ = 0;
  std::map<schema::FieldId, std::map<std::string, std::map<std::string, std::size_t>>>
      by_key_;  // key → label → articles
  text::Analyzer analyzer_;
  std::size_t orders_compared_ = 0;
};

}  // namespace depeche::test
