// Snippets: what is shown stands in the article, and what is marked was asked for.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "core/utf8.hh"
#include "tests/support/random_corpus.hh"
#include "tests/support/temp_index.hh"
#include "text/query_words.hh"

namespace depeche::test {
namespace {

std::string without_blanks(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return std::isspace(static_cast<unsigned char>(c)) == 0; });
  return out;
}

// The words of the query, as lemmas; "*" and exclusions are not used here.
bool is_asked_for(std::string_view mark, std::string_view query, text::Analyzer& analyzer) {
  text::QueryAnalyzer queries(analyzer);
  const auto groups = queries.words(query, [](std::string_view) { return true; });
  text::Analysis analysis;
  analyzer.analyze(mark, analysis);
  for (const text::Token& token : analysis.tokens()) {
    for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) {
      for (const auto& g : groups) {
        for (const auto& a : g.alternatives) {
          for (const auto& slot : a.slots) {
            const auto& l = slot.lemmas;
            if (std::find(l.begin(), l.end(), analysis.lemma(token, i)) != l.end()) return true;
          }
        }
      }
    }
  }
  return false;
}

void check(const searcher::Hit& hit, const std::string& article_text, const std::string& query,
           text::Analyzer& analyzer) {
  const searcher::Snippet& s = hit.snippet;
  EXPECT_TRUE(is_valid_utf8(s.text)) << query;
  EXPECT_NE(without_blanks(article_text).find(without_blanks(s.text)), std::string::npos) << query << "\n" << s.text;
  std::size_t last = 0;
  for (const auto& [begin, end] : s.highlights) {
    ASSERT_LE(last, begin) << query;
    ASSERT_LT(begin, end) << query;
    ASSERT_LE(end, s.text.size()) << query;
    last = end;
    const std::string_view mark = std::string_view(s.text).substr(begin, end - begin);
    EXPECT_TRUE(is_valid_utf8(mark)) << query;
    EXPECT_TRUE(is_asked_for(mark, query, analyzer)) << query << ": " << mark;
  }
}

TEST(Snippet, StandsInTheArticleAndMarksWhatWasAskedFor) {
  text::Analyzer analyzer;
  std::size_t marks = 0;
  for (std::uint64_t seed = 21; seed < 27; ++seed) {
    CorpusMaker maker(seed);
    TempIndex index;
    std::map<std::string, Article> articles;
    std::vector<Article> list;
    for (int i = 0; i < 150; ++i) list.push_back(maker.article("a" + std::to_string(i)).article);
    for (const Article& a : list) articles[a.id] = a;
    index.add(list);
    const auto searcher = index.open();
    for (int i = 0; i < 60; ++i) {
      searcher::SearchRequest request;
      request.query = maker.word() + " " + (i % 2 == 0 ? maker.word() : "");
      request.limit = 20;
      const auto response = TempIndex::ask(*searcher, request);
      for (const auto& hit : response.hits) {
        check(hit, articles.at(hit.id).text, request.query, analyzer);
        marks += hit.snippet.highlights.size();
      }
    }
  }
  EXPECT_GT(marks, 1000u);
}

struct Row {
  std::string_view query, text;
  std::vector<std::string> marks;
};

std::vector<std::string> marks_of(const searcher::Snippet& s) {
  std::vector<std::string> out;
  for (const auto& [begin, end] : s.highlights) out.push_back(s.text.substr(begin, end - begin));
  return out;
}

TEST(Snippet, Marks) {
  const Row rows[] = {
      {"levée de fonds", "Une levée de fonds record. Rien d’autre.", {"levée de fonds"}},
      {"openai", "L’annonce d’OpenAI surprend.", {"OpenAI"}},
      {"startup", "La start-up recrute.", {"start-up"}},
      {"start-up", "La startup recrute.", {"startup"}},
      {"salariés", "Un salarié, des salariés, salariée.", {"salarié", "salariés", "salariée"}},
      {"\"les fonds\"", "Les fonds et le fonds.", {"Les fonds"}},  // where it stands as a phrase
      {"fonds -record", "Des fonds, un fonds.", {"fonds", "fonds"}},
      {"titre:article fonds", "Un article, des fonds.", {"article", "fonds"}},
      {"œuvre", "Une œuvre, l’ŒUVRE.", {"œuvre", "ŒUVRE"}},
  };
  for (const Row& row : rows) {
    TempIndex index;
    Article article;
    article.id = "a";
    article.title = "Article";
    article.text = row.text;
    index.add({article});
    searcher::SearchRequest request;
    request.query = row.query;
    const auto response = index.search(request);
    ASSERT_EQ(response.hits.size(), 1u) << row.query;
    EXPECT_EQ(marks_of(response.hits[0].snippet), row.marks) << row.query;
  }
}

TEST(Snippet, LongSentencesAreCutBetweenWords) {
  std::string text;
  for (int i = 0; i < 120; ++i) text += "préféré" + std::to_string(i) + " ";
  TempIndex index;
  Article article;
  article.id = "a";
  article.title = "Titre";
  article.text = text + "aiguille " + text;
  index.add({article});
  searcher::SearchRequest request;
  request.query = "aiguille";
  const auto s = index.search(request).hits.at(0).snippet;
  EXPECT_TRUE(s.cut_before);
  EXPECT_TRUE(s.cut_after);
  EXPECT_LE(s.text.size(), 320u);
  EXPECT_EQ(marks_of(s), std::vector<std::string>{"aiguille"});
  EXPECT_NE((" " + article.text).find(" " + s.text + " "), std::string::npos);  // begins and ends with whole words
}

TEST(Snippet, OneWordWithoutEndIsCutAtACodePoint) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "é";
  TempIndex index;
  Article article;
  article.id = "a";
  article.title = "Titre";
  article.text = text;
  index.add({article});
  const auto s = index.search({}).hits.at(0).snippet;
  EXPECT_TRUE(is_valid_utf8(s.text));
  EXPECT_LE(s.text.size(), 320u);
}

}  // namespace
}  // namespace depeche::test
