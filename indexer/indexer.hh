// Articles into an index: added, updated or left alone, published all at once.
//
//   auto summary = run_index("index", {"corpus/"}, options, progress);
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/error.hh"
#include "core/log.hh"
#include "ingest/reader.hh"

namespace depeche::indexer {

struct IndexOptions {
  unsigned jobs = 0;                 // worker threads; 0: one a core
  std::string gazetteer_file;        // the user's names; may be empty
  bool sync_deleted = false;         // `--sync`: articles of the given folders that are gone are deleted
  bool dry_run = false;              // tell what would be done, write nothing
  bool extract = true;               // false: only entities given by the input (bulk loads, benchmarks)
  // What the process should stay below. It decides how large the parts are; what is known of each article of the
  // index and of the run (some 250 bytes) comes on top.
  std::uint64_t memory_bytes = 600u << 20;
  ingest::ReadOptions read;  // `stop` ends the run: what was read by then is published
};

struct IndexSummary {
  std::uint64_t read = 0;       // articles that came out of the input
  std::uint64_t added = 0, updated = 0, unchanged = 0, deleted = 0;
  std::uint64_t skipped = 0;    // passed over without being wrong: not French, a podcast
  std::uint64_t rejected = 0;   // records that could not be used
  std::uint64_t unreadable = 0;  // of them, paths of which nothing could be read
  std::uint64_t passed_over = 0;  // files in folders whose names are not looked at
  std::vector<std::string> missing_paths;
  bool stopped = false;  // before everything was read
  double seconds = 0;
  std::uint64_t revision = 0;   // published; the old one when nothing changed
};

// Adds, updates and deletes so that the index has what `paths` hold ("-" is standard input). An article is known by its
// id, a change by its content. Holds the index's lock while it runs (waits at most 10 s: kLocked names the other
// process). Readers see the old revision until the new one is whole; after an error or a kill the old one stands.
Result<IndexSummary> run_index(const std::string& index, const std::vector<std::string>& paths,
                               const IndexOptions& options, Progress& progress);

struct CheckReport {
  std::vector<std::string> problems;  // one sentence each, naming the file
  std::vector<std::string> repaired;
};

// Reads everything: databases, sidecars, stored articles. `repair` rebuilds sidecars that are missing or damaged.
Result<CheckReport> check_index(const std::string& index, bool repair);

}  // namespace depeche::indexer
