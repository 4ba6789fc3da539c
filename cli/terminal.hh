// Standard output and error, and what is known of the terminal behind them. The only place that writes to either.
#pragma once

#include <string_view>

#include "core/error.hh"
#include "output/terminal.hh"

namespace depeche::cli {

// Width, colour and character set for standard output. NO_COLOR and pipes get plain text.
output::TextStyle output_style();
bool error_is_terminal();

// All of it, or kIo. When the reader of a pipe has gone, the program ends there with success.
Result<void> write_out(std::string_view text);
void write_error(std::string_view text);

// "depeche: message" and "hint: …", in colour on a terminal.
void report(const Error& error);
void report_note(std::string_view note);
void report_hint(std::string_view hint);

}  // namespace depeche::cli
