#include "cli/application.hh"

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/exit_code.hh"
#include "cli/terminal.hh"

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
  const std::string home = environment("HOME");
  return (home.empty() ? "." : home) + fallback;
}

// Everything fails with 2 that is about the words of the command line; CLI11 has many codes for it.
int report_parse_error(const CLI::ParseError& error, const std::vector<std::string>& arguments) {
  std::string message = error.what(), hint = "see `depeche --help` and `depeche COMMAND --help`";
  for (const std::string& argument : arguments) {
    const bool excluded_word = argument.size() > 2 && argument[0] == '-' && argument[1] != '-' && argument[1] != 'f';
    if (excluded_word) hint = "to exclude a word, write the query behind --: depeche search -- \"OpenAI " + argument + "\"";
  }
  for (char& c : message) {
    if (c == '\n') c = ' ';
  }
  report({ErrorCode::kUsage, message, hint});
  return exit_code(ErrorCode::kUsage);
}

}  // namespace

std::string index_path(const Globals& globals) {
  return globals.db.empty() ? xdg_folder("XDG_DATA_HOME", "/.local/share") + "/depeche/index" : globals.db;
}

std::string config_path() { return xdg_folder("XDG_CONFIG_HOME", "/.config") + "/depeche/config.toml"; }

Result<std::string> format_among(const Globals& globals, std::string_view allowed) {
  const std::string list(allowed);
  if (globals.format.empty()) return list.substr(0, list.find('|'));
  if (("|" + list + "|").find("|" + globals.format + "|") != std::string::npos) return globals.format;
  return failure(ErrorCode::kUsage, "this command has no format \"" + globals.format + "\"", "formats are " + list);
}

int run(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe shows as an error of write()
  Globals globals;
  CLI::App app{"Full-text search for French tech news: who raised how much, with whom, when.", "depeche"};
  app.set_version_flag("--version", "depeche " DEPECHE_VERSION);
  app.set_config("--config", config_path(), "File of defaults, with the same names as the options");
  app.require_subcommand(0, 1);
  app.fallthrough();
  app.add_option("--db", globals.db, "Folder of the index ($DEPECHE_DB)")->take_last()->type_name("DIR");
  app.add_option("--format", globals.format, "Form of the output: text, json, jsonl, csv, atom")->take_last()->type_name("FORM");
  app.add_option("--gazetteer", globals.gazetteer, "Your own names and aliases, added to the built-in ones")->take_last()->type_name("FILE");
  bool licences = false;
  app.add_flag("--licenses,--licences", licences, "Print the licences of the program and of all that is in it");
#if DEPECHE_WITH_INDEXER
  setup_index(app, globals);
#endif
  setup_search(app, globals);
  setup_facets(app, globals);
  setup_explain(app, globals);
  setup_show(app, globals);
  setup_similar(app, globals);
  setup_stats(app, globals);
#if DEPECHE_WITH_INDEXER
  setup_check(app, globals);
#endif
  setup_analyze(app, globals);
  setup_extract(app, globals);
  setup_export(app, globals);
  setup_serve(app, globals);
  app.footer("Example: depeche index articles/ && depeche search \"levée de fonds OpenAI\" -f date=2024-01..");

  std::vector<std::string> arguments(argv + 1, argv + argc);
  // The environment stands behind the options and before the file: as the first --db it gives way to any other.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  if (const std::string db = environment("DEPECHE_DB"); !db.empty()) reversed.push_back("--db=" + db);
  try {
    app.parse(reversed);
  } catch (const CLI::Success& wanted) {  // --help, --version
    std::ostringstream text;
    app.exit(wanted, text, text);
    const auto written = write_out(text.str());
    return written ? 0 : exit_code(written.error().code);
  } catch (const CLI::ParseError& error) {
    return report_parse_error(error, arguments);
  }
  if (licences) {
    const auto written = write_out({depeche_data_third_party, static_cast<std::size_t>(depeche_data_third_party_end - depeche_data_third_party)});
    return written ? 0 : exit_code(written.error().code);
  }
  if (!globals.chosen) {
    report({ErrorCode::kUsage, "a command is missing", "see `depeche --help`"});
    return exit_code(ErrorCode::kUsage);
  }
  const auto outcome = globals.chosen();
  if (outcome) return exit_code(*outcome);
  report(outcome.error());
  return exit_code(outcome.error().code);
}

}  // namespace depeche::cli
