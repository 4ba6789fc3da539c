#include <gtest/gtest.h>

#include "core/utf8.hh"
#include "tests/ingest/ingest_testing.hh"

namespace depeche::ingest {
namespace {

Collector parse(std::string lines) {
  return parse_one(Format::kJsonl, std::move(lines));
}

std::string exported(const Article& article) {
  std::string line;
  append_jsonl(article, line);
  return line;
}

TEST(Jsonl, KnownKeysInAnyOrderAndBothLanguages) {
  const Collector out = parse(
      R"({"text":"Corps.","titre":"Titre","date":"2024-10-02T08:15:00+02:00","id":7,"url":"https://e.fr/a","source":"Journal",)"
      R"("auteurs":["A","B"],"organisations":[" OpenAI ","OpenAI"],"topic":"IA","theme":["IA","Puces"],"person":[],"place":null,)"
      R"("abstract":"Chapô \u00e9crit","n":{"a":[1,2.5,true,null]}})");
  ASSERT_EQ(out.articles.size(), 1U);
  const Article& article = out.articles[0];
  EXPECT_EQ(article.id, "7");
  EXPECT_EQ(article.title, "Titre");
  EXPECT_EQ(article.text, "Corps.");
  EXPECT_EQ(iso(article), "2024-10-02T08:15:00+02:00");
  EXPECT_EQ(article.authors, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(article.given.at("org"), std::vector<std::string>{"OpenAI"});
  EXPECT_EQ(article.given.at("topic"), (std::vector<std::string>{"IA", "Puces"}));
  EXPECT_TRUE(article.given.at("person").empty());
  EXPECT_EQ(article.given.count("place"), 0U);
  EXPECT_EQ(article.extra, R"("abstract":"Chapô écrit","n":{"a":[1,2.5,true,null]})");
}

TEST(Jsonl, BadLinesAreRejectedAloneWithTheirNumber) {
  struct Row {
    std::string line;
    std::string why;  // a part of the reason
  };
  const std::vector<Row> bad{
      {"[1]", "no JSON object"},
      {"\"text\"", "no JSON object"},
      {R"({"text":5})", "\"text\" is not a string"},
      {R"({"text":["a",1]})", "\"text\" is not a list of strings"},
      {R"({"title":["a"],"text":"b"})", "\"title\" is not a string"},
      {R"({"id":[],"text":"b"})", "\"id\" is not a string or number"},
      {R"({"org":{"a":1},"text":"b"})", "\"org\" is not"},
      {R"({"date":true,"text":"b"})", "\"date\" is not"},
      {R"({"text":"b")", "no valid JSON"},
      {R"({"text":"b"} {"text":"c"})", "no valid JSON"},
      {R"({"title":" ","text":"…"})", "empty"},
      {"{}", "empty"},
      {std::string("{\"text\":\"a\0b\"}", 14), "no valid JSON"},
      {R"({"x":)" + std::string(5000, '[') + std::string(5000, ']') + R"(,"text":"b"})", "no valid JSON"},
      {R"({"text":"b)", "no valid JSON"},
  };
  std::string lines;
  for (const Row& row : bad) lines += row.line + "\n{\"text\":\"bon\"}\n";
  const Collector out = parse(lines);
  EXPECT_EQ(out.articles.size(), bad.size());
  ASSERT_EQ(out.rejected.size(), bad.size());
  for (std::size_t i = 0; i < bad.size(); ++i) {
    EXPECT_EQ(out.rejected[i].where, "test:" + std::to_string(2 * i + 1));
    EXPECT_NE(out.rejected[i].why.find(bad[i].why), std::string::npos) << bad[i].line << "\n" << out.rejected[i].why;
  }
}

TEST(Jsonl, WhatCanBeRepairedIs) {
  const std::string latin = "{\"text\":\"caf\xE9 br\xFBl\xE9\"}";
  EXPECT_EQ(parse(latin).articles.at(0).text, "café brûlé");
  EXPECT_EQ(parse("{\"text\":\"déjà \xFF\"}").articles.at(0).text, "déjà \uFFFD");
  EXPECT_EQ(parse(R"({"text":"coupé \ud83d ici \ud83d\ude00"})").articles.at(0).text, "coupé \uFFFD ici 😀");
  EXPECT_EQ(parse("\xEF\xBB\xBF{\"text\":\"a\"}\r\n").articles.at(0).text, "a");
  EXPECT_EQ(parse(R"({"text":"a","text":"b"})").articles.at(0).text, "b");
  EXPECT_EQ(parse(R"({"text":["Un.","Deux."]})").articles.at(0).text, "Un.\n\nDeux.");
  EXPECT_EQ(parse(R"({"html":"<p>Un.</p><p>Deux.</p>"})").articles.at(0).text, "Un.\n\nDeux.");
}

TEST(Jsonl, ADateThatCannotBeReadStaysInExtra) {
  const Article article = parse(R"({"text":"a","date":"avant-hier"})").articles.at(0);
  EXPECT_FALSE(article.date);
  EXPECT_EQ(article.extra, R"("date":"avant-hier")");
  EXPECT_EQ(iso(parse(R"({"text":"a","date":2024})").articles.at(0)), "2024");
}

TEST(Jsonl, IdsOfLastResort) {
  EXPECT_EQ(parse(R"({"text":"a","url":"https://e.fr/a"})").articles.at(0).id, "https://e.fr/a");
  const std::string first = parse(R"({"text":"a"})").articles.at(0).id;
  EXPECT_EQ(first, parse(R"({"text":"a","x":1})").articles.at(0).id);
  EXPECT_NE(first, parse(R"({"text":"b"})").articles.at(0).id);
  const std::string long_id = parse(R"({"text":"a","id":")" + std::string(300, 'x') + R"("})").articles.at(0).id;
  EXPECT_LE(long_id.size(), 240U);
  EXPECT_NE(long_id, parse(R"({"text":"a","id":")" + std::string(301, 'x') + R"("})").articles.at(0).id);
}

// export → index → export is the identity, for every kind of member and awkward characters.
TEST(Jsonl, ExportReadsBackToTheSame) {
  Article article;
  article.id = "a\"b\\c";
  article.title = "Tab\there";
  article.text = "Un.\n\nDeux \x01 « trois » 😀";
  article.url = "javascript:alert(1)";
  article.source = "Journal";
  article.authors = {"A", "B"};
  article.date = parse_date("2024-10");
  article.given["topic"] = {"IA"};
  article.given["org"] = {};
  article.extra = R"("abstract":"x","n":[1,{"a":null}])";
  const std::string line = exported(article);
  const Collector out = parse(line);
  ASSERT_EQ(out.articles.size(), 1U);
  EXPECT_EQ(exported(out.articles[0]), line);
  EXPECT_EQ(out.articles[0].text, article.text);
  EXPECT_EQ(out.articles[0].given, article.given);
}

}  // namespace
}  // namespace depeche::ingest
