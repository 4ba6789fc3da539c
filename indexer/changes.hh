// What a run does to the index, decided article by article in the order of the input: added, updated, left alone,
// refused, deleted. Not thread-safe: the pipeline calls it in turn.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/log.hh"
#include "indexer/existing.hh"
#include "indexer/indexer.hh"
#include "indexer/seen_ids.hh"
#include "schema/stored_article.hh"

namespace depeche::indexer {

// An article on its way into the index.
struct Candidate {
  schema::StoredArticle stored;
  std::string where, origin;
  std::optional<ExistingArticles::Found> existing;  // the one with its id that is in the index
  std::optional<Signature> old_signature;           // of that one
  bool moved = false;                               // that one came from another input that is being synced too
};

// What came out of one record of the input.
class ParsedRecord : public ingest::ArticleSink {
 public:
  struct Refusal {
    std::string where, why;
  };
  std::string origin;
  std::vector<ingest::Rejection> before;  // what the reader had to tell before it came to the record
  std::vector<Candidate> articles;
  std::vector<Refusal> refused;
  std::uint64_t skipped = 0;

  void article(Article&& article, std::string_view where) override;
  void reject(std::string_view where, std::string_view why) override;
  void skip(std::string_view, std::string_view) override { ++skipped; }
};

class Changes {
 public:
  using Deletions = std::map<std::size_t, std::vector<Xapian::docid>>;  // by part of the old index

  Changes(const IndexOptions& options, Progress& progress) : options_(options), progress_(progress) {}

  // Counts everything in `record` and gives the articles that are to be written. The first article with an id counts.
  std::vector<Candidate> admit(ParsedRecord&& record);
  // What the reader told of input that held no record.
  void refuse(const std::vector<ingest::Rejection>& rejections);

  // `--sync`: deletes what came from `covered` before and was not met in this run. What lies in a file that could not
  // be read, or not whole, is not gone.
  void delete_what_is_gone(const schema::IndexFolder& index, const std::vector<std::string>& covered);

  const Deletions& deletions() const { return deletions_; }
  IndexSummary summary;

 private:
  void refuse(std::string_view where, std::string_view why);
  bool may_still_be_there(const std::string& origin) const;

  const IndexOptions& options_;
  Progress& progress_;
  SeenIds seen_;
  std::unordered_set<std::string> spoilt_origins_;  // of records with something refused; for `--sync` alone
  std::vector<std::string> spoilt_places_;          // likewise, of files that the reader could not read whole
  Deletions deletions_;
};

}  // namespace depeche::indexer
