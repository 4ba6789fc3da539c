// Tokens with their ranges, positions and terms.
#include "text/analyzer.hh"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace depeche::text {
namespace {

struct ExpectedToken {
  const char* exact;
  ByteRange range;
  std::uint32_t position;
  std::vector<std::string> lemmas;  // in any order
};

struct TokenCase {
  const char* name;
  const char* text;
  std::vector<ExpectedToken> tokens;
};

void PrintTo(const TokenCase& row, std::ostream* out) {
  *out << row.name;
}

const TokenCase kTokenCases[] = {
    {"elision", "l’IA d'Apple", {{"ia", {4, 6}, 1, {"ia"}}, {"apple", {9, 14}, 2, {"apple"}}}},
    {"ligature", "un œuf", {{"un", {0, 2}, 1, {"un"}}, {"oeuf", {3, 7}, 2, {"oeuf"}}}},
    {"decomposed", "leve\xCC\x81", {{"leve", {0, 6}, 1, {"leve", "lever"}}}},
    {"noun_of_its_own", "les données", {{"les", {0, 3}, 1, {"le", "les"}}, {"donnees", {4, 12}, 2, {"donnee"}}}},
    {"hyphens",
     "start-ups",
     {{"start", {0, 5}, 1, {"start"}}, {"startups", {0, 9}, 1, {"startup"}}, {"ups", {6, 9}, 2, {"ups"}}}},
    {"inversion", "estime-t-il", {{"estime", {0, 6}, 1, {"estime", "estimer"}}, {"il", {9, 11}, 2, {"il"}}}},
    {"inversion_in_a_compound",
     "a-b-t-il.Que",
     {{"a", {0, 1}, 1, {"a", "avoir"}},
      {"ab", {0, 3}, 1, {"ab"}},
      {"b", {2, 3}, 2, {"b"}},
      {"il", {6, 8}, 3, {"il"}},
      {"que", {9, 12}, 103, {"que"}}}},
    {"nothing_links_across_a_scheme",
     "x.https://_ia",
     {{"x.https", {0, 7}, 1, {"x.https", "xhttps", "https", "http"}}, {"ia", {11, 13}, 2, {"ia"}}}},
    {"acronym", "l'U.E. et", {{"ue", {2, 6}, 1, {"ue"}}, {"et", {7, 9}, 2, {"et"}}}},
    {"groups", "1 000 000 euros", {{"1000000", {0, 9}, 1, {"1000000"}}, {"euros", {10, 15}, 2, {"euro"}}}},
    {"year_then_number", "2024 300", {{"2024", {0, 4}, 1, {"2024"}}, {"300", {5, 8}, 2, {"300"}}}},
    {"decimal",
     "6,6 Md€",
     {{"6.6", {0, 3}, 1, {"6.6"}}, {"md", {4, 6}, 2, {"md", "milliard"}}, {"€", {6, 9}, 3, {"euro"}}}},
    {"sentence",
     "Il part. Elle reste",
     {{"il", {0, 2}, 1, {"il"}},
      {"part", {3, 7}, 2, {"part", "partir"}},
      {"elle", {9, 13}, 102, {"elle"}},
      {"reste", {14, 19}, 103, {"reste", "rester"}}}},
    {"entity", "R&amp;D", {{"r&d", {0, 7}, 1, {"r&d"}}}},
    {"host", "Amazon.fr", {{"amazon.fr", {0, 9}, 1, {"amazon.fr", "amazonfr", "amazon"}}}},
    {"soft_hyphen", "intelli\xC2\xADgence", {{"intelligence", {0, 14}, 1, {"intelligence"}}}},
    {"Chinese", "华为", {{"华", {0, 3}, 1, {"华"}}, {"为", {3, 6}, 2, {"为"}}}},
};

class Tokens : public testing::TestWithParam<TokenCase> {};

TEST_P(Tokens, AreAsExpected) {
  Analyzer analyzer;
  Analysis analysis;
  analyzer.analyze(GetParam().text, analysis);
  ASSERT_EQ(analysis.tokens().size(), GetParam().tokens.size());
  for (std::size_t i = 0; i < analysis.tokens().size(); ++i) {
    const Token& token = analysis.tokens()[i];
    const ExpectedToken& expected = GetParam().tokens[i];
    EXPECT_EQ(analysis.exact(token), expected.exact);
    EXPECT_EQ(token.range, expected.range) << expected.exact << " " << token.range.begin << " " << token.range.end;
    EXPECT_EQ(token.position, expected.position) << expected.exact;
    std::vector<std::string> lemmas;
    for (std::size_t l = 0; l < analysis.lemma_count(token); ++l) lemmas.emplace_back(analysis.lemma(token, l));
    EXPECT_THAT(lemmas, testing::UnorderedElementsAreArray(expected.lemmas));
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Tokens, testing::ValuesIn(kTokenCases), [](auto& row) { return row.param.name; });

TEST(Analyzer, MarksTokens) {
  Analyzer analyzer;
  Analysis analysis;
  analyzer.analyze("L'OPA des GAFAM\n\nElle", analysis);
  ASSERT_EQ(analysis.tokens().size(), 4U);
  const auto tokens = analysis.tokens();
  EXPECT_EQ(tokens[0].flags, kCapitalised | kAllCapitals | kSentenceStart | kParagraphStart);
  EXPECT_EQ(tokens[1].flags, kStopWord);
  EXPECT_EQ(tokens[2].flags, kCapitalised | kAllCapitals);
  EXPECT_EQ(tokens[3].flags, kStopWord | kCapitalised | kSentenceStart | kParagraphStart);
}

TEST(Analyzer, CutsLongTermsBetweenCharacters) {
  Analyzer analyzer;
  Analysis analysis;
  std::string word;
  for (int i = 0; i < 200; ++i) word += "ж";
  analyzer.analyze(word, analysis);
  ASSERT_EQ(analysis.tokens().size(), 1U);
  EXPECT_EQ(analysis.exact(analysis.tokens()[0]).size(), kMaxTermBytes);
  EXPECT_EQ(analysis.tokens()[0].range.size(), word.size());
}

TEST(Analyzer, CountsIllFormedBytes) {
  Analyzer analyzer;
  Analysis analysis;
  analyzer.analyze("caf\xE9 et \xF0\x9F\x9A th\xC3", analysis);
  EXPECT_EQ(analysis.invalid_bytes(), 3U);
  analyzer.analyze("caf\xE9", analysis);
  EXPECT_EQ(analysis.invalid_bytes(), 1U);
}

TEST(Analyzer, TakesNothing) {
  Analyzer analyzer;
  Analysis analysis;
  for (const char* text : {"", " ", "\n\n", "…", "« »", "-", "'"}) {
    analyzer.analyze(text, analysis);
    EXPECT_TRUE(analysis.tokens().empty()) << text;
  }
}

TEST(Analyzer, HasAFingerprint) {
  EXPECT_EQ(analyzer_fingerprint().size(), 16U);
  EXPECT_EQ(analyzer_fingerprint(), analyzer_fingerprint());
}

}  // namespace
}  // namespace depeche::text
