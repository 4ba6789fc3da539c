// The one harness for all tables of cases: what a French reader expects to find, and not to find.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/analysis_checks.hh"
#include "tests/support/brute_match.hh"
#include "tests/support/case_table.hh"

namespace depeche::test {
namespace {

const char* const kTables[] = {"analysis", "more", "regressions"};

std::vector<MatchCase> all_cases() {
  std::vector<MatchCase> cases;
  for (const char* table : kTables) {
    const auto rows = read_match_cases(std::string(DEPECHE_SOURCE_DIR "/tests/text/cases/") + table + ".tsv");
    cases.insert(cases.end(), rows.begin(), rows.end());
  }
  return cases;
}

class AnalysisCase : public testing::TestWithParam<MatchCase> {};

TEST_P(AnalysisCase, FindsWhatAReaderExpects) {
  const MatchCase& row = GetParam();
  ASSERT_FALSE(row.group.empty()) << "not a row: " << row.id;
  text::Analyzer analyzer;
  EXPECT_EQ(matches_query(analyzer, row.text, row.query), row.match)
      << "text «" << row.text << "» query «" << row.query << "»: " << row.why;
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
  EXPECT_GT(ids.size(), 680U);
}

}  // namespace
}  // namespace depeche::test
