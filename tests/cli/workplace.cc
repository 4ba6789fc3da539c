#include "tests/cli/workplace.hh"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

namespace depeche::test {

namespace fs = std::filesystem;

Workplace::Workplace() {
  std::string name = fs::temp_directory_path() / "depeche-cli-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
  path_ = fs::canonical(name);
  fs::create_directory(in("user"));
}

Workplace::~Workplace() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Workplace::write(std::string_view name, std::string_view bytes) const {
  const std::string path = in(name);
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

ProgramRun Workplace::depeche(const std::vector<std::string>& arguments, ProgramOptions options) const {
  auto& environment = options.environment;
  environment.insert(environment.begin(), {"HOME", in("user")});
  if (!db_.empty()) environment.insert(environment.begin() + 1, {"DEPECHE_DB", db_});
  if (options.folder.empty()) options.folder = path_;
  return run_program(DEPECHE_BINARY, arguments, options);
}

nlohmann::json Workplace::json(std::vector<std::string> arguments, int status) const {
  arguments.insert(arguments.begin(), {"--format", "json"});
  const ProgramRun run = depeche(arguments);
  EXPECT_EQ(run.status, status) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_TRUE(run.out.ends_with('\n'));
  auto parsed = nlohmann::json::parse(run.out, nullptr, false);
  EXPECT_FALSE(parsed.is_discarded()) << run.out;
  return parsed;
}

void Workplace::index(const std::vector<std::string>& paths) {
  db_ = in("index");
  std::vector<std::string> arguments = {"index"};
  arguments.insert(arguments.end(), paths.begin(), paths.end());
  const ProgramRun run = depeche(arguments);
  ASSERT_EQ(run.status, 0) << run.err;
}

std::string fixture(std::string_view name) {
  return std::string(DEPECHE_SOURCE_DIR) + "/tests/fixtures/" + std::string(name);
}

std::vector<std::string> lines_of_output(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0, end; at < text.size(); at = end + 1) {
    end = std::min(text.find('\n', at), text.size());
    lines.emplace_back(text.substr(at, end - at));
  }
  return lines;
}

std::vector<nlohmann::json> json_lines(std::string_view text) {
  std::vector<nlohmann::json> out;
  for (const std::string& line : lines_of_output(text)) {
    out.push_back(nlohmann::json::parse(line, nullptr, false));
    EXPECT_TRUE(out.back().is_object()) << line;
  }
  return out;
}

void expect_refusal(const ProgramRun& run, int status, std::string_view message, std::string_view hint) {
  EXPECT_EQ(run.status, status);
  EXPECT_EQ(run.out, "");
  const auto lines = lines_of_output(run.err);
  ASSERT_EQ(lines.size(), 2u) << run.err;
  EXPECT_TRUE(lines[0].starts_with("depeche: ")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("hint: ")) << lines[1];
  EXPECT_NE(lines[0].find(message), std::string::npos) << lines[0];
  EXPECT_NE(lines[1].find(hint), std::string::npos) << lines[1];
}

}  // namespace depeche::test
