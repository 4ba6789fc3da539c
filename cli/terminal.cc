#include "cli/terminal.hh"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "core/utf8.hh"

namespace depeche::cli {
namespace {

constexpr int kPipeWidth = 80, kMinWidth = 40, kMaxWidth = 120;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool is_set(const char* name) {
  return !environment(name).empty();
}

bool utf8_locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view value = environment(name);
    if (value.empty()) continue;
    return value.find("UTF-8") != std::string_view::npos || value.find("utf8") != std::string_view::npos ||
           value.find("UTF8") != std::string_view::npos || value.find("utf-8") != std::string_view::npos;
  }
  return false;
}

int terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kPipeWidth;
}

// Bytes not written; errno says why.
std::string_view write_some(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) break;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return text;
}

// Names of files and words of a query may hold anything.
std::string one_line(std::string_view text) {
  std::string valid(text);
  repair_utf8(valid);
  return output::printable(valid);
}

std::string styled(std::string_view codes, std::string_view text) {
  if (!error_is_terminal() || is_set("NO_COLOR")) return std::string(text);
  return "\x1b[" + std::string(codes) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace

output::TextStyle output_style() {
  output::TextStyle style;
  style.terminal = ::isatty(STDOUT_FILENO) == 1;
  style.width = style.terminal ? std::clamp(terminal_width(), kMinWidth, kMaxWidth) : kPipeWidth;
  style.colour = style.terminal && !is_set("NO_COLOR") && environment("TERM") != "dumb";
  style.ascii = style.terminal && !utf8_locale();  // a pipe gets the bytes as they are
  return style;
}

bool error_is_terminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

Result<void> write_out(std::string_view text) {
  if (write_some(STDOUT_FILENO, text).empty()) return {};
  if (errno == EPIPE) ::_exit(0);
  return failure(ErrorCode::kIo, "cannot write the output: " + std::string(std::strerror(errno)), "check free space");
}

void write_error(std::string_view text) {
  (void)write_some(STDERR_FILENO, text);
}

void report(const Error& error) {
  std::string text = styled("1;31", "depeche:") + " " + one_line(error.message) + "\n";
  write_error(text);
  if (!error.hint.empty()) report_hint(error.hint);
}

void report_note(std::string_view note) {
  write_error("depeche: " + one_line(note) + "\n");
}

void report_hint(std::string_view hint) {
  write_error(styled("1", "hint:") + " " + one_line(hint) + "\n");
}

}  // namespace depeche::cli
