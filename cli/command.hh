// What all sub-commands share. A sub-command is one file with setup_x(), which declares its options, and run_x(), which
// does it; the callback of CLI11 only records the choice, and main() runs it after everything was parsed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/error.hh"

namespace CLI {
class App;
}

namespace depeche::cli {

// How a command that did its work ends.
enum class Outcome {
  kDone,     // found, or done
  kNothing,  // nothing was found
  kPartial,  // done but for what was rejected
};

struct Globals {
  std::string db;      // of the index
  std::string format;  // "text", "json", …; empty: the default, of the configuration file or of the command
  std::string default_format;
  std::string gazetteer;
  std::function<Result<Outcome>()> chosen;  // set by the sub-command that was named
};

// The folder of the index: the option, else where the XDG Base Directory Specification puts data of a user.
std::string index_path(const Globals& globals);
std::string config_path();

// One of `allowed` ("text|json"): what was asked for, else the configured default where it is one of them, else the
// first; kUsage for another.
Result<std::string> format_among(const Globals& globals, std::string_view allowed);

void setup_index(CLI::App& app, Globals& globals);
void setup_search(CLI::App& app, Globals& globals);
void setup_facets(CLI::App& app, Globals& globals);
void setup_explain(CLI::App& app, Globals& globals);
void setup_show(CLI::App& app, Globals& globals);
void setup_similar(CLI::App& app, Globals& globals);
void setup_suggest(CLI::App& app, Globals& globals);
void setup_stats(CLI::App& app, Globals& globals);
void setup_check(CLI::App& app, Globals& globals);
void setup_analyze(CLI::App& app, Globals& globals);
void setup_extract(CLI::App& app, Globals& globals);
void setup_export(CLI::App& app, Globals& globals);
void setup_serve(CLI::App& app, Globals& globals);

}  // namespace depeche::cli
