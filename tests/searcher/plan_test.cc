// Trees → plans, as text. The index is a list of terms.
#include "searcher/plan.hh"

#include <gtest/gtest.h>

#include <map>

#include "text/analyzer.hh"

namespace depeche::searcher {
namespace {

class PlanTest : public ::testing::Test {
 protected:
  Plan plan(std::string_view query) {
    text::QueryAnalyzer words(analyzer_);
    const PlanContext context{words, [this](std::string_view term) { return terms_.contains(std::string(term)); },
                              [this](std::string_view prefix) {
                                Expansion out;
                                for (const auto& [term, n] : terms_) {
                                  if (term.starts_with(prefix)) out.terms.push_back(term);
                                }
                                if (std::string_view("fondait").starts_with(prefix)) out.forms = {"fondait"};
                                return out;
                              },
                              [](schema::FieldId, std::string_view value) {
                                return value == "OpenAI" ? std::vector<std::string>{"XOopenai"}
                                                         : std::vector<std::string>{};
                              }};
    return make_plan(parse_query(query).root, context, [this](std::string_view term) {
      const auto found = terms_.find(std::string(term));
      return found == terms_.end() ? std::uint64_t{0} : found->second;
    });
  }
  std::string text_of(std::string_view query) { return to_string(plan(query).root); }

  std::map<std::string, std::uint64_t> terms_{{"openai", 10}, {"fonds", 5}, {"annonce", 3}, {"annoncer", 4}};
  text::Analyzer analyzer_;
};

TEST_F(PlanTest, Rows) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", "*"},
      {"!!!", "*"},
      {"OpenAI", "openai"},
      {"OpenAI OpenAI", "openai"},
      {"de", "de"},  // nothing but stop words: they count
      {"de OpenAI", "openai"},
      {"l’OpenAI", "openai"},
      {"OpenAI -fonds", "(not openai fonds)"},
      {"-fonds", "(not * fonds)"},
      {"-fonds -openai", "(not * fonds openai)"},
      {"-!!!", "*"},
      {"OpenAI -!!!", "openai"},
      {"OpenAI OU fonds", "(or openai fonds)"},
      {"OpenAI OU !!!", "openai"},
      {"OpenAI OU -fonds", "(or openai (not * fonds))"},
      {"\"de OpenAI\"", "(phrase =de =openai)"},
      {"titre:OpenAI", "Sopenai"},
      {"titre:\"de OpenAI\"", "(title-phrase =de =openai)"},
      {"texte:OpenAI", "openai"},
      {"auteur:\"Jeanne Martin\"", "(and Ajeanne Amartin)"},
      {"annonc*", "annonce|annoncer"},
      {"zzz*", "∅"},
      {"titre:annonc*", "Sannonce|Sannoncer"},
      {"fond*", "(any fonds =fondait)"},
      {"fondai*", "=fondait"},
      {"titre:fond*", "(any Sfonds title=fondait)"},
      {"auteur:fond*", "(any Afonds ∅)"},
      {"openai NEAR/3 fonds", "(near/3 openai fonds)"},
      {"org:OpenAI", "XOopenai"},
      {"org:Inconnu", "∅"},
      {"-org:OpenAI", "(not * XOopenai)"},
      {"date:2024", "date:2024"},
      {"-date:2024 openai", "(not openai date:2024)"},
      {"openai OU date:2024..2025", "(or openai date:2024..2025)"},
      {"montant:>10M date:2024", "(and montant:>10M date:2024)"},
  };
  for (const auto& [query, expected] : rows) EXPECT_EQ(text_of(query), expected) << query;
}

TEST_F(PlanTest, ARangeThatMeansNothingIsToldAndAsksForNothing) {
  for (const std::string_view query : {"openai date:hier", "openai date:2024-13", "openai date:2025..2024",
                                       "openai montant:beaucoup", "openai montant:10M..1M"}) {
    const Plan p = plan(query);
    EXPECT_EQ(to_string(p.root), "openai") << query;
    EXPECT_EQ(p.problems.size(), 1u) << query;
  }
}

TEST_F(PlanTest, OfManyWordsTheRarestAreKept) {
  std::string query;
  for (int i = 0; i < 100; ++i) {
    const std::string word =
        "mot" + std::string(1, static_cast<char>('a' + i / 26)) + static_cast<char>('a' + i % 26);
    terms_[word] = static_cast<std::uint64_t>(1000 - i);
    query += word + " ";
  }
  const Plan p = plan(query);
  EXPECT_TRUE(p.truncated);
  EXPECT_EQ(p.words, kMaxTerms);
  ASSERT_EQ(p.root.children.size(), kMaxTerms);
  for (const PlanNode& node : p.root.children) EXPECT_LE(terms_.at(node.terms.front()), 964u) << node.label;
  EXPECT_FALSE(plan("openai fonds").truncated);
}

TEST_F(PlanTest, TheLimitIsOfTheWholeQuery) {
  std::string any, separate;
  for (int i = 0; i < 100; ++i) {
    const std::string word =
        "mot" + std::string(1, static_cast<char>('a' + i / 26)) + static_cast<char>('a' + i % 26);
    terms_[word] = static_cast<std::uint64_t>(1000 - i);
    any += (any.empty() ? "" : " OU ") + word;
    separate += (i % 3 == 0 ? "(" + word + " OU " + word + ") " : i % 3 == 1 ? "titre:" + word + " " : "-" + word + " ");
  }
  const Plan either = plan(any);
  EXPECT_TRUE(either.truncated);
  ASSERT_EQ(either.root.children.size(), kMaxTerms);
  EXPECT_EQ(either.root.children.front().terms, std::vector<std::string>{"motbk"});  // the 37th
  const Plan mixed = plan(separate);
  EXPECT_TRUE(mixed.truncated);
  const Clauses clauses = clauses_of(mixed.root);
  EXPECT_EQ(clauses.wanted.size() + clauses.unwanted.size(), kMaxTerms);
  std::string same = "openai";
  for (int i = 0; i < 100; ++i) same += " OU fonds";
  EXPECT_FALSE(plan(same).truncated);
}

TEST_F(PlanTest, LongValuesAreCutLikeTheTermsOfTheIndex) {
  const PlanNode node = plan("url:https://x.fr/" + std::string(400, 'a')).root;
  ASSERT_EQ(node.terms.size(), 1u);
  EXPECT_LE(node.terms[0].size(), 245u);
}

TEST_F(PlanTest, ClausesAreTakenApartAndPutTogether) {
  for (const std::string_view query :
       {"", "openai", "openai \"de fonds\" annonce", "openai -fonds", "-fonds -openai"}) {
    const PlanNode root = plan(query).root;
    EXPECT_EQ(to_string(root_of(clauses_of(root))), to_string(root)) << query;
  }
  PlanNode twice;
  twice.kind = PlanNode::Kind::kNot;
  twice.children = {plan("openai -fonds").root, plan("annonce").root};
  const Clauses clauses = clauses_of(twice);
  EXPECT_EQ(clauses.wanted.size(), 1u);
  EXPECT_EQ(clauses.unwanted.size(), 2u);
}

}  // namespace
}  // namespace depeche::searcher
