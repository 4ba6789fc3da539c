// How options are declared: numbers and words that can be given once (the last one counts), and the two lines that
// end every sub-command's help.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace depeche::cli {

// A whole number from `min` to `max`; anything else is refused with these bounds in the message.
CLI::Option* add_number(CLI::App& command, const std::string& name, std::size_t& into, std::size_t min,
                        std::size_t max, const std::string& description);
CLI::Option* add_text(CLI::App& command, const std::string& name, std::string& into, const std::string& type,
                      const std::string& description);

// `formats` as format_among() takes them; empty where the output has one form only.
void end_help(CLI::App& command, std::string_view formats, const std::string& example);

}  // namespace depeche::cli
