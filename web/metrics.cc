#include "web/metrics.hh"

#include <algorithm>
#include <cstdio>

namespace depeche::web {

void Metrics::record(int status, double seconds, std::uint64_t bytes) {
  const auto status_class = static_cast<std::size_t>(std::clamp(status / 100, 0, 5));
  by_class_[status_class].fetch_add(1, std::memory_order_relaxed);
  const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds) - kBounds.begin();
  latency_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
  microseconds_.fetch_add(static_cast<std::uint64_t>(seconds * 1e6), std::memory_order_relaxed);
  bytes_.fetch_add(bytes, std::memory_order_relaxed);
}

std::string Metrics::text() const {
  std::string out =
      "# HELP depeche_http_requests_total Answers sent, by class of status.\n"
      "# TYPE depeche_http_requests_total counter\n";
  for (std::size_t i = 1; i < by_class_.size(); ++i) {
    out += "depeche_http_requests_total{status=\"" + std::to_string(i) + "xx\"} " +
           std::to_string(by_class_[i].load()) + "\n";
  }
  out += "# HELP depeche_http_seconds Time to make an answer.\n# TYPE depeche_http_seconds histogram\n";
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < kBounds.size(); ++i) {
    char bound[16];
    std::snprintf(bound, sizeof bound, "%g", kBounds[i]);
    below += latency_[i].load();
    out += "depeche_http_seconds_bucket{le=\"" + std::string(bound) + "\"} " + std::to_string(below) + "\n";
  }
  below += latency_.back().load();
  char sum[32];
  std::snprintf(sum, sizeof sum, "%.6f", static_cast<double>(microseconds_.load()) / 1e6);
  out += "depeche_http_seconds_bucket{le=\"+Inf\"} " + std::to_string(below) + "\n";
  out +=
      "depeche_http_seconds_sum " + std::string(sum) + "\ndepeche_http_seconds_count " + std::to_string(below) + "\n";
  out +=
      "# HELP depeche_http_body_bytes_total Bytes of bodies, before compression.\n# TYPE "
      "depeche_http_body_bytes_total counter\n";
  return out + "depeche_http_body_bytes_total " + std::to_string(bytes_.load()) + "\n";
}

}  // namespace depeche::web
