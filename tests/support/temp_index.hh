// A folder that lives as long as a test, with an index in it: written by the real indexer, read by the real searcher.
//
//   TempIndex index;
//   index.add_lines(R"({"id":"a","title":"OpenAI lève 10 M€"})");
//   auto answer = index.search(asking("openai"));
//
// What goes wrong where nothing should ends the test with an exception, which GoogleTest reports.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/article.hh"
#include "core/log.hh"
#include "indexer/indexer.hh"
#include "searcher/searcher.hh"
#include "tests/support/temp_folder.hh"

namespace depeche::test {

// Remembers what a run had to say.
struct Heard : Progress {
  std::vector<std::pair<std::string, std::string>> rejections;  // where, why
  std::vector<std::string> notes;
  void reject(std::string_view where, std::string_view why) override { rejections.emplace_back(where, why); }
  void note(std::string_view message) override { notes.emplace_back(message); }
};

class TempIndex {
 public:
  TempIndex();

  const TempFolder& folder() const { return folder_; }
  std::string path() const { return folder_ / "index"; }
  const Heard& heard() const { return heard_; }  // of the last run

  // One run over the paths.
  Result<indexer::IndexSummary> try_run(const std::vector<std::string>& paths);
  indexer::IndexSummary run(const std::vector<std::string>& paths);
  // One run over JSONL text or articles, as the file in/NAME.jsonl.
  indexer::IndexSummary add_lines(std::string_view jsonl, std::string_view name = "articles");
  indexer::IndexSummary add(const std::vector<Article>& articles, std::string_view name = "articles");
  std::string in(std::string_view name) const { return folder_ / ("in/" + std::string(name) + ".jsonl"); }

  // Opens what was published last.
  std::shared_ptr<searcher::Searcher> open(const searcher::OpenOptions& how = {}) const;
  searcher::SearchResponse search(const searcher::SearchRequest& request) const { return ask(*open(), request); }
  static searcher::SearchResponse ask(searcher::Searcher& searcher, const searcher::SearchRequest& request);
  std::vector<std::string> parts() const;  // paths

  indexer::IndexOptions options;  // of the runs; one thread unless changed

 private:
  TempFolder folder_;
  Heard heard_;
};

// A request for the query, exactly as it is: never relaxed.
searcher::SearchRequest asking(std::string query);
std::string jsonl_of(const std::vector<Article>& articles);
std::vector<std::string> ids_of(const searcher::SearchResponse& response);
// The value that `result` must hold.
template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message + " | " + result.error().hint);
  return std::move(*result);
}

}  // namespace depeche::test
