#include "indexer/part_writer.hh"

#include <filesystem>

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

constexpr int kThrowAway = Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS;

void compact(const std::vector<std::string>& sources, const std::string& to, unsigned flags) {
  Xapian::Database all;
  for (const std::string& source : sources) all.add_database(Xapian::Database(source));
  all.compact(to, flags);
}

std::string sidecar_path(const std::string& part, std::string_view name) { return part + "/" + std::string(name); }

// What is derived from the token stream and the database.
Result<void> write_derived(const std::string& part, const schema::StringTableBuilder& spellings) {
  if (auto done = write_columns(part, true); !done) return done;
  if (auto done = write_hot_postings(part, true); !done) return done;
  return write_suggestions(part, spellings, true);
}

Result<void> write_sidecars(const std::string& part, const TokenStream& stream) {
  schema::SidecarKey key;
  auto keyed = schema::guarded("reading " + part,
                               [&] { key = schema::sidecar_key(Xapian::Database(part), schema::kStreamFormat); });
  if (!keyed) return keyed;
  schema::SidecarBuilder out;
  schema::StringTableBuilder spellings;
  stream.build(out, spellings);
  if (auto done = out.write(sidecar_path(part, schema::kStreamFile), key, true); !done) return done;
  return write_derived(part, spellings);
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

// What cannot be derived again without analysing the texts; null where it is missing.
struct Analysed {
  std::shared_ptr<const schema::Sidecar> stream, suggestions;
  explicit operator bool() const { return stream && suggestions; }
};

Analysed open_analysed(const std::string& part, const Xapian::Database& db) {
  const auto open = [&](std::string_view file, std::uint32_t format) {
    return schema::Sidecar::open(sidecar_path(part, file), schema::sidecar_key(db, format)).value_or(nullptr);
  };
  return {open(schema::kStreamFile, schema::kStreamFormat), open(schema::kSuggestFile, schema::kSuggestFormat)};
}

}  // namespace

void ShardWriter::add(const Xapian::Document& document) {
  if (!open_) {
    shards_.push_back(prefix_ + "-" + std::to_string(made_++));
    open_ = std::make_unique<Xapian::WritableDatabase>(shards_.back(), kThrowAway);
  }
  open_->add_document(document);
  ++documents_;
  if (++in_shard_ < kShardSize) return;
  finish();
  if (shards_.size() >= kShardsPerMerge) merge_shards();
}

void ShardWriter::finish() {
  if (!open_) return;
  open_->commit();
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
  TokenStream joined;
  const TokenStream* stream = &joined;
  auto written = schema::guarded("writing " + part, [&] {
    std::vector<std::string> shards;
    std::size_t filled = 0;
    for (const auto& worker : workers) {
      if (worker->documents() == 0) continue;
      shards.insert(shards.end(), worker->shards().begin(), worker->shards().end());
      stream = &worker->stream();
      ++filled;
    }
    if (filled != 1) {
      stream = &joined;
      for (const auto& worker : workers) joined.append(worker->stream());
    }
    {
      Xapian::WritableDatabase first(shards.front(), Xapian::DB_OPEN);
      first.set_metadata(std::string(schema::kMetaSchema), std::to_string(schema::kSchemaVersion));
      first.set_metadata(std::string(schema::kMetaAnalyzer), metadata.analyzer);
      first.set_metadata(std::string(schema::kMetaEntities), metadata.entities);
      first.set_metadata(std::string(schema::kMetaBuiltWith), "depeche " DEPECHE_VERSION);
      first.commit();
    }
    compact(shards, part, 0);
  });
  if (!written) return written;
  return write_sidecars(part, *stream);
}

Result<void> merge_parts(const std::string& part, const std::vector<std::string>& sources) {
  TokenStream stream;
  bool whole = true;
  auto merged = schema::guarded("writing " + part, [&] {
    for (const std::string& source : sources) {
      const Xapian::Database db(source);
      const auto [first, last] = used_range(db);
      const Analysed analysed = open_analysed(source, db);
      whole = whole && analysed && stream.append(*analysed.stream, *analysed.suggestions, first, last);
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
  std::error_code error;
  fs::copy(source, part, fs::copy_options::recursive, error);
  if (error) return failure(ErrorCode::kIo, "cannot copy " + source + ": " + error.message(), "check free space");
  schema::SidecarKey key;
  Analysed analysed;
  auto copied = schema::guarded("writing " + part, [&] {
    Xapian::WritableDatabase db(part, Xapian::DB_OPEN);
    analysed = open_analysed(part, db);
    for (const Xapian::docid doc : deleted) db.delete_document(doc);
    db.commit();
    key = schema::sidecar_key(db, schema::kStreamFormat);
  });
  if (!copied) return copied;
  if (!analysed) return rebuild_sidecars(part);
  schema::SidecarBuilder again;  // the same words under the database's new revision
  for (const std::string& name : analysed.stream->section_names()) again.add(name, analysed.stream->section(name));
  if (auto done = again.write(sidecar_path(part, schema::kStreamFile), key, true); !done) return done;
  return write_derived(part, spellings_of(*analysed.suggestions));
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
