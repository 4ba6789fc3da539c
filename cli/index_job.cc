#include "cli/index_job.hh"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "cli/progress_line.hh"
#include "cli/terminal.hh"
#include "ingest/folder_watch.hh"

namespace depeche::cli {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

// Many events make one run: it begins when it has been quiet for a moment, or when the first has waited long enough.
constexpr milliseconds kQuiet{200}, kLongest{2000};
// After a failed run (a full disk, another writer), before the next try.
constexpr milliseconds kPause{5000};
constexpr milliseconds kForever = std::chrono::hours(24);

// Of what is on disk, for the progress bar; 0 when it cannot be told (standard input).
std::uint64_t total_bytes(const std::vector<std::string>& paths) {
  std::uint64_t total = 0;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-") return 0;
    if (fs::is_regular_file(path, error)) total += fs::file_size(path, error);
    for (fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, error), end;
         !error && it != end; it.increment(error)) {
      std::error_code ignored;
      if (it->is_regular_file(ignored) && !it->is_symlink(ignored)) total += it->file_size(ignored);
    }
  }
  return total;
}

std::string summary_line(const indexer::IndexSummary& s) {
  char rate[64];
  std::snprintf(rate, sizeof rate, " in %.1f s (%.0f docs/s)", s.seconds,
                static_cast<double>(s.read) / std::max(s.seconds, 1e-3));
  const auto part = [](std::string_view name, std::uint64_t n) {
    return ", " + std::string(name) + " " + std::to_string(n);
  };
  return "read " + std::to_string(s.read) + part("added", s.added) + part("updated", s.updated) +
         part("unchanged", s.unchanged) + part("deleted", s.deleted) + part("skipped", s.skipped) +
         part("rejected", s.rejected) + rate + "\n";
}

// Whether the index can be written to later, though it could not now.
bool may_pass(const Error& error) { return error.code == ErrorCode::kIo || error.code == ErrorCode::kLocked; }

// Takes what has happened until it has been quiet for a moment.
Result<void> settle(ingest::FolderWatch& watch, const StopSignal& stop, ingest::FolderChanges& changes) {
  const auto latest = std::chrono::steady_clock::now() + kLongest;
  do {
    if (auto taken = watch.take(changes); !taken) return taken;
  } while (!changes.empty() && std::chrono::steady_clock::now() < latest && stop.wait(watch.descriptor(), kQuiet));
  return {};
}

}  // namespace

IndexJob::IndexJob(std::string index, std::vector<std::string> paths, indexer::IndexOptions options, bool quiet)
    : index_(std::move(index)), paths_(std::move(paths)), options_(std::move(options)), quiet_(quiet) {}

Result<void> IndexJob::open_rejects(const std::string& path) {
  rejects_path_ = path;
  rejects_.open(path);
  if (rejects_) return {};
  return failure(ErrorCode::kIo, "cannot write " + path + ": " + std::strerror(errno),
                 "name another file with --rejects");
}

Result<indexer::IndexSummary> IndexJob::run(std::vector<std::string> only) {
  std::string what = paths_.front();
  if (paths_.size() > 1) what += " …";
  indexer::IndexOptions options = options_;
  options.read.only = std::move(only);
  const std::uint64_t bytes = options.read.only.empty() ? total_bytes(paths_) : 0;
  ProgressLine progress(what, bytes, quiet_, rejects_path_.empty() ? nullptr : &rejects_);
  auto summary = indexer::run_index(index_, paths_, options, progress);
  progress.finish();
  if (!rejects_path_.empty() && !rejects_.flush()) {
    return failure(ErrorCode::kIo, "cannot write " + rejects_path_ + ": " + std::strerror(errno),
                   "name another file with --rejects");
  }
  return summary;
}

Result<void> IndexJob::tell(const indexer::IndexSummary& summary) const { return write_out(summary_line(summary)); }

Result<void> IndexJob::tell_if_changed(const indexer::IndexSummary& s) const {
  return s.added + s.updated + s.deleted + s.rejected > 0 ? tell(s) : Result<void>();
}

Result<void> IndexJob::repeat(std::chrono::seconds period, const StopSignal& stop) {
  for (bool first = true; !stop.wanted(); first = false) {
    const auto next = std::chrono::steady_clock::now() + period;
    const auto summary = run();
    if (!summary) {
      if (first || !may_pass(summary.error())) return tl::unexpected(summary.error());
      report(summary.error());
    } else if (auto told = first ? tell(*summary) : tell_if_changed(*summary); !told) {
      return told;
    }
    for (auto now = std::chrono::steady_clock::now(); now < next && !stop.wanted();
         now = std::chrono::steady_clock::now()) {
      stop.wait(-1, std::chrono::ceil<milliseconds>(next - now));
    }
  }
  return {};
}

Result<void> IndexJob::watch(const StopSignal& stop) {
  auto watch = ingest::FolderWatch::open(paths_);  // before the first run: what changes meanwhile is not missed
  if (!watch) return tl::unexpected(watch.error());
  const auto first = run();
  if (!first) return tl::unexpected(first.error());
  if (auto told = tell(*first); !told) return told;
  ingest::FolderChanges changes;
  while (!stop.wanted()) {
    if (changes.empty()) stop.wait(watch->descriptor(), kForever);
    if (auto settled = settle(*watch, stop, changes); !settled) return settled;
    if (changes.empty() || stop.wanted()) continue;
    std::vector<std::string> only(changes.paths.begin(), changes.paths.end());
    if (changes.everything) only.clear();
    const auto summary = run(std::move(only));
    if (summary) {
      changes = {};
      if (auto told = tell_if_changed(*summary); !told) return told;
    } else if (!may_pass(summary.error())) {
      return tl::unexpected(summary.error());
    } else {
      report(summary.error());
      stop.wait(-1, kPause);
    }
  }
  return {};
}

}  // namespace depeche::cli
