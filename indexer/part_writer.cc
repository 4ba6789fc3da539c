#include "indexer/part_writer.hh"

#include <filesystem>
#include <future>

#include "core/utf8.hh"
#include "indexer/columns.hh"
#include "indexer/suggestions.hh"
#include "schema/database.hh"
#include "schema/index_folder.hh"
#include "schema/part_layout.hh"
#include "schema/sidecar_key.hh"
#include "schema/sidecar.hh"

namespace depeche::indexer {
namespace {

namespace fs = std::filesystem;

// Without DB_DANGEROUS, which gains nothing on a new database, and makes Xapian hide a full disk behind the complaint that
// it cannot go back.
constexpr int kThrowAway = Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC;

// Xapian reads whole blocks. Half of its default costs 0.4 % more room and makes a request 5 % quicker.
constexpr int kBlockBytes = 4096;

void compact(const std::vector<std::string>& sources, const std::string& to, unsigned flags) {
  Xapian::Database all;
  for (const std::string& source : sources) all.add_database(Xapian::Database(source));
  all.compact(to, flags, kBlockBytes);
}

std::string sidecar_path(const std::string& part, std::string_view name) { return part + "/" + std::string(name); }

// The token stream and the spellings of its words: what cannot be derived again without analysing the texts.
struct Words {
  schema::SidecarBuilder stream;
  schema::StringTableBuilder spellings;
};

Result<void> write_sidecars(const std::string& part, const Words& words) {
  schema::SidecarKey key;
  auto keyed = schema::guarded("reading " + part,
                               [&] { key = schema::sidecar_key(Xapian::Database(part), schema::kStreamFormat); });
  if (!keyed) return keyed;
  auto columns = std::async(std::launch::async, [&] { return write_columns(part, true); });
  auto others = words.stream.write(sidecar_path(part, schema::kStreamFile), key, true);
  if (others) others = write_hot_postings(part, true);
  if (auto done = columns.get(); !done) return done;
  if (!others) return others;
  return write_suggestions(part, words.spellings, true);
}

Result<void> write_sidecars(const std::string& part, const TokenStream& stream) {
  Words words;
  stream.build(words.stream, words.spellings);
  return write_sidecars(part, words);
}

// Joins the shards of all workers, which are removed.
void compact_shards(const std::string& part, const std::vector<std::unique_ptr<ShardWriter>>& workers,
                    const PartMetadata& metadata) {
  std::vector<std::string> shards;
  for (const auto& worker : workers) shards.insert(shards.end(), worker->shards().begin(), worker->shards().end());
  OpenDatabase first(shards.front(), Xapian::DB_OPEN);
  first->set_metadata(std::string(schema::kMetaSchema), std::to_string(schema::kSchemaVersion));
  first->set_metadata(std::string(schema::kMetaAnalyzer), metadata.analyzer);
  first->set_metadata(std::string(schema::kMetaEntities), metadata.entities);
  first->set_metadata(std::string(schema::kMetaBuiltWith), "depeche " DEPECHE_VERSION);
  first.commit_and_close();
  compact(shards, part, 0);
  for (const std::string& shard : shards) fs::remove_all(shard);
}

// The words of all workers, in the order of their shards.
Words joined_words(const std::vector<std::unique_ptr<ShardWriter>>& workers) {
  TokenStream all;
  for (const auto& worker : workers) {
    TokenStream more = worker->take_stream();
    if (all.documents() == 0) {
      all = std::move(more);
    } else {
      all.append(more);
    }
  }
  Words words;
  all.build(words.stream, words.spellings);
  return words;
}

// All of a part but what is derived from it.
Result<void> copy_database(const std::string& part, const std::string& source) {
  std::error_code error;
  fs::create_directory(part, error);
  for (fs::directory_iterator it(source, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".dps") continue;
    if (!fs::copy_file(it->path(), fs::path(part) / it->path().filename(), error)) break;
  }
  if (!error) return {};
  return failure(ErrorCode::kIo, "cannot copy " + source + ": " + error.message(), "check free space");
}

// First and last document number in use; compaction drops the unused ones before and behind.
std::pair<Xapian::docid, Xapian::docid> used_range(const Xapian::Database& db) {
  Xapian::docid first = 0, last = 0;
  for (auto it = db.postlist_begin(""), end = db.postlist_end(""); it != end; ++it) {
    if (first == 0) first = *it;
    last = *it;
  }
  return {first, last};
}

// The same as it lies on disk; null where it is missing.
struct StoredWords {
  std::shared_ptr<const schema::Sidecar> stream, suggestions;
  explicit operator bool() const { return stream && suggestions; }
};

StoredWords open_words(const std::string& part, const Xapian::Database& db) {
  const auto open = [&](std::string_view file, std::uint32_t format) {
    return schema::Sidecar::open(sidecar_path(part, file), schema::sidecar_key(db, format)).value_or(nullptr);
  };
  return {open(schema::kStreamFile, schema::kStreamFormat), open(schema::kSuggestFile, schema::kSuggestFormat)};
}

}  // namespace

void ShardWriter::add(const Xapian::Document& document) {
  if (!open_) {
    shards_.push_back(prefix_ + "-" + std::to_string(made_++));
    open_ = std::make_unique<OpenDatabase>(shards_.back(), kThrowAway);
  }
  (*open_)->add_document(document);
  ++documents_;
  if (++in_shard_ < kShardSize) return;
  finish();
  if (shards_.size() >= kShardsPerMerge) merge_shards();
}

void ShardWriter::finish() {
  if (!open_) return;
  open_->commit_and_close();
  open_.reset();
  in_shard_ = 0;
}

void ShardWriter::merge_shards() {
  const std::string merged = prefix_ + "-" + std::to_string(made_++);
  compact(shards_, merged, 0);
  for (const std::string& shard : shards_) fs::remove_all(shard);
  shards_.assign(1, merged);
}

Result<void> write_part(const std::string& part, const std::vector<std::unique_ptr<ShardWriter>>& workers,
                        const PartMetadata& metadata) {
  // The words are put in order while Xapian joins the shards.
  auto compacted = std::async(std::launch::async, [&] {
    return schema::guarded("writing " + part, [&] { compact_shards(part, workers, metadata); });
  });
  const Words words = joined_words(workers);
  if (auto done = compacted.get(); !done) return done;
  return write_sidecars(part, words);
}

Result<void> merge_parts(const std::string& part, const std::vector<std::string>& sources) {
  TokenStream stream;
  bool whole = true;
  auto merged = schema::guarded("writing " + part, [&] {
    for (const std::string& source : sources) {
      const Xapian::Database db(source);
      const auto [first, last] = used_range(db);
      const StoredWords words = open_words(source, db);
      whole = whole && words && stream.append(*words.stream, *words.suggestions, first, last);
    }
    compact(sources, part, 0);
    whole = whole && Xapian::Database(part).get_lastdocid() == stream.documents();
  });
  if (!merged) return merged;
  if (!whole) return rebuild_sidecars(part);
  return write_sidecars(part, stream);
}

Result<void> copy_part_without(const std::string& part, const std::string& source,
                               const std::vector<Xapian::docid>& deleted) {
  if (auto copied = copy_database(part, source); !copied) return copied;
  StoredWords words;
  auto written = schema::guarded("writing " + part, [&] {
    words = open_words(source, Xapian::Database(source));
    OpenDatabase db(part, Xapian::DB_OPEN);
    for (const Xapian::docid doc : deleted) db->delete_document(doc);
    db.commit_and_close();
  });
  if (!written) return written;
  if (!words) return rebuild_sidecars(part);
  Words again;  // the same under the database's new revision
  for (const std::string& name : words.stream->section_names()) again.stream.add(name, words.stream->section(name));
  again.spellings = spellings_of(*words.suggestions);
  return write_sidecars(part, again);
}

Result<void> rebuild_sidecars(const std::string& part) {
  TokenStream stream;
  std::optional<Error> bad;
  auto read = schema::guarded("reading " + part, [&] {
    const Xapian::Database db(part);
    DocumentBuilder builder;
    for (auto it = db.postlist_begin(""), end = db.postlist_end(""); it != end; ++it) {
      while (stream.documents() + 1 < *it) stream.add_hole();
      const auto stored = schema::decode(db.get_document(*it).get_data());
      if (!stored) {
        bad = stored.error();
        return;
      }
      builder.analyze(*stored);
      builder.add_to(stream, *stored);
    }
    while (stream.documents() < db.get_lastdocid()) stream.add_hole();
  });
  if (!read) return read;
  if (bad) return tl::unexpected(*bad);
  return write_sidecars(part, stream);
}

}  // namespace depeche::indexer
