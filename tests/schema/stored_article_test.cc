#include "schema/stored_article.hh"

#include <gtest/gtest.h>

#include <random>

namespace depeche::schema {
namespace {

StoredArticle sample() {
  StoredArticle s;
  s.article.id = "a/1";
  s.article.title = "Titre é";
  s.article.text = "OpenAI lève 10 M€.\n\nFin.";
  s.article.url = "https://x.fr/?a=b";
  s.article.source = "Le Fil";
  s.article.authors = {"Jeanne", "Paul"};
  s.article.date = parse_date("2024-10-02T17:40:00+02:00");
  s.article.given = {{"org", {"OpenAI", "Mistral AI"}}, {"topic", {}}};
  s.article.extra = R"("x":{"y":[1,2]})";
  s.annotations.mentions.push_back({Part::kText, {0, 6}, EntityType::kOrg, "OpenAI", "gazetteer"});
  s.annotations.amounts.push_back({Part::kText, {13, 20}, 10e6, "EUR", 10e6, "levee", RangeEnd::kHigh});
  s.annotations.events.push_back({Part::kTitle, {0, 5}, "levee-de-fonds", Polarity::kRumour, {"OpenAI"}});
  s.annotations.agencies = {"AFP"};
  s.labels[facet_index(FieldId::kOrg)] = {"OpenAI", "Mistral AI"};
  s.labels[facet_index(FieldId::kSource)] = {"Le Fil"};
  s.content_hash = 0x1234567890ABCDEFu;
  return s;
}

TEST(StoredArticle, ThereAndBack) {
  const StoredArticle s = sample();
  const std::string data = encode(s);
  const auto back = decode(data);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(encode(*back), data);
  EXPECT_EQ(back->article.text, s.article.text);
  EXPECT_EQ(back->article.date, s.article.date);
  EXPECT_EQ(back->article.given, s.article.given);
  EXPECT_EQ(back->article.authors, s.article.authors);
  EXPECT_EQ(back->article.extra, s.article.extra);
  EXPECT_EQ(back->labels, s.labels);
  EXPECT_EQ(back->content_hash, s.content_hash);
  ASSERT_EQ(back->annotations.mentions.size(), 1u);
  EXPECT_EQ(back->annotations.mentions[0].label, "OpenAI");
  EXPECT_EQ(back->annotations.amounts.at(0).end, RangeEnd::kHigh);
  EXPECT_EQ(back->annotations.events.at(0).polarity, Polarity::kRumour);
  EXPECT_EQ(back->annotations.agencies, s.annotations.agencies);
  EXPECT_TRUE(decode(encode(StoredArticle{})).has_value());
}

TEST(StoredArticle, Summary) {
  const StoredArticle s = sample();
  const std::string data = encode(s);
  std::string buffer;
  const auto summary = decode_summary(data, buffer);
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->id, s.article.id);
  EXPECT_EQ(summary->title, s.article.title);
  EXPECT_EQ(summary->url, s.article.url);
  EXPECT_EQ(summary->source, s.article.source);
  EXPECT_EQ(summary->text, s.article.text);
  EXPECT_EQ(summary->content_hash, s.content_hash);
  EXPECT_EQ(summary->date, s.article.date);
  for (std::size_t f = 0; f < kFacetCount; ++f) {
    EXPECT_EQ(std::vector<std::string>(summary->labels[f].begin(), summary->labels[f].end()), s.labels[f]);
  }
}

TEST(StoredArticle, AnotherVersionIsToldFromDamage) {
  std::string data = encode(sample());
  data[0] = 99;
  EXPECT_EQ(decode(data).error().code, ErrorCode::kIndexVersion);
  std::string buffer;
  EXPECT_EQ(decode_summary(data, buffer).error().code, ErrorCode::kIndexVersion);
  EXPECT_EQ(decode("").error().code, ErrorCode::kIndexDamaged);
}

TEST(StoredArticle, DamagedBytesAreRefusedOrReadWithRangesInside) {
  const std::string data = encode(sample());
  const auto check = [](const std::string& bytes) {
    std::string buffer;
    (void)decode_summary(bytes, buffer);
    const auto back = decode(bytes);
    if (!back) return;
    const auto inside = [&](Part in, ByteRange r) {
      const auto& text = in == Part::kTitle ? back->article.title : back->article.text;
      EXPECT_LE(r.begin, r.end);
      EXPECT_LE(r.end, text.size());
    };
    for (const auto& m : back->annotations.mentions) inside(m.in, m.range);
    for (const auto& m : back->annotations.amounts) inside(m.in, m.range);
    for (const auto& e : back->annotations.events) inside(e.in, e.range);
  };
  for (std::size_t n = 0; n < data.size(); ++n) {
    EXPECT_FALSE(decode(data.substr(0, n)).has_value()) << n;  // cut anywhere
    check(data.substr(0, n));
  }
  EXPECT_FALSE(decode(data + "x").has_value());
  for (std::size_t at = 0; at < data.size(); ++at) {
    for (const int value : {0x00, 0x01, 0x7F, 0x80, 0xFF}) {
      std::string changed = data;
      changed[at] = static_cast<char>(value);
      check(changed);
    }
  }
  std::mt19937 random(5);
  for (int i = 0; i < 20'000; ++i) {
    std::string changed = data;
    for (int n = 0; n < 4; ++n) changed[random() % changed.size()] = static_cast<char>(random());
    changed[0] = data[0];
    check(changed);
  }
}

}  // namespace
}  // namespace depeche::schema
