#include "cli/application.hh"

#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "cli/command.hh"
#include "cli/config_file.hh"
#include "cli/exit_code.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "cli/usage.hh"

extern "C" const char depeche_data_third_party[], depeche_data_third_party_end[];

namespace depeche::cli {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string xdg_folder(const char* name, const char* fallback) {
  const std::string folder = environment(name);
  if (!folder.empty()) return folder;
  std::string home = environment("HOME");
  if (home.empty()) {
    const passwd* user = ::getpwuid(::getuid());
    if (user != nullptr && user->pw_dir != nullptr) home = user->pw_dir;
  }
  return home + fallback;
}

int report_usage(const Error& error) {
  report(error);
  return exit_code(error.code);
}

int print(std::string_view text) {
  const auto written = write_out(text);
  if (written) return 0;
  report(written.error());
  return exit_code(written.error().code);
}

void declare(CLI::App& app, Globals& globals, bool& licences) {
  app.set_version_flag("--version", "depeche " DEPECHE_VERSION, "Print the version")->configurable(false);
  app.set_help_flag("-h,--help", "Print this help");
  app.set_config("--config", config_path(), "File of defaults, with the same names as the options")
      ->type_name("FILE");
  app.config_formatter(config_reader(app, globals));
  app.require_subcommand(0, 1);
  app.fallthrough();
  add_text(app, "--db", globals.db, "DIR", "Folder of the index ($DEPECHE_DB)");
  add_text(app, "--format", globals.format, "FORM", "Form of the output: text, json, jsonl, csv, atom");
  add_text(app, "--gazetteer", globals.gazetteer, "FILE", "Your own names and aliases, added to the built-in ones");
  app.add_flag("--licenses,--licences", licences, "Print the licences of the program and of all that is in it")
      ->configurable(false);
#if DEPECHE_WITH_INDEXER
  setup_index(app, globals);
#endif
  setup_search(app, globals);
  setup_facets(app, globals);
  setup_explain(app, globals);
  setup_show(app, globals);
  setup_similar(app, globals);
  setup_suggest(app, globals);
  setup_stats(app, globals);
#if DEPECHE_WITH_INDEXER
  setup_check(app, globals);
#endif
  setup_analyze(app, globals);
  setup_extract(app, globals);
  setup_export(app, globals);
  setup_serve(app, globals);
  app.footer("Example: depeche index articles/ && depeche search \"levée de fonds OpenAI\" -f date=2024-01..");
}

}  // namespace

std::string index_path(const Globals& globals) {
  return globals.db.empty() ? xdg_folder("XDG_DATA_HOME", "/.local/share") + "/depeche/index" : globals.db;
}

std::string config_path() {
  return xdg_folder("XDG_CONFIG_HOME", "/.config") + "/depeche/config.toml";
}

Result<std::string> format_among(const Globals& globals, std::string_view allowed) {
  const std::string list(allowed);
  const auto is_allowed = [&](const std::string& name) {
    return !name.empty() && ("|" + list + "|").find("|" + name + "|") != std::string::npos;
  };
  if (is_allowed(globals.format)) return globals.format;
  if (!globals.format.empty()) {
    return failure(ErrorCode::kUsage, "this command has no format \"" + globals.format + "\"", "formats are " + list);
  }
  return is_allowed(globals.default_format) ? globals.default_format : list.substr(0, list.find('|'));
}

int run(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe shows as an error of write()
  std::signal(SIGXFSZ, SIG_IGN);  // so does a limit on the size of files (ulimit -f)
  Globals globals;
  bool licences = false;
  CLI::App app{"Full-text search for French tech news: who raised how much, with whom, when.", "depeche"};
  declare(app, globals, licences);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (const auto error = lone_exclusion(arguments)) return report_usage(*error);
  // The environment stands behind the options and before the file: as the first --db it gives way to any other.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  if (const std::string db = environment("DEPECHE_DB"); !db.empty()) reversed.push_back("--db=" + db);
  try {
    app.parse(reversed);
  } catch (const CLI::Success& wanted) {  // --help, --version
    std::ostringstream text;
    app.exit(wanted, text, text);
    return print(text.str());
  } catch (const CLI::ParseError& error) {
    return report_usage(usage_error(app, error));
  }
  if (licences) {
    return print({depeche_data_third_party,
                  static_cast<std::size_t>(depeche_data_third_party_end - depeche_data_third_party)});
  }
  if (!globals.chosen) return report_usage({ErrorCode::kUsage, "a command is missing", "see `depeche --help`"});
  const auto outcome = globals.chosen();
  if (outcome) return exit_code(*outcome);
  report(outcome.error());
  return exit_code(outcome.error().code);
}

}  // namespace depeche::cli
