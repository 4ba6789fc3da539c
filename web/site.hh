// Paths to handlers: every page and every form of it. Knows nothing of sockets; tests and the server call answer().
#pragma once

#include <functional>
#include <memory>

#include "searcher/searcher.hh"
#include "web/message.hh"
#include "web/metrics.hh"

namespace depeche::web {

// The index as it is now; called once a request.
using IndexSource = std::function<Result<std::shared_ptr<searcher::Searcher>>()>;

// Thread-safe.
class Site {
 public:
  // `writing` says whether the index is being written, so that pages can say so.
  explicit Site(IndexSource index, std::function<bool()> writing = {})
      : index_(std::move(index)), writing_(std::move(writing)) {}

  Reply answer(const Call& call);
  // A refusal before any handler: 405, 414, 421 …; a problem under .json, a page elsewhere.
  Reply refuse(const Call& call, int status, const std::string& hint = {}) const;

  Metrics& metrics() { return metrics_; }

 private:
  IndexSource index_;
  std::function<bool()> writing_;
  Metrics metrics_;
};

}  // namespace depeche::web
