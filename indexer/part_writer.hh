// Builds one part: many small databases that are thrown away, compacted into one, and the sidecars beside it.
//
// Small because Xapian's in-memory inverter slows down as it grows: flushing every kShardSize articles is several times
// faster than one long transaction.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "core/error.hh"
#include "indexer/document.hh"
#include "indexer/open_database.hh"
#include "indexer/token_stream.hh"

namespace depeche::indexer {

inline constexpr std::size_t kShardSize = 500;     // articles
inline constexpr std::size_t kShardsPerMerge = 48; // databases compacted at once: six files each are open

// What one worker thread adds. Throws Xapian::Error; the caller guards.
class ShardWriter {
 public:
  // `folder` must exist; `name` makes this worker's files unique in it.
  ShardWriter(std::string folder, std::string name) : prefix_(std::move(folder) + "/" + std::move(name)) {}

  // The words of a document, before or after the document itself; both in the same order.
  void add_words(const DocumentBuilder& builder, const schema::StoredArticle& stored) {
    builder.add_to(stream_, stored);
  }
  void add(const Xapian::Document& document);
  // Ends the last shard. The shards' documents are numbered on from one to the next, as those of the stream.
  void finish();

  const std::vector<std::string>& shards() const { return shards_; }
  TokenStream take_stream() { return std::move(stream_); }
  std::size_t documents() const { return documents_; }

 private:
  void merge_shards();

  std::string prefix_;
  std::unique_ptr<OpenDatabase> open_;
  std::vector<std::string> shards_;
  std::size_t in_shard_ = 0, documents_ = 0, made_ = 0;
  TokenStream stream_;
};

struct PartMetadata {
  std::string analyzer, entities;
};

// Compacts the shards of all workers into the new folder `part` and writes its sidecars, everything on disk (fsync). The
// shards are removed. REQUIRES: there is a document.
Result<void> write_part(const std::string& part, const std::vector<std::unique_ptr<ShardWriter>>& workers,
                        const PartMetadata& metadata);

// Joins whole parts into a new one.
Result<void> merge_parts(const std::string& part, const std::vector<std::string>& sources);

// A copy of `source` without some documents.
Result<void> copy_part_without(const std::string& part, const std::string& source,
                               const std::vector<Xapian::docid>& deleted);

// Analyses the stored articles of a part again and writes its token stream (and all that is derived from it).
Result<void> rebuild_sidecars(const std::string& part);

}  // namespace depeche::indexer
