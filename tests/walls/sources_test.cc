// What may stand in which file: packages behind one door each, libraries that never print, headers that say what they
// are, and no path of anybody's machine.
#include <gtest/gtest.h>

#include <cctype>
#include <string>
#include <vector>

#include "tests/support/source_tree.hh"

namespace depeche::test {
namespace {

// The libraries' folders; cli, the programs and the tests are not among them.
bool is_library(const SourceFile& file) {
  for (const std::string_view folder :
       {"core", "text", "schema", "ingest", "entities", "indexer", "searcher", "output", "web"}) {
    if (file.folder() == folder) return true;
  }
  return false;
}

bool starts_with_any(std::string_view path, const std::vector<std::string_view>& beginnings) {
  for (const std::string_view beginning : beginnings) {
    if (path.starts_with(beginning)) return true;
  }
  return false;
}

struct PackageCase {
  std::string_view include;
  bool headers;  // may stand in our headers as well
  std::vector<std::string_view> folders;
};

TEST(Sources, PackagesHaveOneDoorEach) {
  const PackageCase cases[] = {
      {"#include <CLI/", false, {"cli/"}},
      {"#include <httplib", false, {"web/", "tests/web/", "tests/support/", "tests/cli/", "tests/docs/", "tests/bench/"}},
      {"#include <xapian",
       true,
       {"schema/", "indexer/", "searcher/", "tests/schema/", "tests/indexer/", "tests/searcher/", "tests/support/",
        "tests/bench/"}},
      {"#include <unicode/", true, {"text/", "ingest/", "output/", "tests/"}},
      {"#include <gumbo", true, {"ingest/"}},
      {"#include <pugixml", false, {"ingest/", "tests/output/", "tests/web/", "tests/cli/"}},
      {"#include <simdjson", false, {"ingest/"}},
      {"#include <archive", false, {"ingest/", "tests/ingest/"}},
      {"#include <marisa", false, {"text/"}},
  };
  for (const SourceFile& file : source_tree()) {
    if (!file.is_cpp()) continue;
    for (const std::string_view line : lines_of(file.text)) {
      for (const PackageCase& c : cases) {
        if (!line.starts_with(c.include)) continue;
        EXPECT_TRUE(starts_with_any(file.path, c.folders)) << file.path << ": " << line;
        EXPECT_TRUE(c.headers || file.path.ends_with(".cc") || !is_library(file)) << file.path << ": " << line;
      }
    }
  }
}

// Whether `code` uses the function or object `name`, which is no member of something else.
bool uses(std::string_view code, std::string_view name) {
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  for (std::size_t at = code.find(name); at != code.npos; at = code.find(name, at + 1)) {
    const char before = at == 0 ? ' ' : code[at - 1];
    const std::size_t end = at + name.size();
    const bool whole =
        !is_word(before) && before != '.' && before != '>' && (end == code.size() || !is_word(code[end]));
    if (whole) return true;
  }
  return false;
}

TEST(Sources, LibrariesNeverPrintExitOrReadTheEnvironment) {
  for (const SourceFile& file : source_tree()) {
    if (!file.is_cpp() || !is_library(file)) continue;
    const std::string code = code_of(file.text);
    if (code.find("int main(") != code.npos) continue;  // a program of the build
    for (const std::string_view name :
         {"cout", "cerr", "clog", "stdout", "stderr", "printf", "fprintf", "puts", "perror", "exit", "_exit",
          "quick_exit", "abort", "getenv", "secure_getenv", "setenv"}) {
      EXPECT_FALSE(uses(code, name)) << file.path << " uses " << name;
    }
  }
}

TEST(Sources, XapianErrorsAreCaughtInOnePlace) {
  for (const SourceFile& file : source_tree()) {
    if (!file.is_cpp() || !is_library(file) || file.path == "schema/database.hh") continue;
    EXPECT_EQ(code_of(file.text).find("catch (const Xapian::"), std::string::npos) << file.path;
  }
}

TEST(Sources, HeadersBeginWithWhatTheyAre) {
  for (const SourceFile& file : source_tree()) {
    if (!file.path.ends_with(".hh")) continue;
    EXPECT_TRUE(file.text.starts_with("// ")) << file.path << " does not begin with a comment";
    EXPECT_NE(file.text.find("\n#pragma once\n"), std::string::npos) << file.path << " has no #pragma once";
  }
}

TEST(Sources, NothingNamesAMachine) {
  const std::string slash = "/";
  const std::vector<std::string> places = {slash + "home/", slash + "root/", slash + "Users/", DEPECHE_SOURCE_DIR};
  for (const SourceFile& file : source_tree()) {
    for (const std::string& place : places) {
      EXPECT_EQ(file.text.find(place), std::string::npos) << file.path << " names " << place;
    }
  }
}

TEST(Sources, CommentsAndLiteralsAreNoCode) {
  EXPECT_EQ(code_of("a; // exit\nb(\"exit\", 'x'); /* exit\n */ c"), "a;        \nb(      ,    );        \n    c");
  EXPECT_EQ(code_of("R\"(exit \" )\" + 1'000"), "             + 1'000");
}

}  // namespace
}  // namespace depeche::test
