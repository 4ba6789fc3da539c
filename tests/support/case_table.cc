#include "tests/support/case_table.hh"

#include <charconv>
#include <fstream>

#include "text/chars.hh"

namespace depeche::test {
namespace {

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const auto tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

std::string unescape(std::string_view cell) {
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    std::uint32_t character = 0;
    if (cell.substr(i, 2) == "\\\\") {
      out.push_back('\\');
      ++i;
    } else if (cell.substr(i, 2) == "\\u" && i + 6 <= cell.size() &&
               std::from_chars(cell.data() + i + 2, cell.data() + i + 6, character, 16).ptr == cell.data() + i + 6) {
      text::append_utf8(out, character);
      i += 5;
    } else {
      out.push_back(cell[i]);
    }
  }
  return out;
}

std::vector<MatchCase> read_match_cases(const std::string& path) {
  std::ifstream file(path);
  std::vector<MatchCase> cases;
  std::string line;
  std::getline(file, line);
  for (int number = 2; std::getline(file, line); ++number) {
    if (line.empty()) continue;
    const auto cells = split(line);
    if (cells.size() != 6 || (cells[4] != "match" && cells[4] != "nomatch")) {
      MatchCase broken;
      broken.id = path + ":" + std::to_string(number);
      cases.push_back(broken);
      continue;
    }
    cases.push_back({std::string(cells[0]), std::string(cells[1]), unescape(cells[2]), unescape(cells[3]),
                     cells[4] == "match", std::string(cells[5])});
  }
  return cases;
}

}  // namespace depeche::test
