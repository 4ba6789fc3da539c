// Articles on their way from the input into new parts: read, parsed, compared with the index, annotated, analysed and
// written, on several threads. Every step that depends on other articles happens in the order of the input, so that the
// result does not depend on the number of threads.
//
// At most one record of the input a thread is under way; a part ends where its words would take more memory than they
// may.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "entities/gazetteer.hh"
#include "indexer/changes.hh"
#include "indexer/input_order.hh"
#include "indexer/part_writer.hh"

namespace depeche::indexer {

class Pipeline {
 public:
  // All of them must outlive the pipeline. `old` is the index as it is.
  Pipeline(const schema::IndexFolder& old, const std::vector<std::string>& paths, const IndexOptions& options,
           const entities::Gazetteer& gazetteer, Changes& changes, Progress& progress);

  // Makes the folder `part` of the articles that come next; shards are written to `workshop`, which must exist, unless
  // it is a dry run. False, and no folder, when there was nothing to write.
  Result<bool> fill_part(const std::string& part, const std::string& workshop);
  bool exhausted() const { return exhausted_; }  // every record was read, or the run is to stop
  ingest::RecordReader& reader() { return reader_; }

 private:
  struct Work {
    ingest::RawRecord raw;
    std::uint64_t number = 0;  // in the order of the input
    std::vector<ingest::Rejection> before;
  };

  bool next(Work& work);
  void run(ShardWriter& writer);
  ParsedRecord parsed(ingest::ArticleParser& parser, Work& work, const ExistingArticles& existing) const;
  bool is_moved(const Candidate& candidate, const ExistingArticles& existing) const;
  void report(std::uint64_t bytes);
  void fail(Error error);

  const schema::IndexFolder& old_;
  const IndexOptions& options_;
  const entities::Gazetteer& gazetteer_;
  Changes& changes_;
  Progress& progress_;
  const std::string extractor_fingerprint_;

  std::mutex reader_mutex_;
  ingest::RecordReader reader_;
  std::uint64_t records_ = 0;
  bool exhausted_ = false;

  InputOrder admission_, grouping_;
  GroupFinder groups_;
  bool groups_loaded_ = false;
  std::atomic<std::uint64_t> part_bytes_{0};  // of title and text
  std::uint64_t read_bytes_ = 0;
  std::chrono::steady_clock::time_point last_report_{};

  std::mutex error_mutex_;
  std::optional<Error> error_;
  std::atomic<bool> failed_{false};
};

}  // namespace depeche::indexer
