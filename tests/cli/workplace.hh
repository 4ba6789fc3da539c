// A folder for one test of the command line, with a home of its own, and the index over tests/fixtures/articles.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/run_program.hh"

namespace depeche::test {

// Removed at the end.
class Workplace {
 public:
  Workplace();
  ~Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  const std::string& path() const { return path_; }
  std::string in(std::string_view name) const { return path_ + "/" + std::string(name); }
  // Makes the folders above it; gives the whole path.
  std::string write(std::string_view name, std::string_view bytes) const;

  // depeche, run in this folder, with HOME in it, and DEPECHE_DB where index() was called.
  ProgramRun depeche(const std::vector<std::string>& arguments, ProgramOptions options = {}) const;
  // The standard output, which must be one JSON value; fails the test when the status is not `status`.
  nlohmann::json json(std::vector<std::string> arguments, int status = 0) const;

  // Indexes these paths into the folder "index", which depeche() uses from now on. Fails the test unless all is
  // taken.
  void index(const std::vector<std::string>& paths);

 private:
  std::string path_, db_;
};

// A path below tests/fixtures.
std::string fixture(std::string_view name);
// What a JSON-lines output holds.
std::vector<nlohmann::json> json_lines(std::string_view text);
std::vector<std::string> lines_of_output(std::string_view text);

// Nothing on standard output, and on standard error exactly "depeche: …" with `message` in it and "hint: …" with
// `hint`.
void expect_refusal(const ProgramRun& run, int status, std::string_view message, std::string_view hint);

}  // namespace depeche::test
