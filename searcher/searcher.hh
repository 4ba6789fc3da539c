// An open index: ask it anything.
//
//   auto index = Searcher::open("index");
//   auto answer = (*index)->search({.query = "levée de fonds OpenAI", .facets = all_facets()});
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/error.hh"
#include "schema/stored_article.hh"
#include "searcher/ranking.hh"
#include "searcher/request.hh"
#include "searcher/suggestion.hh"

namespace depeche::searcher {

struct OpenOptions {
  std::string gazetteer_file;  // the user's aliases, for filters; may be empty
  bool any_analyzer = false;   // also open an index of another analyzer: for export, stats and check only
  Ranking ranking = {};        // other than the default for measuring
};

// One revision of an index. Thread-safe: any number of threads may ask at once; each borrows what it needs.
class Searcher {
 public:
  static Result<std::shared_ptr<Searcher>> open(const std::string& path, const OpenOptions& options = {});
  virtual ~Searcher() = default;

  virtual Result<SearchResponse> search(const SearchRequest& request) = 0;
  // kNotFound with a hint when there is no such article.
  virtual Result<schema::StoredArticle> article(const std::string& id) = 0;
  // Articles that share what is distinctive of this one; best first.
  virtual Result<std::vector<Hit>> similar(const std::string& id, std::size_t limit) = 0;
  // What the beginning of a query may become; the same for the same index. kUsage for a limit out of bounds.
  virtual Result<Suggestions> suggest(const SuggestRequest& request) = 0;
  // Every article, part by part, by id. Stops with that error when `each` returns one.
  virtual Result<void> for_each_article(const std::function<Result<void>(const schema::StoredArticle&)>& each) = 0;
  // Without its terms they are not counted, which takes a walk over all of them: a tenth of a second in 100 000 articles.
  virtual Result<Stats> stats(bool with_terms) = 0;
  virtual std::uint64_t revision() const = 0;
};

// Follows an index that a writer changes: the newest revision, reopened when the stub file has changed. Thread-safe.
class LiveIndex {
 public:
  LiveIndex(std::string path, OpenOptions options = {});
  ~LiveIndex();
  // The current searcher; the previous one lives on for those who hold it. kIndexMissing while there is none.
  Result<std::shared_ptr<Searcher>> current();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace depeche::searcher
