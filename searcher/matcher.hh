// Runs a plan over one part: which articles match, and how well. Every posting list is decoded once, for both.
//
// AND begins with the rarest child; a frequent one is then only asked about the candidates that are left. OR adds up in
// an array by document. Phrases and NEAR are verified in the token stream of the candidates.
// Scores are BM25 over the lemmas (searcher/ranking.hh).
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "searcher/part.hh"
#include "searcher/plan.hh"
#include "searcher/ranking.hh"
#include "searcher/request.hh"

namespace depeche::searcher {

// Articles by increasing number, with the score of each.
struct Matches {
  std::vector<DocId> docs;
  std::vector<float> scores;

  std::size_t size() const { return docs.size(); }
  void clear() { docs.clear(), scores.clear(); }
};

// What scores need to know about the whole index, all parts together.
struct Collection {
  std::uint64_t articles = 0;
  double average_length = 1;
  Frequency frequency;
};

// Buffers that outlive a request, so that the steady state allocates nothing large. One a thread.
struct MatchScratch {
  std::vector<Matches> free;
  std::vector<float> sums;             // by document; all zero between uses
  std::vector<float> masses;           // the same
  std::vector<std::uint64_t> bits;     // by document; all zero between uses
  std::vector<Form> stream;
  std::vector<std::uint32_t> positions;
};

class Matcher {
 public:
  Matcher(const Part& part, const Xapian::Database& db, const Collection& collection, const Ranking& ranking,
          MatchScratch& scratch)
      : part_(part), db_(db), collection_(collection), ranking_(ranking), scratch_(scratch) {}

  // All matches of the plan. May throw Xapian::Error.
  Matches run(const PlanNode& plan) { return evaluate(plan, nullptr); }
  bool matches(const PlanNode& plan, DocId doc);
  // What each thing that was asked for adds to the score of a match, and where it stands in the article; highest first.
  std::vector<ScorePart> explain(const PlanNode& plan, DocId doc);
  // Gives buffers back for later requests.
  void recycle(Matches&& matches);

 private:
  // The matches of `node`; with `within`, only those among its articles. Scores are the node's own.
  Matches evaluate(const PlanNode& node, const Matches* within);
  Matches all(const Matches* within);
  Matches terms(const PlanNode& node, const Matches* within);
  Matches range(const PlanNode& node, const Matches* within);
  Matches phrase(const PlanNode& node, const Matches* within);
  Matches near(const PlanNode& node, const Matches* within);
  Matches conjunction(const std::vector<const PlanNode*>& children, const Matches* within);
  Matches disjunction(const PlanNode& node, const Matches* within, bool highest);
  // The union of `parts`, which are recycled; scores add up, or the highest counts.
  Matches add_up(std::vector<Matches>& parts, bool highest);
  Matches some(const PlanNode& node, const Matches* within);
  Matches difference(const PlanNode& node, const Matches* within);

  std::uint64_t estimate(const PlanNode& node) const;
  // At most so many articles have the folded form.
  std::uint64_t articles_with(std::string_view exact) const;
  std::vector<std::string> lemmas_of(const std::vector<Form>& forms) const;
  Matches fresh();
  void add_term(const std::string& term, const Matches* within, Matches& out);
  void intersect_adding(Matches& into, const Matches& other);
  void score(const PlanNode& node, Matches& frequencies) const;
  template <class Verify>
  void keep_verified(Matches& candidates, Verify&& verify);

  const Part& part_;
  const Xapian::Database& db_;
  const Collection& collection_;
  const Ranking& ranking_;
  MatchScratch& scratch_;
};

}  // namespace depeche::searcher
