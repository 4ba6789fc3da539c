#include "searcher/similar.hh"

#include <algorithm>

#include "schema/terms.hh"
#include "searcher/ranking.hh"

namespace depeche::searcher {
namespace {

constexpr std::size_t kTellingWords = 25;
constexpr double kSaturation = 1.5;  // occurrences at which half of a word's weight is reached

PlanNode word_of(std::string term, double weight) {
  PlanNode node;
  node.kind = PlanNode::Kind::kTerms;
  node.terms.push_back(std::move(term));
  node.weight = weight;
  return node;
}

}  // namespace

PlanNode similar_plan(const Xapian::Database& db, Xapian::docid doc, const std::string& id, std::uint64_t articles,
                      const Frequency& frequency) {
  std::vector<std::pair<double, std::string>> words;
  for (auto it = db.termlist_begin(doc), end = db.termlist_end(doc); it != end; ++it) {
    const double wdf = it.get_wdf();
    if (wdf == 0) continue;
    std::string term = *it;
    const std::uint64_t n = frequency(term);
    if (n < 2 && articles > 1) continue;
    words.emplace_back(inverse_frequency(articles, n) * wdf / (wdf + kSaturation), std::move(term));
  }
  const std::size_t n = std::min(kTellingWords, words.size());
  std::partial_sort(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(n), words.end(), std::greater<>());
  PlanNode any;
  any.kind = n == 0 ? PlanNode::Kind::kNone : PlanNode::Kind::kOr;
  for (std::size_t i = 0; i < n; ++i) any.children.push_back(word_of(std::move(words[i].second), 1));
  PlanNode others;
  others.kind = PlanNode::Kind::kNot;
  others.children.push_back(std::move(any));
  others.children.push_back(word_of(schema::id_term(id), 0));
  return others;
}

}  // namespace depeche::searcher
