// One run of `depeche index`: read, parse, compare, extract, analyse, write parts, publish.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "core/hash.hh"
#include "entities/extractor.hh"
#include "entities/gazetteer.hh"
#include "indexer/existing.hh"
#include "indexer/indexer.hh"
#include "indexer/input_order.hh"
#include "indexer/part_writer.hh"
#include "indexer/publish.hh"
#include "schema/database.hh"
#include "text/analyzer.hh"

namespace depeche::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kArticlesPerPart = 150'000;  // bounds what a run keeps in memory
constexpr std::size_t kMaxParts = 8;
constexpr std::size_t kPartsPerMerge = 4;
constexpr int kLockSeconds = 10;
constexpr int kProgressMs = 100;

std::uint64_t content_hash(const Article& article, std::string_view extractor) {
  // Other names or rules change it too: then the article is to be read again.
  return schema::hash_of(article, fnv1a(extractor));
}

// An article on its way through one worker.
struct Candidate {
  schema::StoredArticle stored;
  std::string where, origin;
  std::optional<ExistingArticles::Found> existing;
};

struct Outcome {
  enum Kind { kRejected, kSkipped } kind;
  std::string where, why;
};

class Collector : public ingest::ArticleSink {
 public:
  std::vector<Candidate> articles;
  std::vector<Outcome> outcomes;
  void article(Article&& article, std::string_view where) override {
    Candidate& c = articles.emplace_back();
    c.stored.article = std::move(article);
    c.where = where;
  }
  void reject(std::string_view where, std::string_view why) override {
    outcomes.push_back({Outcome::kRejected, std::string(where), std::string(why)});
  }
  void skip(std::string_view where, std::string_view why) override {
    outcomes.push_back({Outcome::kSkipped, std::string(where), std::string(why)});
  }
};

class Run {
 public:
  Run(schema::IndexFolder old, const IndexOptions& options, const std::vector<std::string>& paths, Progress& progress,
      const entities::Gazetteer& gazetteer)
      : old_(std::move(old)), options_(options), progress_(progress), gazetteer_(gazetteer),
        reader_(paths, options.read), extractor_fingerprint_(entities::extractor_fingerprint(gazetteer)),
        build_folder_(old_.path + "/build-" + std::to_string(old_.revision + 1)) {}

  Result<IndexSummary> go();

 private:
  unsigned jobs() const {
    return options_.jobs != 0 ? options_.jobs : std::max(1u, std::thread::hardware_concurrency());
  }
  Result<void> fill_part();
  void work(ShardWriter& writer);
  bool next_record(ingest::RawRecord& raw, std::uint64_t& number);
  void admit(const ingest::RawRecord& raw, Collector& found, std::vector<Candidate>& kept);
  void report(const ingest::RawRecord& raw);
  void fail(Error error);
  void take_deletions();
  bool may_still_be_there(const std::string& origin) const;
  Result<schema::IndexFolder> publish_all();
  Result<std::vector<std::string>> surviving_parts();
  Result<void> merge_small(std::vector<std::string>& parts);

  const schema::IndexFolder old_;
  const IndexOptions& options_;
  Progress& progress_;
  const entities::Gazetteer& gazetteer_;

  std::mutex reader_mutex_;
  ingest::RecordReader reader_;
  std::uint64_t records_ = 0, bytes_ = 0;
  bool exhausted_ = false;
  std::atomic<std::size_t> in_part_{0};

  const std::string extractor_fingerprint_;
  const std::string build_folder_;
  InputOrder admission_, grouping_;
  GroupFinder groups_;
  std::unordered_map<std::string, std::string> seen_;  // id → where it was met first in this run
  std::unordered_set<std::string> rejected_origins_;   // inputs that had a record that could not be used
  std::map<std::size_t, std::vector<Xapian::docid>> deleted_;  // by old part
  std::vector<std::string> new_parts_;
  IndexSummary summary_;

  std::mutex error_mutex_;
  std::optional<Error> error_;
  std::atomic<bool> stopped_{false};
  std::chrono::steady_clock::time_point last_report_{};
};

void Run::fail(Error error) {
  {
    const std::lock_guard lock(error_mutex_);
    if (!error_) error_ = std::move(error);
  }
  stopped_ = true;
  admission_.stop();
  grouping_.stop();
}

bool Run::next_record(ingest::RawRecord& raw, std::uint64_t& number) {
  const std::lock_guard lock(reader_mutex_);
  if (stopped_ || exhausted_ || in_part_ >= kArticlesPerPart) return false;
  if (!reader_.next(raw)) {
    exhausted_ = true;
    return false;
  }
  number = records_++;
  return true;
}

// In input order: the first article with an id counts, whatever the threads do.
void Run::admit(const ingest::RawRecord& raw, Collector& found, std::vector<Candidate>& kept) {
  for (const Outcome& o : found.outcomes) {
    if (o.kind == Outcome::kSkipped) {
      ++summary_.skipped;
    } else {
      ++summary_.rejected;
      rejected_origins_.insert(raw.path_id);
      progress_.reject(o.where, o.why);
    }
  }
  for (Candidate& c : found.articles) {
    const auto [seen, is_new] = seen_.try_emplace(c.stored.article.id, c.where);
    if (!is_new) {
      ++summary_.rejected;
      progress_.reject(c.where, "id \"" + c.stored.article.id + "\" was met before, in " + seen->second);
      continue;
    }
    ++summary_.read;
    if (c.existing && c.existing->content_hash == c.stored.content_hash) {
      ++summary_.unchanged;
      continue;
    }
    if (c.existing) {
      ++summary_.updated;
      deleted_[c.existing->place.part].push_back(c.existing->place.doc);
    } else {
      ++summary_.added;
    }
    if (!options_.dry_run) kept.push_back(std::move(c));
  }
}

void Run::report(const ingest::RawRecord& raw) {
  bytes_ += raw.input_bytes;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_report_ < std::chrono::milliseconds(kProgressMs)) return;
  last_report_ = now;
  progress_.advance({.done = summary_.read + summary_.rejected + summary_.skipped, .total = 0, .bytes = bytes_});
}

void Run::work(ShardWriter& writer) {
  ingest::ArticleParser parser(options_.read);
  entities::Extractor extractor(gazetteer_);
  DocumentBuilder builder;
  const ExistingArticles existing(old_);
  ingest::RawRecord raw;
  std::uint64_t number = 0;
  while (next_record(raw, number)) {
    Collector found;
    parser.parse(raw, found);
    for (Candidate& c : found.articles) {
      c.origin = raw.path_id;
      c.stored.content_hash = content_hash(c.stored.article, extractor_fingerprint_);
      c.existing = existing.find(c.stored.article.id);
    }
    std::vector<Candidate> kept;
    const auto admitted = [&] {
      admit(raw, found, kept);
      report(raw);
    };
    if (!admission_.in_turn(number, admitted)) return;
    std::vector<Signature> signatures;
    std::vector<Xapian::Document> documents;
    for (Candidate& c : kept) {
      if (options_.extract) c.stored.annotations = extractor.extract(c.stored.article);
      c.stored.labels = facet_labels(c.stored.article, c.stored.annotations);
      builder.analyze(c.stored);
      signatures.push_back(builder.signature());
      documents.push_back(builder.document(c.stored, c.origin, signatures.back()));
      writer.add_words(builder, c.stored);
    }
    const auto grouped = [&] {
      for (std::size_t i = 0; i < documents.size(); ++i) set_group(documents[i], groups_.find_or_add(signatures[i]));
    };
    if (!grouping_.in_turn(number, grouped)) return;
    for (const Xapian::Document& document : documents) writer.add(document);
    in_part_ += documents.size();
  }
  writer.finish();
}

Result<void> Run::fill_part() {
  in_part_ = 0;
  std::vector<std::unique_ptr<ShardWriter>> writers;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < jobs(); ++i) {
    writers.push_back(std::make_unique<ShardWriter>(build_folder_, std::to_string(new_parts_.size()) + "-" + std::to_string(i)));
  }
  for (auto& writer : writers) {
    threads.emplace_back([this, &writer] {
      try {
        auto done = schema::guarded("writing the index", [&] { work(*writer); });
        if (!done) fail(done.error());
      } catch (const std::exception& error) {
        fail({ErrorCode::kInternal, error.what(), ""});
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (error_) return tl::unexpected(*error_);
  if (in_part_ == 0) return {};
  const std::string name = new_part_name(old_, new_parts_.size());
  auto written = write_part(old_.path + "/" + name, writers, {text::analyzer_fingerprint(), extractor_fingerprint_});
  std::error_code ignored;
  for (const auto& writer : writers) {
    for (const std::string& shard : writer->shards()) fs::remove_all(shard, ignored);
  }
  if (!written) return written;
  new_parts_.push_back(name);
  return {};
}

// `--sync`: what came from the given folders before and was not met in this run. What lies in a file that could not be
// read, or not whole, is not gone.
void Run::take_deletions() {
  if (!options_.sync_deleted || reader_.folder_prefixes().empty()) return;
  const ExistingArticles existing(old_);
  std::vector<Xapian::Database> parts;
  for (std::size_t i = 0; i < old_.parts.size(); ++i) parts.emplace_back(old_.part_path(i));
  std::string buffer;
  for (const auto& [place, origin] : existing.from_inputs(reader_.folder_prefixes())) {
    const std::string data = parts[place.part].get_document(place.doc).get_data();
    const auto summary = schema::decode_summary(data, buffer);
    if (!summary || seen_.contains(std::string(summary->id)) || may_still_be_there(origin)) continue;
    deleted_[place.part].push_back(place.doc);
    ++summary_.deleted;
  }
}

bool Run::may_still_be_there(const std::string& origin) const {
  if (rejected_origins_.contains(origin)) return true;
  const std::string path = origin.substr(origin.find('/'));  // below the folder given: "/2024/a.jsonl"
  return std::any_of(reader_.rejections().begin(), reader_.rejections().end(), [&](const ingest::Rejection& r) {
    for (std::size_t end = path.size(); end != 0 && end != std::string::npos; end = path.rfind('/', end - 1)) {
      if (r.where.ends_with(std::string_view(path).substr(0, end))) return true;  // the file, or a folder it is in
    }
    return false;
  });
}

Result<std::vector<std::string>> Run::surviving_parts() {
  std::vector<std::string> parts;
  std::size_t copies = 0;
  for (std::size_t i = 0; i < old_.parts.size(); ++i) {
    if (!deleted_.contains(i)) {
      parts.push_back(old_.parts[i]);
      continue;
    }
    auto& docs = deleted_[i];
    std::sort(docs.begin(), docs.end());
    docs.erase(std::unique(docs.begin(), docs.end()), docs.end());
    Xapian::doccount count = 0;
    auto counted = schema::guarded("reading " + old_.part_path(i),
                                   [&] { count = Xapian::Database(old_.part_path(i)).get_doccount(); });
    if (!counted) return tl::unexpected(counted.error());
    if (docs.size() >= count) continue;  // nothing is left of it
    const std::string name = new_part_name(old_, new_parts_.size() + 100 + copies++);
    if (auto done = copy_part_without(old_.path + "/" + name, old_.part_path(i), docs); !done) {
      return tl::unexpected(done.error());
    }
    parts.push_back(name);
  }
  return parts;
}

// Joins the smallest parts when there are many, so that a query never opens more than kMaxParts.
Result<void> Run::merge_small(std::vector<std::string>& parts) {
  std::size_t merges = 0;
  while (parts.size() > kMaxParts) {
    std::vector<std::pair<Xapian::doccount, std::string>> by_size;
    auto counted = schema::guarded("reading " + old_.path, [&] {
      for (const std::string& part : parts) {
        by_size.emplace_back(Xapian::Database(old_.path + "/" + part).get_doccount(), part);
      }
    });
    if (!counted) return counted;
    std::stable_sort(by_size.begin(), by_size.end(), [](auto& a, auto& b) { return a.first < b.first; });
    std::vector<std::string> chosen, paths, kept;
    for (std::size_t i = 0; i < kPartsPerMerge; ++i) chosen.push_back(by_size[i].second);
    for (const std::string& part : parts) {
      const bool joins = std::find(chosen.begin(), chosen.end(), part) != chosen.end();
      if (joins) {
        paths.push_back(old_.path + "/" + part);
      } else {
        kept.push_back(part);
      }
    }
    const std::string name = new_part_name(old_, 1000 + merges++);
    if (auto done = merge_parts(old_.path + "/" + name, paths); !done) return done;
    kept.push_back(name);
    parts = std::move(kept);
  }
  return {};
}

Result<schema::IndexFolder> Run::publish_all() {
  auto parts = surviving_parts();
  if (!parts) return tl::unexpected(parts.error());
  parts->insert(parts->end(), new_parts_.begin(), new_parts_.end());
  if (auto merged = merge_small(*parts); !merged) return tl::unexpected(merged.error());
  return publish(old_, std::move(*parts));
}

Result<IndexSummary> Run::go() {
  const auto start = std::chrono::steady_clock::now();
  std::error_code error;
  if (!options_.dry_run) {
    fs::create_directories(build_folder_, error);
    if (error) {
      return failure(ErrorCode::kIo, "cannot make " + build_folder_ + ": " + error.message(), "check its permissions");
    }
  }
  auto loaded = schema::guarded("reading " + old_.path, [&] { ExistingArticles(old_).load_groups(groups_); });
  if (!loaded) return tl::unexpected(loaded.error());
  while (!exhausted_) {
    if (auto filled = fill_part(); !filled) return tl::unexpected(filled.error());
  }
  for (const ingest::Rejection& r : reader_.rejections()) {
    ++summary_.rejected;
    if (r.unreadable) ++summary_.unreadable;
    progress_.reject(r.where, r.why);
  }
  summary_.missing_paths = reader_.missing_paths();
  summary_.passed_over = reader_.passed_over();
  auto deletions = schema::guarded("reading " + old_.path, [&] { take_deletions(); });
  if (!deletions) return tl::unexpected(deletions.error());
  summary_.revision = old_.revision;
  const bool changed = !new_parts_.empty() || !deleted_.empty();
  // A first run that finds nothing to add still makes an index, so that it can be searched (and found empty).
  const bool first = old_.revision == 0 && summary_.unreadable == 0;
  if (!options_.dry_run && (changed || first)) {
    auto next = publish_all();
    if (!next) return tl::unexpected(next.error());
    summary_.revision = next->revision;
    remove_leftovers(*next, old_);
  }
  if (!options_.dry_run) fs::remove_all(build_folder_, error);
  progress_.advance({.done = summary_.read + summary_.rejected + summary_.skipped, .total = 0, .bytes = bytes_});
  summary_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return summary_;
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
  if (options.dry_run) return Run(*before, options, paths, progress, *gazetteer).go();  // writes nothing: no lock
  auto lock = IndexLock::take(index, kLockSeconds);
  if (!lock) return tl::unexpected(lock.error());
  auto folder = open_for_writing(index);  // again: another writer may have published while we waited
  if (!folder) return tl::unexpected(folder.error());
  remove_leftovers(*folder, *folder);
  return Run(*folder, options, paths, progress, *gazetteer).go();
}

}  // namespace depeche::indexer
