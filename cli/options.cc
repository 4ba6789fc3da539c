#include "cli/options.hh"

#include <CLI/CLI.hpp>
#include <charconv>

namespace depeche::cli {
namespace {

// CLI11 would take "-1" for the largest number there is.
CLI::Validator whole_number(std::size_t min, std::size_t max) {
  return CLI::Validator(
      [min, max](const std::string& text) -> std::string {
        std::size_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole = error == std::errc{} && end == text.data() + text.size();
        if (whole && value >= min && value <= max) return {};
        const std::string bounds =
            max == SIZE_MAX ? "" : " from " + std::to_string(min) + " to " + std::to_string(max);
        return "\"" + text + "\" is no whole number" + bounds;
      },
      "");
}

}  // namespace

CLI::Option* add_number(CLI::App& command, const std::string& name, std::size_t& into, std::size_t min,
                        std::size_t max, const std::string& description) {
  return command.add_option(name, into, description)->check(whole_number(min, max))->take_last()->type_name("N");
}

CLI::Option* add_text(CLI::App& command, const std::string& name, std::string& into, const std::string& type,
                      const std::string& description) {
  return command.add_option(name, into, description)->take_last()->type_name(type);
}

void end_help(CLI::App& command, std::string_view formats, const std::string& example) {
  std::string footer = "--db DIR names another index";
  if (!formats.empty()) footer += "; --format is " + std::string(formats);
  command.footer(footer + ".\nExample: " + example);
}

}  // namespace depeche::cli
