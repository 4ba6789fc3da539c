// Query text → tree. Rows: text, tree, how many problems are told.
#include "searcher/query_tree.hh"

#include <gtest/gtest.h>

#include <string>

namespace depeche::searcher {
namespace {

struct Row {
  std::string_view text, tree;
  std::size_t problems = 0;
};

constexpr Row kRows[] = {
    {"", "(all)"},
    {R"(levée de fonds -musk titre:OpenAI OU "Mistral AI")",
     "(or (and (words levée de fonds) (not (words musk)) (field title (words OpenAI))) (phrase Mistral AI))"},
    {"a b", "(words a b)"},
    {"a OU b c", "(or (words a) (words b c))"},
    {"(a OU b) c", "(and (or (words a) (words b)) (words c))"},
    {"a (b c) d", "(words a b c d)"},
    {"a b AND c", "(words a b c)"},
    {"a NOT b", "(and (words a) (not (words b)))"},
    {"a SAUF (b OU c)", "(and (words a) (not (or (words b) (words c))))"},
    {"a NOT NOT b", "(words a b)"},
    {"--a", "(words --a)"},
    {R"(-"a b" c)", "(and (not (phrase a b)) (words c))"},
    {"-(a OU b) c", "(and (not (or (words a) (words b))) (words c))"},
    {R"(-titre:"Mistral AI")", "(not (field title (phrase Mistral AI)))"},
    {"a OR NOT b", "(or (words a) (not (words b)))"},
    // Fields, in both languages, with or without accents and capitals.
    {"titre:OpenAI", "(field title (words OpenAI))"},
    {"Thème:IA", "(field topic IA)"},
    {R"(TITRE:"levée de fonds")", "(field title (phrase levée de fonds))"},
    {R"(org:"Mistral AI" -lieu:Paris)", "(and (field org Mistral AI) (not (field place Paris)))"},
    {"url:https://x.fr/a?b=c", "(field url https://x.fr/a?b=c)"},
    {"date:2024-01..2024-06 montant:>10M", "(and (field date 2024-01..2024-06) (field amount >10M))"},
    {"titre:", "(words titre:)"},
    {"titre: a", "(words titre: a)"},
    {"14:30", "(words 14:30)"},
    {"https://x.fr", "(words https://x.fr)"},
    {"foo:bar", "(words foo:bar)", 1},
    {"titre:(a b)", "(words titre: a b)", 1},
    {"org:(a)", "(words org: a)", 1},
    {R"(org:"")", "(all)", 1},
    {R"(org:")", "(all)", 2},
    // Quotes of all kinds; one that is never closed is text.
    {"« a b » “c d”", "(and (phrase  a b ) (phrase c d))"},
    {R"("a")", "(phrase a)"},
    {"«Mistral:AI»", "(phrase Mistral:AI)"},
    {R"("")", "(all)"},
    {R"(" ")", "(all)"},
    {R"("abc)", "(words abc)", 1},
    {R"(titre:"abc)", "(field title (words abc))", 1},
    {R"(a "b c" "d)", "(and (words a) (phrase b c) (words d))", 1},
    {"« a", "(words a)", 1},
    {R"("a b c d e f g h")", "(phrase a b c d e f g h)"},
    {R"("a b c d e f g h i")", "(words a b c d e f g h i)", 1},
    // Wildcards: three letters, two of them.
    {"levé* de fonds", "(and (prefix levé) (words de fonds))"},
    {"éco*", "(prefix éco)"},
    {"ab*", "(words ab)", 1},
    {"a*b*c*", "(words a*b*c)", 1},
    {"abc* abcd* abcde*", "(and (prefix abc) (prefix abcd) (words abcde))", 1},
    {"*", "(words *)"},
    // NEAR.
    {"a NEAR b", "(near 10 (words a) (words b))"},
    {R"(a NEAR/3 b NEAR/5 "c d")", "(near 5 (words a) (words b) (phrase c d))"},
    {"a NEAR/0 b", "(near 1 (words a) (words b))", 1},
    {"a NEAR/50 b", "(near 20 (words a) (words b))", 1},
    {"a NEAR/x b", "(words a NEAR/x b)"},
    {"NEAR a", "(words NEAR a)", 1},
    {"a NEAR/3", "(words a NEAR/3)", 1},
    {"a NEAR (b c)", "(words a NEAR b c)", 1},
    {"a NEAR titre:b", "(and (words a) (field title (words b)))", 1},
    // Operators without a word beside them are words.
    {"OU", "(words OU)", 1},
    {"a OU", "(words a OU)", 1},
    {"OU a", "(words OU a)", 1},
    {"OU OU OU", "(words OU OU OU)", 3},
    {"AND a", "(words AND a)", 1},
    {"NOT", "(words NOT)", 1},
    {"- a", "(words - a)"},
    {"a -", "(words a -)"},
    // Parentheses.
    {"( )", "(all)"},
    {"(a", "(words a)", 1},
    {"a)", "(words a)", 1},
    {"))", "(all)", 2},
    {"((((((a))))))", "(words a)"},
    {"(((((((a OU b)))))))", "(words a b)", 1},
};

TEST(QueryTree, Rows) {
  for (const Row& row : kRows) {
    const ParsedQuery parsed = parse_query(row.text);
    EXPECT_EQ(to_string(parsed.root), row.tree) << row.text;
    EXPECT_EQ(parsed.problems.size(), row.problems) << row.text;
  }
}

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string out;
  while (out.size() + text.size() <= bytes) out += text;
  return out;
}

TEST(QueryTree, NothingThatCanBeTypedFails) {
  for (const std::string_view text :
       {"(",      ")",     "()",    "NOT ",      "-",     "- ",      "\"",       "« ",    "«",
        "“",      "OU ",   "a OU ", "a NEAR/5 ", "NEAR ", "titre:",  "titre:\"", "org:(", "a -",
        "(a OU ", "abc* ", ":",     "\xFF",      "\xC3",  "date:x ", "-(",       "a:b ",  "AND "}) {
    const std::string query = repeated(text, 10'000);
    const ParsedQuery parsed = parse_query(query);
    for (const QueryProblem& p : parsed.problems) {
      EXPECT_LE(p.range.begin, p.range.end) << text;
      EXPECT_LE(p.range.end, query.size()) << text;
    }
    EXPECT_LE(to_string(parsed.root).size(), 20 * query.size()) << text;
  }
}

}  // namespace
}  // namespace depeche::searcher
