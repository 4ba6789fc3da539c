// Lets several threads work on numbered records while chosen steps happen in the order of the input.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace depeche::indexer {

class InputOrder {
 public:
  // Runs `step` for record `number` after that of every lower one. False, without running it, after stop().
  template <class Step>
  bool in_turn(std::uint64_t number, Step&& step) {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return stopped_ || next_ == number; });
    if (stopped_) return false;
    step();
    ++next_;
    turn_.notify_all();
    return true;
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    turn_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable turn_;
  std::uint64_t next_ = 0;
  bool stopped_ = false;
};

}  // namespace depeche::indexer
