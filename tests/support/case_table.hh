// Tables of cases: tab-separated values with a head line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace depeche::test {

// One row of tests/text/cases: must `query` find an article that holds only `text`?
struct MatchCase {
  std::string id;
  std::string group;
  std::string text;
  std::string query;
  bool match = false;
  std::string why;
};

// Turns \uXXXX into the character and \\ into a backslash.
std::string unescape(std::string_view cell);

// Reads a table; a row that is not well formed has the id "file:line" and no group.
std::vector<MatchCase> read_match_cases(const std::string& path);

}  // namespace depeche::test
