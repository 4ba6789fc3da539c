// Reads lines id<TAB>text<TAB>query and prints id<TAB>match or id<TAB>nomatch: would the default search find that
// text?
#include <iostream>
#include <string>

#include "tests/support/brute_match.hh"

int main() {
  std::ios::sync_with_stdio(false);
  depeche::text::Analyzer analyzer;
  for (std::string line; std::getline(std::cin, line);) {
    const auto first = line.find('\t');
    const auto second = first == std::string::npos ? first : line.find('\t', first + 1);
    if (second == std::string::npos) continue;
    const std::string_view row = line;
    const bool match =
        depeche::test::matches_query(analyzer, row.substr(first + 1, second - first - 1), row.substr(second + 1));
    std::cout << row.substr(0, first) << (match ? "\tmatch\n" : "\tnomatch\n");
  }
}
