// One run of `depeche index`: the input into new parts, then all of it published at once.
#include <algorithm>
#include <chrono>
#include <filesystem>

#include "entities/gazetteer.hh"
#include "indexer/changes.hh"
#include "indexer/generation.hh"
#include "indexer/indexer.hh"
#include "indexer/pipeline.hh"
#include "indexer/publish.hh"
#include "schema/database.hh"
#include "text/analyzer.hh"

namespace depeche::indexer {
namespace {

namespace fs = std::filesystem;

constexpr int kLockSeconds = 10;
constexpr std::uint64_t kMergeShare = 3;  // of the memory: what parts that are joined may have in sidecars

class Run {
 public:
  Run(const schema::IndexFolder& old, const IndexOptions& options, const std::vector<std::string>& paths,
      const entities::Gazetteer& gazetteer, Progress& progress)
      : old_(old), options_(options), workshop_(old.path + "/build-" + std::to_string(old.revision + 1)),
        changes_(options, progress), pipeline_(old, paths, options, gazetteer, changes_, progress), next_(old) {}

  Result<IndexSummary> go();

 private:
  Result<void> read_everything();
  Result<void> delete_what_is_gone();
  Result<void> publish_changes();

  const schema::IndexFolder& old_;
  const IndexOptions& options_;
  const std::string workshop_;
  Changes changes_;
  Pipeline pipeline_;
  Generation next_;
  std::vector<std::string> new_parts_;
};

Result<void> Run::read_everything() {
  std::error_code error;
  if (!options_.dry_run) fs::create_directories(workshop_, error);
  if (error) {
    return failure(ErrorCode::kIo, "cannot make " + workshop_ + ": " + error.message(), "check its permissions");
  }
  while (!pipeline_.exhausted()) {
    const std::string part = next_.new_part();
    const auto filled = pipeline_.fill_part(next_.path(part), workshop_);
    if (!filled) return tl::unexpected(filled.error());
    if (*filled) new_parts_.push_back(part);
  }
  if (!options_.dry_run) fs::remove_all(workshop_, error);  // what is left of it is removed by the next run
  return {};
}

// A run that was stopped has not seen everything: it deletes nothing.
Result<void> Run::delete_what_is_gone() {
  if (!options_.sync_deleted || changes_.summary.stopped) return {};
  return schema::guarded("reading " + old_.path,
                         [&] { changes_.delete_what_is_gone(old_, pipeline_.reader().covered()); });
}

Result<void> Run::publish_changes() {
  if (auto removed = next_.remove(changes_.deletions()); !removed) return removed;
  for (const std::string& part : new_parts_) next_.add(part);
  // A first run that finds nothing to add still makes an index, so that it can be searched (and found empty).
  const bool first = old_.revision == 0 && changes_.summary.unreadable == 0;
  if (!next_.changed() && !first) return {};
  if (auto merged = next_.merge_small(options_.memory_bytes / kMergeShare); !merged) return merged;
  const auto published = publish(old_, next_.parts());
  if (!published) return tl::unexpected(published.error());
  changes_.summary.revision = published->revision;
  remove_leftovers(*published, old_);
  return {};
}

Result<IndexSummary> Run::go() {
  const auto start = std::chrono::steady_clock::now();
  IndexSummary& summary = changes_.summary;
  summary.revision = old_.revision;
  if (auto read = read_everything(); !read) return tl::unexpected(read.error());
  ingest::RecordReader& reader = pipeline_.reader();
  changes_.refuse(reader.take_rejections());
  summary.missing_paths = reader.missing_paths();
  summary.passed_over = reader.passed_over();
  summary.stopped = options_.read.stop != nullptr && *options_.read.stop;
  if (auto deleted = delete_what_is_gone(); !deleted) return tl::unexpected(deleted.error());
  if (!options_.dry_run) {
    if (auto published = publish_changes(); !published) return tl::unexpected(published.error());
  }
  summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return summary;
}

// The index to write to: an empty one at revision 0 where there is none yet.
Result<schema::IndexFolder> open_for_writing(const std::string& index) {
  std::error_code error;
  auto folder = schema::read_index_folder(index);
  if (!folder) {
    const bool fresh = !fs::exists(index, error) || (fs::is_directory(index, error) && fs::is_empty(index, error));
    const bool only_ours = fs::is_directory(index, error) &&
                           std::all_of(fs::directory_iterator(index, error), fs::directory_iterator{}, [](const auto& e) {
                             const std::string name = e.path().filename();
                             return name == "LOCK" || name.starts_with("build-") || name.starts_with("part-");
                           });
    if (folder.error().code == ErrorCode::kIndexMissing && (fresh || only_ours)) return schema::IndexFolder{index, 0, {}};
    if (folder.error().code == ErrorCode::kIndexMissing) {
      return failure(ErrorCode::kIndexDamaged, index + " is not an index and not empty",
                     "name an empty or new folder with --db DIR");
    }
    return folder;
  }
  for (std::size_t i = 0; i < folder->parts.size(); ++i) {
    auto db = schema::open_part(folder->part_path(i));
    if (!db) return tl::unexpected(db.error());
    if (auto checked = schema::check_version(*db, folder->part_path(i), text::analyzer_fingerprint()); !checked) {
      return tl::unexpected(checked.error());
    }
  }
  return folder;
}

}  // namespace

Result<IndexSummary> run_index(const std::string& index, const std::vector<std::string>& paths,
                               const IndexOptions& options, Progress& progress) {
  std::vector<entities::GazetteerProblem> problems;
  auto gazetteer = entities::Gazetteer::load(options.gazetteer_file, &problems);
  if (!gazetteer) return tl::unexpected(gazetteer.error());
  for (const auto& p : problems) progress.note(p.where + ": " + p.why);
  auto before = open_for_writing(index);
  if (!before) return tl::unexpected(before.error());
  if (options.dry_run) return Run(*before, options, paths, *gazetteer, progress).go();  // writes nothing: no lock
  auto lock = IndexLock::take(index, kLockSeconds);
  if (!lock) return tl::unexpected(lock.error());
  auto folder = open_for_writing(index);  // again: another writer may have published while we waited
  if (!folder) return tl::unexpected(folder.error());
  remove_leftovers(*folder, *folder);
  auto summary = Run(*folder, options, paths, *gazetteer, progress).go();
  if (!summary) remove_leftovers(*folder, *folder);  // the space of what was begun, on a disk that is full perhaps
  return summary;
}

}  // namespace depeche::indexer
