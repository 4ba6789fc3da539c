#include "tests/docs/console.hh"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>

namespace depeche::test {
namespace {

constexpr std::string_view kFence = "```", kPrompt = "$ ";
constexpr char kEndOfStep = '\x1e';  // no command writes it

// Keeps the status of each command for the next one, as a person's shell does.
std::string script_of(const std::vector<ConsoleStep>& steps) {
  std::string script = "status=0\n";
  for (const ConsoleStep& step : steps) {
    script += "(exit $status)\n" + step.command + "\nstatus=$?\nprintf '\\036'\n";
  }
  return script;
}

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string out;
  std::array<char, 1 << 14> buffer;
  for (std::size_t n = 0; pipe && (n = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) {
    out.append(buffer.data(), n);
  }
  return out;
}

}  // namespace

std::vector<ConsoleStep> console_steps(std::string_view document) {
  std::vector<ConsoleStep> steps;
  bool fenced = false, console = false, goes_on = false;
  std::size_t number = 0;
  for (std::size_t at = 0, end = 0; at < document.size(); at = end) {
    end = std::min(document.find('\n', at), document.size() - 1) + 1;
    const std::string_view line = document.substr(at, end - at - 1);
    ++number;
    if (line.starts_with(kFence)) {
      fenced = !fenced;
      console = fenced && line == "```console";
    } else if (console && goes_on) {
      (steps.back().command += '\n') += line;
      steps.back().begin = steps.back().end = end;
      goes_on = line.ends_with('\\');
    } else if (console && line.starts_with(kPrompt)) {
      steps.push_back({number, std::string(line.substr(kPrompt.size())), {}, end, end});
      goes_on = line.ends_with('\\');
    } else if (console && !steps.empty()) {
      steps.back().expected += document.substr(at, end - at);
      steps.back().end = end;
    }
  }
  return steps;
}

std::vector<std::string> run_steps(const std::vector<ConsoleStep>& steps, const std::string& folder,
                                   const std::string& program) {
  const std::string path = std::filesystem::path(program).parent_path();
  std::ofstream(folder + "/.session.sh") << script_of(steps);
  const std::string all = output_of("cd '" + folder + "' && env -i HOME='" + folder + "' LC_ALL=C.UTF-8 PATH='" +
                                    path + "':/usr/local/bin:/usr/bin:/bin sh .session.sh 2>&1");
  std::vector<std::string> outputs;
  for (std::size_t at = 0, end; (end = all.find(kEndOfStep, at)) != all.npos; at = end + 1) {
    outputs.push_back(all.substr(at, end - at));
  }
  return outputs;
}

std::string normalised(std::string_view output) {
  struct Rule {
    const char *pattern, *instead;
  };
  constexpr Rule kRules[] = {
      {"en [0-9,]+ ms( *)", "en N ms "},  // search, and the blanks that align what follows
      {"\"took_ms\":[0-9.e-]+", "\"took_ms\":N"},
      {"in [0-9.]+ s \\([0-9]+ docs/s\\)", "in N s (N docs/s)"},  // index
      {"[^\\n]*  [0-9]+ docs  [^\\n]*\\n", ""},                   // its progress, where it takes long
      {"[0-9,]+ Mo", "N Mo"},                                     // stats
      {"[0-9a-f]{16}", "FINGERPRINT"},
  };
  std::string text(output);
  for (const Rule& rule : kRules) text = std::regex_replace(text, std::regex(rule.pattern), rule.instead);
  return text;
}

}  // namespace depeche::test
