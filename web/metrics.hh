// What the server counts of itself, for Prometheus.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace depeche::web {

// Any thread may record at any time.
class Metrics {
 public:
  void record(int status, double seconds, std::uint64_t bytes);
  // The text format of Prometheus, without what is known of the index.
  std::string text() const;

 private:
  // Upper bounds of the latency buckets, in seconds.
  static constexpr std::array<double, 10> kBounds = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1};
  std::array<std::atomic<std::uint64_t>, 6> by_class_{};  // of status / 100
  std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> latency_{};
  std::atomic<std::uint64_t> microseconds_{0}, bytes_{0};
};

}  // namespace depeche::web
