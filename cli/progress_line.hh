// How far an indexing run is, on standard error: one line drawn again five times a second on a terminal, else a line
// every ten seconds. Rejections are collected for the end and for --rejects.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "core/log.hh"

namespace depeche::cli {

class ProgressLine : public Progress {
 public:
  struct Rejection {
    std::string where, why;
  };

  // `quiet`: nothing is drawn. `what` stands at the beginning of the line.
  ProgressLine(std::string what, std::uint64_t total_bytes, bool quiet);
  ~ProgressLine() override;

  void advance(const Count& count) override;
  void reject(std::string_view where, std::string_view why) override;
  void note(std::string_view message) override;
  void finish();  // takes the line away
  const std::vector<Rejection>& rejections() const { return rejections_; }

 private:
  void draw(const Count& count);
  void clear();

  using Clock = std::chrono::steady_clock;
  std::string what_;
  std::uint64_t total_bytes_;
  bool quiet_, terminal_, drawn_ = false;
  Clock::time_point start_ = Clock::now(), last_{};
  std::mutex mutex_;
  std::vector<Rejection> rejections_;
};

}  // namespace depeche::cli
