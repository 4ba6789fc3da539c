// THIRD-PARTY.md names every package that CMake looks for and every file of data that is built in.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/source_tree.hh"

namespace depeche::test {
namespace {

std::string third_party() {
  for (const SourceFile& file : source_tree()) {
    if (file.path == "THIRD-PARTY.md") return file.text;
  }
  return {};
}

TEST(ThirdParty, NamesEveryDataFile) {
  const std::string text = third_party();
  for (const SourceFile& file : source_tree()) {
    if (!file.path.starts_with("text/data/") && !file.path.starts_with("entities/data/") &&
        !file.path.starts_with("schema/data/")) continue;
    const std::string name = "`" + file.path.substr(file.path.rfind('/') + 1) + "`";
    if (name == "`README.md`") continue;
    EXPECT_NE(text.find(name), std::string::npos) << file.path << " has no origin and licence in THIRD-PARTY.md";
  }
}

TEST(ThirdParty, NamesEveryPackage) {
  struct Package {
    std::string_view found_as, told_as;
  };
  constexpr Package kPackages[] = {
      {"Threads", "glibc"},
      {"ICU", "ICU"},
      {"CLI11", "CLI11"},
      {"nlohmann_json", "nlohmann-json"},
      {"tl-expected", "tl::expected"},
      {"XAPIAN", "Xapian"},
      {"HTTPLIB", "cpp-httplib"},
      {"SIMDJSON", "simdjson"},
      {"ZSTD", "Zstandard"},
      {"GUMBO", "Gumbo"},
      {"PUGIXML", "pugixml"},
      {"LibArchive", "libarchive"},
      {"ZLIB", "zlib"},
      {"MARISA", "marisa-trie"},
      {"mimalloc", "mimalloc"},
      {"GTest", "GoogleTest"},
      {"benchmark", "Google Benchmark"},
  };
  const std::string text = third_party();
  for (const SourceFile& file : source_tree()) {
    if (!file.path.ends_with("CMakeLists.txt") && !file.path.ends_with(".cmake")) continue;
    for (std::string_view line : lines_of(file.text)) {
      line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
      for (const std::string_view call : {"find_package(", "pkg_check_modules("}) {
        if (!line.starts_with(call)) continue;
        const std::string_view name = line.substr(call.size(), line.find_first_of(" )", call.size()) - call.size());
        std::string_view told;
        for (const Package& package : kPackages) {
          if (package.found_as == name) told = package.told_as;
        }
        EXPECT_TRUE(name == "PkgConfig" || (!told.empty() && text.find(told) != text.npos))
            << file.path << ": " << name << " is not in THIRD-PARTY.md";
      }
    }
  }
}

}  // namespace
}  // namespace depeche::test
