#include "tests/support/golden.hh"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace depeche::testing {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string first_difference(const std::string& expected, const std::string& actual) {
  std::istringstream a(expected), b(actual);
  std::string line_a, line_b;
  for (int number = 1;; ++number) {
    const bool more_a = static_cast<bool>(std::getline(a, line_a)),
               more_b = static_cast<bool>(std::getline(b, line_b));
    if (!more_a && !more_b) return "the last line break";
    if (more_a != more_b || line_a != line_b) {
      return "line " + std::to_string(number) + "\n  expected: " + (more_a ? line_a : "<end>") +
             "\n  actual:   " + (more_b ? line_b : "<end>");
    }
  }
}

}  // namespace

void expect_golden(const std::string& name, const std::string& actual) {
  const std::string path = std::string(DEPECHE_SOURCE_DIR) + "/tests/golden/" + name;
  if (std::getenv("DEPECHE_REWRITE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  const std::string expected = read_file(path);
  if (expected != actual) ADD_FAILURE() << path << " differs at " << first_difference(expected, actual);
}

}  // namespace depeche::testing
