#include "cli/usage.hh"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace depeche::cli {
namespace {

bool is_option_letter(const std::string& argument) {
  if (argument == "-h" || argument == "-f") return true;
  return argument.starts_with("-f") && argument.find('=') != argument.npos;  // -forg=OpenAI
}

bool is_number(const std::string& argument) {
  return argument.size() > 1 && argument.find_first_not_of("0123456789", 1) == argument.npos;
}

std::string command_names(const CLI::App& app) {
  std::string names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names += (names.empty() ? "" : ", ") + command->get_name();
  }
  return names;
}

}  // namespace

std::optional<Error> lone_exclusion(const std::vector<std::string>& arguments) {
  bool is_value = false;  // of the option before it
  for (const std::string& argument : arguments) {
    if (argument == "--") return std::nullopt;
    const bool is_word =
        argument.size() > 1 && argument[0] == '-' && argument[1] != '-' && !is_option_letter(argument);
    if (is_word && !(is_value && is_number(argument))) {
      return Error{ErrorCode::kUsage, "there is no option " + argument,
                   "to exclude a word, write the query behind --: depeche search -- \"OpenAI " + argument + "\""};
    }
    is_value = argument.starts_with("--") && argument.find('=') == argument.npos;
  }
  return std::nullopt;
}

Error usage_error(CLI::App& app, const CLI::ParseError& error) {
  const auto parsed = app.get_subcommands();
  const std::string help = parsed.empty() ? "depeche --help" : "depeche " + parsed.front()->get_name() + " --help";
  Error out{ErrorCode::kUsage, error.what(), "see `" + help + "`"};
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {  // its name is the command's
    const auto extras = app.remaining(true);
    const std::string first = extras.empty() ? "" : extras.front();
    if (first.starts_with("-")) {
      out.message = "there is no option " + first;
    } else if (parsed.empty()) {
      out.message = "there is no command \"" + first + "\"";
      out.hint = "commands are " + command_names(app);
    } else {
      out.message = "one argument too many: \"" + first + "\"";
    }
  }
  return out;
}

}  // namespace depeche::cli
