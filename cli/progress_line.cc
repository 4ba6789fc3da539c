#include "cli/progress_line.hh"

#include <algorithm>
#include <cstdio>

#include "cli/terminal.hh"
#include "output/terminal.hh"

namespace depeche::cli {
namespace {

constexpr std::size_t kBarColumns = 24;
constexpr std::size_t kShownRejections = 20;  // on standard error; all of them go to --rejects

std::string seconds_text(double seconds) {
  char text[32];
  if (seconds < 100) {
    std::snprintf(text, sizeof text, "%.0f s", seconds);
  } else {
    std::snprintf(text, sizeof text, "%.0f min", seconds / 60);
  }
  return text;
}

}  // namespace

ProgressLine::ProgressLine(std::string what, std::uint64_t total_bytes, bool quiet, std::ostream* rejects)
    : what_(std::move(what)), total_bytes_(total_bytes), quiet_(quiet), terminal_(error_is_terminal()),
      rejects_(rejects) {
  last_ = start_;
}

ProgressLine::~ProgressLine() { finish(); }

void ProgressLine::advance(const Count& count) {
  const std::lock_guard lock(mutex_);
  if (quiet_) return;
  const auto now = Clock::now();
  const auto every = terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10'000);
  if (now - last_ < every) return;
  last_ = now;
  draw(count);
}

void ProgressLine::draw(const Count& count) {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const double rate = static_cast<double>(count.done) / std::max(seconds, 1e-9);
  std::string line = what_ + "  ";
  if (total_bytes_ > 0) {
    const double share = std::min(1.0, static_cast<double>(count.bytes) / static_cast<double>(total_bytes_));
    const auto eighths = static_cast<std::size_t>(share * static_cast<double>(kBarColumns * 8));
    const double left = share > 0 ? seconds * (1 - share) / share : 0;
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, "  %3.0f %%   %llu docs   %.0f docs/s   ", share * 100,
                  static_cast<unsigned long long>(count.done), rate);
    line += output::padded(output::bar(eighths), kBarColumns) + numbers + seconds_text(left) + " left";
  } else {
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, "%llu docs   %.0f docs/s", static_cast<unsigned long long>(count.done), rate);
    line += numbers;
  }
  write_error(terminal_ ? "\r\x1b[K" + line : line + "\n");
  drawn_ = terminal_;
}

void ProgressLine::clear() {
  if (drawn_) write_error("\r\x1b[K");
  drawn_ = false;
}

void ProgressLine::reject(std::string_view where, std::string_view why) {
  const std::lock_guard lock(mutex_);
  if (rejects_ != nullptr) *rejects_ << where << '\t' << why << '\n';
  if (++rejected_ > kShownRejections) return;
  clear();
  report_note(std::string(where) + ": " + std::string(why));
  if (rejected_ == kShownRejections) report_note("further rejections are not shown; --rejects FILE lists all");
}

void ProgressLine::note(std::string_view message) {
  const std::lock_guard lock(mutex_);
  clear();
  report_note(message);
}

void ProgressLine::finish() {
  const std::lock_guard lock(mutex_);
  clear();
}

}  // namespace depeche::cli
