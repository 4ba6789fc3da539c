#include "indexer/pipeline.hh"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <thread>

#include "core/hash.hh"
#include "entities/extractor.hh"
#include "schema/database.hh"
#include "text/analyzer.hh"

namespace depeche::indexer {
namespace {

constexpr std::chrono::milliseconds kReportEvery{100};
// Of the memory that a run may take, the share that a part's texts may have: the words of a text take a quarter of its
// size, and exist up to four times while the part is written.
constexpr std::uint64_t kTextShare = 3;

unsigned jobs(const IndexOptions& options) {
  return options.jobs != 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace

Pipeline::Pipeline(const schema::IndexFolder& old, const std::vector<std::string>& paths, const IndexOptions& options,
                   const entities::Gazetteer& gazetteer, Changes& changes, Progress& progress)
    : old_(old), options_(options), gazetteer_(gazetteer), changes_(changes), progress_(progress),
      extractor_fingerprint_(entities::extractor_fingerprint(gazetteer)), reader_(paths, options.read) {}

Result<bool> Pipeline::fill_part(const std::string& part, const std::string& workshop) {
  if (!groups_loaded_ && !options_.dry_run) {
    auto loaded = schema::guarded("reading " + old_.path, [&] { ExistingArticles(old_).load_groups(groups_); });
    if (!loaded) return tl::unexpected(loaded.error());
    groups_loaded_ = true;
  }
  part_bytes_ = 0;
  std::vector<std::unique_ptr<ShardWriter>> writers;
  for (unsigned i = 0; i < jobs(options_); ++i) {
    writers.push_back(std::make_unique<ShardWriter>(workshop, std::to_string(records_) + "-" + std::to_string(i)));
  }
  std::vector<std::thread> threads;
  for (auto& writer : writers) {
    threads.emplace_back([this, &writer] {
      try {
        auto done = schema::guarded("writing the index", [&] { run(*writer); });
        if (!done) fail(done.error());
      } catch (const std::exception& error) {
        fail({ErrorCode::kInternal, error.what(), ""});
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  report(0);
  if (error_) return tl::unexpected(*error_);
  if (part_bytes_ == 0) return false;
  auto written = write_part(part, writers, {text::analyzer_fingerprint(), extractor_fingerprint_});
  if (!written) return tl::unexpected(written.error());
  return true;
}

bool Pipeline::next(Work& work) {
  const std::lock_guard lock(reader_mutex_);
  if (failed_ || exhausted_ || part_bytes_ >= options_.memory_bytes / kTextShare) return false;
  if (!reader_.next(work.raw)) {
    exhausted_ = true;
    return false;
  }
  work.before = reader_.take_rejections();
  work.number = records_++;
  return true;
}

void Pipeline::run(ShardWriter& writer) {
  ingest::ArticleParser parser(options_.read);
  entities::Extractor extractor(gazetteer_);
  DocumentBuilder builder;
  const ExistingArticles existing(old_);
  Work work;
  while (next(work)) {
    ParsedRecord record = parsed(parser, work, existing);
    std::vector<Candidate> kept;
    const auto admitted = [&] {
      kept = changes_.admit(std::move(record));
      report(work.raw.input_bytes);
    };
    if (!admission_.in_turn(work.number, admitted)) return;
    std::vector<Signature> signatures;
    std::vector<Xapian::Document> documents;
    std::uint64_t bytes = 0;
    for (Candidate& c : kept) {
      if (options_.extract) c.stored.annotations = extractor.extract(c.stored.article);
      c.stored.labels = facet_labels(c.stored.article, c.stored.annotations);
      builder.analyze(c.stored);
      signatures.push_back(builder.signature());
      documents.push_back(builder.document(c.stored, c.origin, signatures.back()));
      writer.add_words(builder, c.stored);
      bytes += c.stored.article.title.size() + c.stored.article.text.size();
    }
    const auto grouped = [&] {
      for (std::size_t i = 0; i < documents.size(); ++i) {
        if (kept[i].old_signature) groups_.remove(*kept[i].old_signature);
        set_group(documents[i], groups_.find_or_add(signatures[i]));
      }
    };
    if (!grouping_.in_turn(work.number, grouped)) return;
    for (const Xapian::Document& document : documents) writer.add(document);
    part_bytes_ += bytes;
  }
  writer.finish();
}

ParsedRecord Pipeline::parsed(ingest::ArticleParser& parser, Work& work, const ExistingArticles& existing) const {
  ParsedRecord record;
  record.origin = work.raw.origin;
  record.before = std::move(work.before);
  parser.parse(work.raw, record);
  for (Candidate& c : record.articles) {
    // Other names or rules change it too: then the article is to be read again.
    c.stored.content_hash = schema::hash_of(c.stored.article, fnv1a(extractor_fingerprint_));
    c.existing = existing.find(c.stored.article.id);
    if (!c.existing) continue;
    const bool changed = c.existing->content_hash != c.stored.content_hash;
    c.moved = !changed && options_.sync_deleted && is_moved(c, existing);
    if (changed || c.moved) c.old_signature = existing.signature(c.existing->place);
  }
  return record;
}

// Where both inputs are synced, the new one must be remembered: else the article would be deleted with the old one.
bool Pipeline::is_moved(const Candidate& candidate, const ExistingArticles& existing) const {
  const std::string origin = existing.origin(candidate.existing->place);
  const auto& covered = reader_.covered();
  return origin != candidate.origin && std::any_of(covered.begin(), covered.end(), [&](const std::string& input) {
           return origin == input || origin.starts_with(input + "/");
         });
}

void Pipeline::report(std::uint64_t bytes) {
  read_bytes_ += bytes;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_report_ < kReportEvery && bytes != 0) return;
  last_report_ = now;
  const IndexSummary& s = changes_.summary;
  progress_.advance({.done = s.read + s.rejected + s.skipped, .total = 0, .bytes = read_bytes_});
}

void Pipeline::fail(Error error) {
  {
    const std::lock_guard lock(error_mutex_);
    if (!error_) error_ = std::move(error);
  }
  failed_ = true;
  admission_.stop();
  grouping_.stop();
}

}  // namespace depeche::indexer
