// Every link of every document leads somewhere: files and folders exist, and so do the headings that anchors name.
#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/source_tree.hh"

namespace depeche::test {
namespace {

// The document without its code, where brackets mean nothing.
std::string prose_of(std::string_view text) {
  std::string prose;
  bool fenced = false;
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with("```")) fenced = !fenced;
    if (fenced || line.starts_with("```") || line.starts_with("    ")) continue;
    bool code = false;
    for (const char c : line) {
      if (c == '`') code = !code;
      if (!code) prose += c;
    }
    prose += '\n';
  }
  return prose;
}

// The targets of [text](target).
std::vector<std::string> links_of(std::string_view text) {
  const std::string prose = prose_of(text);
  std::vector<std::string> targets;
  for (std::size_t at = prose.find("]("); at != prose.npos; at = prose.find("](", at + 1)) {
    const std::size_t end = prose.find(')', at);
    if (end != prose.npos) targets.push_back(prose.substr(at + 2, end - at - 2));
  }
  return targets;
}

// "### [core/](core/): `x` and y" → "core-x-and-y", as the forges make it.
std::string anchor_of(std::string_view heading) {
  std::string anchor;
  for (std::size_t i = 0; i < heading.size(); ++i) {
    const auto c = static_cast<unsigned char>(heading[i]);
    if (heading.substr(i).starts_with("](")) {
      i = std::min(heading.find(')', i), heading.size() - 1);
    } else if (std::isalnum(c) || c == '-' || c == '_' || c >= 0xC0 || (c >= 0x80 && !anchor.empty())) {
      anchor += static_cast<char>(std::tolower(c));
    } else if (c == ' ') {
      anchor += '-';
    }
  }
  return anchor;
}

std::set<std::string> anchors_of(std::string_view text) {
  std::set<std::string> anchors;
  bool fenced = false;
  for (std::string_view line : lines_of(text)) {
    if (line.starts_with("```")) fenced = !fenced;
    if (fenced || !line.starts_with('#')) continue;
    line.remove_prefix(std::min(line.find_first_not_of("# "), line.size()));
    anchors.insert(anchor_of(line));
  }
  return anchors;
}

// `target` as seen from the folder of `from`: "schema/SCHEMA.md" + "../core/date.hh" → "core/date.hh".
std::string resolved(std::string_view from, std::string_view target) {
  std::string path(from.substr(0, from.rfind('/') == from.npos ? 0 : from.rfind('/') + 1));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    if (!path.empty()) path.pop_back();
    path.erase(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
  }
  path += target;
  while (path.ends_with('/')) path.pop_back();
  return path;
}

TEST(Links, LeadSomewhere) {
  std::map<std::string, const SourceFile*, std::less<>> files;
  std::set<std::string, std::less<>> folders{""};
  for (const SourceFile& file : source_tree()) {
    files.emplace(file.path, &file);
    for (std::size_t slash = file.path.find('/'); slash != file.path.npos; slash = file.path.find('/', slash + 1)) {
      folders.insert(file.path.substr(0, slash));
    }
  }
  std::size_t checked = 0;
  for (const SourceFile& file : source_tree()) {
    if (!file.path.ends_with(".md")) continue;
    for (const std::string& link : links_of(file.text)) {
      if (link.starts_with("https://") || link.starts_with("http://")) continue;
      const std::string target = link.substr(0, link.find('#'));
      const std::string path = target.empty() ? file.path : resolved(file.path, target);
      EXPECT_TRUE(files.contains(path) || folders.contains(path)) << file.path << ": (" << link << ") is not there";
      if (target.size() < link.size() && files.contains(path)) {
        EXPECT_TRUE(anchors_of(files.at(path)->text).contains(link.substr(target.size() + 1)))
            << file.path << ": (" << link << ") names no heading";
      }
      ++checked;
    }
  }
  EXPECT_GT(checked, 30u);
}

TEST(Links, AnchorsAreMadeAsForgesMakeThem) {
  EXPECT_EQ(anchor_of("[core/](core/): what everything speaks"), "core-what-everything-speaks");
  EXPECT_EQ(anchor_of("Why not Xapian's own `matcher`?"), "why-not-xapians-own-matcher");
  EXPECT_EQ(resolved("schema/SCHEMA.md", "../core/date.hh"), "core/date.hh");
  EXPECT_EQ(resolved("a/b/c.md", "../../d/"), "d");
  EXPECT_EQ(links_of("[a](b) `[c](d)`\n```\n[e](f)\n```\n"), std::vector<std::string>{"b"});
}

}  // namespace
}  // namespace depeche::test
