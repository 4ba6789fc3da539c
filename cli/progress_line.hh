// How far an indexing run is, on standard error: one line drawn again five times a second on a terminal, else a line
// every ten seconds. The first rejections are shown, all of them go to the file of --rejects.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <ostream>
#include <string>

#include "core/log.hh"

namespace depeche::cli {

class ProgressLine : public Progress {
 public:
  // `quiet`: nothing is drawn. `what` stands at the beginning of the line. `rejects` may be null; it must outlive this.
  ProgressLine(std::string what, std::uint64_t total_bytes, bool quiet, std::ostream* rejects);
  ~ProgressLine() override;

  void advance(const Count& count) override;
  void reject(std::string_view where, std::string_view why) override;
  void note(std::string_view message) override;
  void finish();  // takes the line away

 private:
  void draw(const Count& count);
  void clear();

  using Clock = std::chrono::steady_clock;
  std::string what_;
  std::uint64_t total_bytes_;
  bool quiet_, terminal_, drawn_ = false;
  Clock::time_point start_ = Clock::now(), last_{};
  std::mutex mutex_;
  std::ostream* rejects_;
  std::uint64_t rejected_ = 0;
};

}  // namespace depeche::cli
