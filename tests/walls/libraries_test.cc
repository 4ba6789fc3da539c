// What the built libraries hold: the searcher's side never names the writer, and each package stays in its folders.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace depeche::test {
namespace {

// By folder, from "core=…/libdepeche_core.a,…".
std::map<std::string, std::string> libraries() {
  std::map<std::string, std::string> paths;
  for (std::string_view rest = DEPECHE_LIBRARIES; !rest.empty();) {
    const std::string_view entry = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
    const std::size_t equals = entry.find('=');
    paths.emplace(entry.substr(0, equals), entry.substr(equals + 1));
  }
  return paths;
}

std::string symbols_of(const std::string& library) {
  const std::string command = std::string(DEPECHE_NM) + " -C '" + library + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string out;
  std::array<char, 1 << 16> buffer;
  for (std::size_t n = 0; pipe && (n = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) {
    out.append(buffer.data(), n);
  }
  return out;
}

TEST(Libraries, PackagesStayInTheirFolders) {
  struct Case {
    std::string_view symbol;
    std::vector<std::string_view> folders;
  };
  const Case cases[] = {
      {"Xapian::WritableDatabase", {"indexer"}},
      {"Xapian::", {"schema", "indexer", "searcher"}},
      {"httplib::", {"web"}},
      {"CLI::App", {"cli"}},
  };
  ASSERT_FALSE(libraries().empty());
  for (const auto& [folder, path] : libraries()) {
    const std::string symbols = symbols_of(path);
    ASSERT_NE(symbols.find("depeche::"), std::string::npos) << "nm says nothing about " << path;
    for (const Case& c : cases) {
      const bool allowed = std::find(c.folders.begin(), c.folders.end(), folder) != c.folders.end();
      EXPECT_TRUE(allowed || symbols.find(c.symbol) == std::string::npos) << path << " names " << c.symbol;
    }
  }
}

}  // namespace
}  // namespace depeche::test
