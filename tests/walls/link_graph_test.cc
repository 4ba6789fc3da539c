// The link graph: what ARCHITECTURE.md says, what CMake links and what the sources include are one and the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "tests/support/source_tree.hh"

namespace depeche::test {
namespace {

using Graph = std::map<std::string, std::set<std::string>, std::less<>>;  // folder → folders that it links

std::vector<std::string> split(std::string_view text, std::string_view mark) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find(mark);
    std::string_view part = text.substr(0, at);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    if (at == text.npos) return parts;
    text.remove_prefix(at + mark.size());
  }
}

// "text:core,output:searcher", as cmake/library.cmake collects it.
Graph linked_by_cmake() {
  Graph graph;
  for (const std::string& arrow : split(DEPECHE_LINK_GRAPH, ",")) {
    const std::size_t colon = arrow.find(':');
    graph[arrow.substr(0, colon)];
    if (colon + 1 < arrow.size()) graph[arrow.substr(0, colon)].insert(arrow.substr(colon + 1));
  }
  return graph;
}

// The block of lines "text, schema → core" in ARCHITECTURE.md.
Graph told_by_architecture() {
  Graph graph;
  for (const SourceFile& file : source_tree()) {
    if (file.path != "ARCHITECTURE.md") continue;
    for (const std::string_view line : lines_of(file.text)) {
      const auto sides = split(line, "→");
      if (!line.starts_with("    ") || sides.size() != 2) continue;
      for (const std::string& from : split(sides[0], ",")) {
        for (const std::string& to : split(sides[1], ",")) {
          graph[from].insert(to);
          graph[to];
        }
      }
    }
  }
  return graph;
}

// With what the linked folders link themselves.
std::set<std::string> reachable(const Graph& graph, const std::string& folder) {
  std::set<std::string> seen{folder};
  std::vector<std::string> open{folder};
  while (!open.empty()) {
    const auto below = graph.find(open.back());
    open.pop_back();
    if (below == graph.end()) continue;
    for (const std::string& next : below->second) {
      if (seen.insert(next).second) open.push_back(next);
    }
  }
  return seen;
}

TEST(LinkGraph, ArchitectureTellsWhatCMakeLinks) {
  EXPECT_EQ(told_by_architecture(), linked_by_cmake());
}

TEST(LinkGraph, HasNoCycle) {
  const Graph graph = linked_by_cmake();
  for (const auto& [folder, below] : graph) {
    for (const std::string& next : below) {
      EXPECT_FALSE(reachable(graph, next).contains(folder)) << folder << " and " << next << " need each other";
    }
  }
}

TEST(LinkGraph, SourcesIncludeOnlyWhatTheirFolderLinks) {
  const Graph graph = linked_by_cmake();
  for (const SourceFile& file : source_tree()) {
    const std::string folder(file.folder());
    if (!file.is_cpp() || !graph.contains(folder)) continue;
    const auto allowed = reachable(graph, folder);
    for (const std::string_view line : lines_of(file.text)) {
      constexpr std::string_view kInclude = "#include \"";
      if (!line.starts_with(kInclude)) continue;
      const std::string_view name = line.substr(kInclude.size());
      const std::string included(name.substr(0, name.find('/')));
      EXPECT_TRUE(allowed.contains(included)) << file.path << ": " << line << "\n" << folder << " does not link it";
    }
  }
}

}  // namespace
}  // namespace depeche::test
