// Runs a program as a shell would and tells what came of it: both outputs, the exit status.
//
//   const ProgramRun run = run_program(DEPECHE_BINARY, {"search", "OpenAI"}, {.environment = {{"DEPECHE_DB", db}}});
//   EXPECT_EQ(run.status, 0) << run.err;
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace depeche::test {

struct ProgramOptions {
  // All of it but PATH and LC_ALL=C.UTF-8, which a pair of the same name replaces: nothing of the tester's own.
  std::vector<std::pair<std::string, std::string>> environment = {};
  std::string input = {};        // standard input; then its end
  std::string folder = {};       // to run in; empty: this one
  std::string output_file = {};  // standard output goes there instead ("/dev/full")
  bool closed_pipe = false;      // standard output is a pipe that nobody reads
  int terminal_columns = 0;      // above 0: standard output and error are one terminal of that width, both in `out`
};

struct ProgramRun {
  std::string out, err;
  int status = -1;  // 128 + number after a signal, as in a shell
};

// Waits for the end; ends the program itself after a minute (status 128 + 9).
ProgramRun run_program(const std::string& program, const std::vector<std::string>& arguments,
                       const ProgramOptions& options = {});

// A program that goes on: a server. Ended with the object.
class RunningProgram {
 public:
  RunningProgram(const std::string& program, const std::vector<std::string>& arguments,
                 const ProgramOptions& options = {});
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  std::string read_line();          // of standard output, waiting for it; empty at the end or after a minute
  ProgramRun end(int with_signal);  // sends it and waits; what was not read yet
  // Lets it run for some time, at most until it ends by itself, then end(with_signal).
  ProgramRun end_after(std::chrono::microseconds time, int with_signal);

 private:
  struct Process;
  std::unique_ptr<Process> process_;
};

}  // namespace depeche::test
