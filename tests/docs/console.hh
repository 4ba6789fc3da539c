// The ```console blocks of a document, as one session: what is typed and what comes out.
//
//   $ depeche search OpenAI
//   5 articles en 1,6 ms
//
// is one step. A command goes on in the next line where it ends in a backslash.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace depeche::test {

struct ConsoleStep {
  std::size_t line = 0;            // of the document, from 1
  std::string command;             // behind "$ "
  std::string expected;            // lines of output
  std::size_t begin = 0, end = 0;  // of `expected`, in bytes of the document
};

std::vector<ConsoleStep> console_steps(std::string_view document);

// Runs the steps in one shell that starts in `folder`, with the folder of `program` first in PATH and nothing of the
// user's environment. What each step wrote, to standard output and standard error alike.
std::vector<std::string> run_steps(const std::vector<ConsoleStep>& steps, const std::string& folder,
                                   const std::string& program);

// Without what differs from run to run: times, speeds, sizes on disk, fingerprints.
std::string normalised(std::string_view output);

}  // namespace depeche::test
