// The files of this repository, for tests that look at the sources and documents themselves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace depeche::test {

struct SourceFile {
  std::string path;  // from the root, parted by '/'
  std::string text;

  // "searcher" for searcher/plan.cc; empty for files in the root.
  std::string_view folder() const;
  bool is_cpp() const { return path.ends_with(".cc") || path.ends_with(".hh"); }
};

// Every file but those of git and of build folders, ordered by path. Read once.
const std::vector<SourceFile>& source_tree();

// C++ with comments and the contents of literals blanked out; lines stay where they are.
std::string code_of(std::string_view text);

// The lines of a text, without their ends.
std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace depeche::test
