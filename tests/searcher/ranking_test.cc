// Scores against Xapian's own matcher: the same sets and totals from Xapian::Query over the terms of the plan, and
// the same order where both use the same formula.
#include <gtest/gtest.h>
#include <xapian.h>

#include <algorithm>
#include <map>

#include "schema/index_folder.hh"
#include "tests/support/random_corpus.hh"
#include "tests/support/temp_index.hh"
#include "text/query_words.hh"

namespace depeche::test {
namespace {

// The query as Xapian runs it; nothing where a word has a form that is no single term.
std::optional<Xapian::Query> xapian_query(std::string_view words, const Xapian::Database& db,
                                          text::Analyzer& analyzer, Xapian::Query::op join) {
  text::QueryAnalyzer queries(analyzer);
  const auto groups = queries.words(words, [&](std::string_view term) { return db.term_exists(std::string(term)); });
  const bool only_stop_words = std::all_of(groups.begin(), groups.end(), [](auto& g) { return g.stop_word; });
  std::vector<Xapian::Query> parts;
  for (const text::QueryGroup& g : groups) {
    if (g.stop_word && !only_stop_words) continue;
    std::vector<Xapian::Query> terms;
    for (const text::Alternative& a : g.alternatives) {
      if (a.slots.size() != 1 || a.slots[0].exact_only) return std::nullopt;
      for (const std::string& lemma : a.slots[0].lemmas) terms.emplace_back(lemma);
    }
    parts.emplace_back(Xapian::Query::OP_MAX, terms.begin(), terms.end());
  }
  return Xapian::Query(join, parts.begin(), parts.end());
}

class AgainstXapian : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(AgainstXapian, SetsAndOrder) {
  CorpusMaker maker(GetParam());
  TempIndex index;
  std::vector<Article> articles;
  for (int i = 0; i < 400; ++i) articles.push_back(maker.article("a" + std::to_string(i)).article);
  index.add({articles.begin(), articles.begin() + 250}, "one");
  index.add({articles.begin() + 250, articles.end()}, "two");
  const auto searcher = index.open({"", false, searcher::plain_ranking()});
  const Xapian::Database db(index.path());  // the stub file, as stock tools open it
  ASSERT_EQ(db.get_doccount(), articles.size());
  text::Analyzer analyzer;
  std::size_t compared = 0, ordered = 0;
  for (int i = 0; i < 150; ++i) {
    const bool any = i % 2 == 0;
    const std::string a = maker.word(), b = maker.word();
    searcher::SearchRequest request;
    request.query = a + (any ? " OU " : " ") + b;
    request.relax = false;
    request.group_duplicates = false;
    request.limit = 1000;
    request.sort = searcher::Sort::kRelevance;
    std::optional<Xapian::Query> query;
    if (any) {
      const auto x = xapian_query(a, db, analyzer, Xapian::Query::OP_AND);
      const auto y = xapian_query(b, db, analyzer, Xapian::Query::OP_AND);
      if (x && y) query = *x | *y;
    } else {
      query = xapian_query(request.query, db, analyzer, Xapian::Query::OP_AND);
    }
    if (!query) continue;
    ++compared;
    Xapian::Enquire enquire(db);
    enquire.set_query(*query);
    enquire.set_weighting_scheme(Xapian::BM25Weight(searcher::plain_ranking().k1, 0, 0, searcher::plain_ranking().b, 0));
    const Xapian::MSet mset = enquire.get_mset(0, 1000, 1000);
    const auto response = TempIndex::ask(*searcher, request);
    ASSERT_EQ(response.total, mset.size()) << request.query;

    // Xapian's idf is another one; for a single term it is a factor, so that the order must be the same.
    std::map<std::string, double> weights;
    for (auto it = mset.begin(); it != mset.end(); ++it) {
      std::string id;
      const Xapian::Document doc = it.get_document();
      for (auto t = doc.termlist_begin(); t != doc.termlist_end(); ++t) {
        if ((*t)[0] == 'Q') id = (*t).substr(1);
      }
      weights[id] = it.get_weight();
    }
    for (const auto& hit : response.hits) ASSERT_TRUE(weights.contains(hit.id)) << request.query << " " << hit.id;
    if (query->get_length() > 2 || query->get_unique_terms_begin() == query->get_unique_terms_end()) continue;
    if (std::distance(query->get_unique_terms_begin(), query->get_unique_terms_end()) != 1) continue;
    ++ordered;
    for (std::size_t k = 1; k < response.hits.size(); ++k) {
      EXPECT_GE(weights[response.hits[k - 1].id] * (1 + 1e-5), weights[response.hits[k].id]) << request.query;
    }
  }
  EXPECT_GT(compared, 30u);
  EXPECT_GT(ordered, 0u);
}
INSTANTIATE_TEST_SUITE_P(Seeds, AgainstXapian, ::testing::Values(11, 12, 13, 14, 15));

}  // namespace
}  // namespace depeche::test
