// Ctrl-C, kill and a closed terminal as a wish: while an object lives, the first of these signals sets a flag and ends
// waiting; a second one ends the program at once, as it would have without us.
#pragma once

#include <atomic>
#include <chrono>

namespace depeche::cli {

// REQUIRES: one at a time.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  const std::atomic<bool>& wanted() const;
  // Until the signal comes, `fd` can be read (-1: there is none), or the time is over, whichever is first. True when `fd`
  // can be read.
  bool wait(int fd, std::chrono::milliseconds at_most) const;
  // Ends the program as the signal that came would have: whoever started it sees that it was stopped.
  [[noreturn]] void end_program() const;
};

}  // namespace depeche::cli
