// What one `depeche index` does, once or again and again: a run over its paths, and what is said about it.
#pragma once

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

#include "cli/stop_signal.hh"
#include "indexer/indexer.hh"

namespace depeche::cli {

class IndexJob {
 public:
  IndexJob(std::string index, std::vector<std::string> paths, indexer::IndexOptions options, bool quiet);

  // Opens the file of --rejects: before the work begins, so that nobody waits an hour for a misspelt folder.
  Result<void> open_rejects(const std::string& path);

  // One run; where `only` is not empty, over these of its files and folders alone (ReadOptions::only).
  Result<indexer::IndexSummary> run(std::vector<std::string> only = {});
  // The line that ends a run, on standard output.
  Result<void> tell(const indexer::IndexSummary& summary) const;

  // Runs now and then every `period`, counted from the beginning of a run, until `stop`. What fails may be mended
  // until the next time: it is reported, and only the first run's error is returned.
  Result<void> repeat(std::chrono::seconds period, const StopSignal& stop);
  // Runs now, then follows what happens in its folders, until `stop`.
  Result<void> watch(const StopSignal& stop);

  const std::vector<std::string>& paths() const { return paths_; }

 private:
  Result<void> tell_if_changed(const indexer::IndexSummary& summary) const;

  std::string index_;
  std::vector<std::string> paths_;
  indexer::IndexOptions options_;
  bool quiet_;
  std::string rejects_path_;
  std::ofstream rejects_;
};

}  // namespace depeche::cli
