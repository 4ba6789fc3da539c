// The one harness for all tables of cases: what a French reader expects to find, and not to find.
#include <gtest/gtest.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <set>

#include "tests/support/analysis_checks.hh"
#include "tests/support/brute_match.hh"
#include "tests/support/case_table.hh"

namespace depeche::test {
namespace {

const char* const kTables[] = {"analysis", "more", "variants"};

std::vector<MatchCase> all_cases() {
  std::vector<MatchCase> cases;
  for (const char* table : kTables) {
    const auto rows = read_match_cases(std::string(DEPECHE_SOURCE_DIR "/tests/text/cases/") + table + ".tsv");
    cases.insert(cases.end(), rows.begin(), rows.end());
  }
  return cases;
}

std::string decomposed(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  std::string out;
  icu::Normalizer2::getNFDInstance(error)->normalize(icu::UnicodeString::fromUTF8(text), error).toUTF8String(out);
  return out;
}

std::string upper_case(const std::string& text) {
  std::string out;
  icu::UnicodeString::fromUTF8(text).toUpper(icu::Locale::getFrench()).toUTF8String(out);
  return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

class AnalysisCase : public testing::TestWithParam<MatchCase> {};

TEST_P(AnalysisCase, FindsWhatAReaderExpects) {
  const MatchCase& row = GetParam();
  ASSERT_FALSE(row.group.empty()) << "not a row: " << row.id;
  text::Analyzer analyzer;
  EXPECT_EQ(matches_query(analyzer, row.text, row.query), row.match)
      << "text «" << row.text << "» query «" << row.query << "»: " << row.why;
}

// How a text was typed or copied never matters, nor how the query was.
TEST_P(AnalysisCase, DoesNotDependOnTheSpelling) {
  const MatchCase& row = GetParam();
  text::Analyzer analyzer;
  const auto expect_same = [&](const std::string& text, const std::string& query) {
    EXPECT_EQ(matches_query(analyzer, text, query), row.match) << "text «" << text << "» query «" << query << "»";
  };
  expect_same(decomposed(row.text), row.query);
  expect_same(row.text, decomposed(row.query));
  expect_same(replaced(row.text, "'", "’"), row.query);
  expect_same(row.text, replaced(row.query, "'", "’"));
  expect_same(row.text, upper_case(row.query));
  expect_same(replaced(row.text, " ", "\xC2\xA0"), row.query);
  expect_same("« " + row.text + " »", row.query);
}

TEST_P(AnalysisCase, KeepsTheInvariants) {
  text::Analyzer analyzer;
  text::Analysis analysis;
  for (const std::string& text : {GetParam().text, GetParam().query}) {
    analyzer.analyze(text, analysis);
    EXPECT_EQ(broken_invariant(text, analysis), "") << text;
  }
}

std::string test_name(const testing::TestParamInfo<MatchCase>& info) {
  std::string name = info.param.id;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Table, AnalysisCase, testing::ValuesIn(all_cases()), test_name);

TEST(AnalysisCases, HaveDistinctIds) {
  std::set<std::string> ids;
  for (const MatchCase& row : all_cases()) EXPECT_TRUE(ids.insert(row.id).second) << row.id;
  EXPECT_GT(ids.size(), 1200U);
}

}  // namespace
}  // namespace depeche::test
