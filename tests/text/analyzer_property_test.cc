// What holds for every text: tried on all rows of the tables, on variants of them, and on random bytes.
#include <gtest/gtest.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/support/analysis_checks.hh"
#include "tests/support/case_table.hh"
#include "text/analyzer.hh"
#include "text/fold.hh"

namespace depeche::test {
namespace {

std::vector<std::string> sample_texts() {
  std::vector<std::string> texts;
  for (const char* table : {"analysis", "more", "variants"}) {
    for (const auto& row : read_match_cases(std::string(DEPECHE_SOURCE_DIR "/tests/text/cases/") + table + ".tsv")) {
      texts.push_back(row.text);
      texts.push_back(row.query);
    }
  }
  return texts;
}

std::string normalised(const std::string& text, bool composed) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* normalizer =
      composed ? icu::Normalizer2::getNFCInstance(error) : icu::Normalizer2::getNFDInstance(error);
  std::string out;
  normalizer->normalize(icu::UnicodeString::fromUTF8(text), error).toUTF8String(out);
  return out;
}

std::string terms(text::Analyzer& analyzer, const std::string& text) {
  text::Analysis analysis;
  analyzer.analyze(text, analysis);
  return terms_of(analysis);
}

TEST(AnalyzerProperty, ComposedAndDecomposedTextHaveTheSameTerms) {
  text::Analyzer analyzer;
  for (const std::string& text : sample_texts()) {
    EXPECT_EQ(terms(analyzer, normalised(text, true)), terms(analyzer, normalised(text, false))) << text;
  }
}

TEST(AnalyzerProperty, TypewriterAndTypographicApostropheHaveTheSameTerms) {
  text::Analyzer analyzer;
  for (std::string text : sample_texts()) {
    const std::string before = terms(analyzer, text);
    for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 3) text.replace(at, 1, "’");
    EXPECT_EQ(before, terms(analyzer, text)) << text;
  }
}

TEST(AnalyzerProperty, SmallLettersCapitalsAndMissingAccentsHaveTheSameExactForms) {
  text::Analyzer analyzer;
  text::Analysis plain;
  text::Analysis changed;
  const icu::Locale root = icu::Locale::getRoot();
  for (const std::string word :
       {"levée", "salariés", "réseaux", "œuvre", "Citroën", "développement", "maïs", "OpenAI"}) {
    std::string upper;
    icu::UnicodeString::fromUTF8(word).toUpper(root).toUTF8String(upper);
    analyzer.analyze(word, plain);
    for (const std::string& variant : {upper, text::fold(word), text::fold(upper)}) {
      analyzer.analyze(variant, changed);
      EXPECT_EQ(plain.exact(plain.tokens()[0]), changed.exact(changed.tokens()[0])) << variant;
    }
  }
}

// The cache must not change anything: a second reading gives what the first gave, whatever was read between.
TEST(AnalyzerProperty, AnalysisDoesNotDependOnWhatWasReadBefore) {
  text::Analyzer used;
  const auto texts = sample_texts();
  for (const std::string& text : texts) terms(used, text);
  for (const std::string& text : texts) {
    text::Analyzer fresh;
    EXPECT_EQ(terms(used, text), terms(fresh, text)) << text;
  }
}

TEST(AnalyzerProperty, InvariantsHoldForRandomMixturesOfPieces) {
  const std::vector<std::string> pieces = {"l'",
                                           "d’",
                                           "qu'",
                                           "IA",
                                           "OpenAI",
                                           "é",
                                           "e\xCC\x81",
                                           "-",
                                           ".",
                                           ",",
                                           " ",
                                           "  ",
                                           "\n",
                                           "\n\n",
                                           "\xE2\x80\xAF",
                                           "\xC2\xA0",
                                           "1",
                                           "000",
                                           "6,6",
                                           "%",
                                           "€",
                                           "M€",
                                           "&amp;",
                                           "&eacute;",
                                           "&",
                                           "C++",
                                           "#",
                                           "@",
                                           "/",
                                           "_",
                                           "«",
                                           "»",
                                           "\"",
                                           "!",
                                           "?",
                                           "…",
                                           "M.",
                                           "S.A.",
                                           "www.",
                                           "https://",
                                           "lemonde.fr",
                                           "华",
                                           "ポ",
                                           "한",
                                           "🚀",
                                           "\xE2\x80\x8D",
                                           "\xFF",
                                           "\xC3",
                                           "\xED\xA0\x80",
                                           "ﬁ",
                                           "²",
                                           "\xCC\x81",
                                           "\xE2\x80\xA9",
                                           "t-il",
                                           "\t",
                                           "A"};
  std::mt19937 random(20241);
  text::Analyzer analyzer;
  text::Analysis analysis;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto left = random() % 24 + 1; left > 0; --left) text += pieces[random() % pieces.size()];
    analyzer.analyze(text, analysis);
    ASSERT_EQ(broken_invariant(text, analysis), "") << testing::PrintToString(text);
  }
}

TEST(AnalyzerProperty, InvariantsHoldForRandomBytes) {
  std::mt19937 random(7);
  text::Analyzer analyzer;
  text::Analysis analysis;
  for (int round = 0; round < 5000; ++round) {
    std::string bytes(random() % 200, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    analyzer.analyze(bytes, analysis);
    ASSERT_EQ(broken_invariant(bytes, analysis), "") << testing::PrintToString(bytes);
  }
}

// What the fuzzer found once stays a case: "-d\x99." read before its first byte, and a compound that reached over points
// and control characters into the next sentence.
TEST(AnalyzerProperty, InvariantsHoldForTheSeedsOfTheFuzzer) {
  text::Analyzer analyzer;
  text::Analysis analysis;
  std::size_t seeds = 0;
  for (const auto& seed : std::filesystem::directory_iterator(DEPECHE_SOURCE_DIR "/tests/fuzz/corpus/analyzer_fuzz")) {
    std::ifstream in(seed.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    analyzer.analyze(bytes, analysis);
    EXPECT_EQ(broken_invariant(bytes, analysis), "") << seed.path();
    ++seeds;
  }
  EXPECT_GE(seeds, 12u);
}

TEST(AnalyzerProperty, HugeOddTextsAreLinear) {
  struct Odd {
    const char* what;
    std::string piece;
    std::size_t count;
  };
  const Odd odds[] = {
      {"no blank", "a", 10'000'000},
      {"no blank, capitals and points", "A.b", 2'000'000},
      {"marks", "\xCC\x81\xCC\xA3", 100'000},
      {"hyphens", "a-", 1'000'000},
      {"apostrophes", "l'", 1'000'000},
      {"ampersands", "&", 2'000'000},
      {"entities", "&amp;", 500'000},
      {"Chinese", "华为", 500'000},
      {"Arabic", "الذكاء ", 100'000},
      {"Thai", "ภาษาไทย", 50'000},
      {"emoji", "👩‍💻", 200'000},
      {"groups", "000 ", 1'000'000},
      {"addresses", "a@", 1'000'000},
      {"hosts", "a.fr", 1'000'000},
      {"ill-formed", "\xC3", 2'000'000},
      {"underscores", "a_", 1'000'000},
      {"points", ". ", 1'000'000},
      {"slashes", "ab/", 1'000'000},
  };
  text::Analyzer analyzer;
  text::Analysis analysis;
  for (const Odd& odd : odds) {
    std::string text;
    for (std::size_t i = 0; i < odd.count; ++i) text += odd.piece;
    analyzer.analyze(text, analysis);
    EXPECT_EQ(broken_invariant(text, analysis), "") << odd.what;
  }
}

}  // namespace
}  // namespace depeche::test
