// README.md does what it says: its ```console blocks are run, as one session, in a folder that has `corpus/` in it.
// With DEPECHE_REWRITE_GOLDEN in the environment the outputs in it are replaced by what the program writes now.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "schema/fields.hh"
#include "tests/docs/console.hh"
#include "tests/support/source_tree.hh"

namespace depeche::test {
namespace {

namespace fs = std::filesystem;

std::string readme() {
  for (const SourceFile& file : source_tree()) {
    if (file.path == "README.md") return file.text;
  }
  return {};
}

// A folder with a copy of the corpus; removed at the end.
class Workplace {
 public:
  Workplace() {
    std::string name = fs::temp_directory_path() / "depeche-readme-XXXXXX";
    path_ = ::mkdtemp(name.data()) ? name : std::string();
    fs::create_directory(path_ + "/corpus");
    fs::copy(fs::path(DEPECHE_SOURCE_DIR) / "corpus/articles", path_ + "/corpus/articles",
             fs::copy_options::recursive);
  }
  ~Workplace() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Readme, CommandsDoWhatItShows) {
  const bool rewrite = std::getenv("DEPECHE_REWRITE_GOLDEN") != nullptr;
  const std::string text = readme();
  const auto steps = console_steps(text);
  ASSERT_FALSE(steps.empty());
  const Workplace place;
  const auto outputs = run_steps(steps, place.path(), DEPECHE_BINARY);
  ASSERT_EQ(outputs.size(), steps.size()) << "the step after the last output ended the shell";
  std::string rewritten;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string expected = normalised(steps[i].expected), output = normalised(outputs[i]);
    if (!rewrite) {
      EXPECT_EQ(expected, output) << "README.md:" << steps[i].line << ": " << steps[i].command;
    } else if (expected != output) {
      rewritten += text.substr(copied, steps[i].begin - copied) + outputs[i];
      copied = steps[i].end;
    }
  }
  if (rewrite) std::ofstream(DEPECHE_SOURCE_DIR "/README.md") << rewritten << text.substr(copied);
}

// Names in the first column of the README's tables, without their backquotes.
std::set<std::string, std::less<>> names_in_tables() {
  std::set<std::string, std::less<>> names;
  const std::string text = readme();
  for (const std::string_view line : lines_of(text)) {
    if (!line.starts_with("| `")) continue;
    const std::string_view cell = line.substr(3, line.find('`', 3) - 3);
    names.emplace(cell.substr(0, cell.find(' ')));
  }
  return names;
}

TEST(Readme, NamesEverySubCommand) {
  const Workplace place;
  const std::string text = run_steps({{0, "depeche --help", {}, 0, 0}}, place.path(), DEPECHE_BINARY).at(0);
  const auto names = names_in_tables();
  std::size_t commands = 0;
  const std::size_t list = text.find("Subcommands:");
  ASSERT_NE(list, text.npos) << text;
  for (const std::string_view line : lines_of(std::string_view(text).substr(list))) {
    if (!line.starts_with("  ") || line.size() < 3 || line[2] == ' ') continue;
    const std::string command(line.substr(2, line.find(' ', 2) - 2));
    EXPECT_TRUE(names.contains(command)) << command << " is in no table of README.md";
    ++commands;
  }
  EXPECT_GT(commands, 5u);
}

TEST(Readme, NamesEveryField) {
  const auto names = names_in_tables();
  for (const schema::Field& field : schema::kFields) {
    if (field.id == schema::FieldId::kId) continue;  // no query names it
    EXPECT_TRUE(names.contains(field.name)) << field.name << " is in no table of README.md";
  }
}

TEST(Console, StepsKnowTheirPlaces) {
  const std::string_view text = "a\n```console\n$ one \\\n  more\nx\ny\n$ two\n```\n```sh\n$ no\n```\n";
  const auto steps = console_steps(text);
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[0].command, "one \\\n  more");
  EXPECT_EQ(steps[0].expected, "x\ny\n");
  EXPECT_EQ(text.substr(steps[0].begin, steps[0].end - steps[0].begin), "x\ny\n");
  EXPECT_EQ(steps[1].expected, "");
  EXPECT_EQ(text.substr(steps[1].end, 3), "```");
}

}  // namespace
}  // namespace depeche::test
