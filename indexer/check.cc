#include <filesystem>

#include "indexer/columns.hh"
#include "indexer/indexer.hh"
#include "indexer/part_writer.hh"
#include "indexer/publish.hh"
#include "schema/database.hh"
#include "schema/index_folder.hh"
#include "schema/part_layout.hh"
#include "schema/sidecar_key.hh"
#include "schema/stored_article.hh"
#include "text/analyzer.hh"

namespace depeche::indexer {
namespace {

struct SidecarKind {
  std::string_view file;
  std::uint32_t format;
};
constexpr SidecarKind kSidecars[] = {{schema::kColumnsFile, schema::kColumnsFormat},
                                     {schema::kStreamFile, schema::kStreamFormat},
                                     {schema::kHotFile, schema::kHotFormat},
                                     {schema::kSuggestFile, schema::kSuggestFormat}};

// Reads every stored article; the first one that cannot be read is told.
Result<void> check_articles(const std::string& part) {
  std::optional<Error> bad;
  auto read = schema::guarded("reading " + part, [&] {
    const Xapian::Database db(part);
    for (auto it = db.postlist_begin(""), end = db.postlist_end(""); it != end && !bad; ++it) {
      const auto stored = schema::decode(db.get_document(*it).get_data());
      if (!stored) bad = Error{stored.error().code, part + ", document " + std::to_string(*it) + ": " + stored.error().message, stored.error().hint};
    }
  });
  if (!read) return read;
  if (bad) return tl::unexpected(*bad);
  return {};
}

Result<void> check_sidecars(const std::string& part) {
  std::vector<schema::SidecarKey> keys;
  auto keyed = schema::guarded("reading " + part, [&] {
    const Xapian::Database db(part);
    for (const SidecarKind& kind : kSidecars) keys.push_back(schema::sidecar_key(db, kind.format));
  });
  if (!keyed) return keyed;
  for (std::size_t i = 0; i < std::size(kSidecars); ++i) {
    const auto sidecar = schema::Sidecar::open(part + "/" + std::string(kSidecars[i].file), keys[i]);
    if (!sidecar) return tl::unexpected(sidecar.error());
    if (auto sound = (*sidecar)->verify(); !sound) return sound;
  }
  return {};
}

}  // namespace

Result<CheckReport> check_index(const std::string& index, bool repair) {
  auto folder = schema::read_index_folder(index);
  if (!folder) return tl::unexpected(folder.error());
  std::optional<IndexLock> lock;
  if (repair) {
    auto taken = IndexLock::take(index, 10);
    if (!taken) return tl::unexpected(taken.error());
    lock.emplace(std::move(*taken));
  }
  CheckReport report;
  const auto note = [&](const Error& error) { report.problems.push_back(error.message); };
  for (std::size_t i = 0; i < folder->parts.size(); ++i) {
    const std::string part = folder->part_path(i);
    auto db = schema::open_part(part);
    if (!db) {
      note(db.error());
      continue;
    }
    if (auto version = schema::check_version(*db, part, text::analyzer_fingerprint()); !version) {
      note(version.error());
      continue;
    }
    std::size_t errors = 0;
    auto tables = schema::guarded("checking " + part, [&] { errors = Xapian::Database::check(part, 0, nullptr); });
    if (!tables) {
      note(tables.error());
      continue;
    }
    if (errors != 0) {
      report.problems.push_back(part + " has " + std::to_string(errors) + " damaged places in its tables");
      continue;
    }
    if (auto articles = check_articles(part); !articles) {
      note(articles.error());
      continue;
    }
    auto sidecars = check_sidecars(part);
    if (sidecars) continue;
    if (!repair) {
      note(sidecars.error());
    } else if (auto rebuilt = rebuild_sidecars(part); rebuilt) {
      report.repaired.push_back("rebuilt the sidecars of " + part + " (" + sidecars.error().message + ")");
    } else {
      note(rebuilt.error());
    }
  }
  return report;
}

}  // namespace depeche::indexer
