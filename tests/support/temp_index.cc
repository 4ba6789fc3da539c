#include "tests/support/temp_index.hh"

#include "ingest/reader.hh"
#include "schema/index_folder.hh"

namespace depeche::test {

TempIndex::TempIndex() {
  options.jobs = 1;
}

Result<indexer::IndexSummary> TempIndex::try_run(const std::vector<std::string>& paths) {
  heard_ = {};
  return indexer::run_index(path(), paths, options, heard_);
}

indexer::IndexSummary TempIndex::run(const std::vector<std::string>& paths) {
  return value_of(try_run(paths));
}

indexer::IndexSummary TempIndex::add_lines(std::string_view jsonl, std::string_view name) {
  write_file(in(name), jsonl);
  return run({in(name)});
}

indexer::IndexSummary TempIndex::add(const std::vector<Article>& articles, std::string_view name) {
  return add_lines(jsonl_of(articles), name);
}

std::shared_ptr<searcher::Searcher> TempIndex::open(const searcher::OpenOptions& how) const {
  return value_of(searcher::Searcher::open(path(), how));
}

searcher::SearchResponse TempIndex::ask(searcher::Searcher& searcher, const searcher::SearchRequest& request) {
  return value_of(searcher.search(request));
}

std::vector<std::string> TempIndex::parts() const {
  const auto folder = value_of(schema::read_index_folder(path()));
  std::vector<std::string> out;
  for (std::size_t i = 0; i < folder.parts.size(); ++i) out.push_back(folder.part_path(i));
  return out;
}

searcher::SearchRequest asking(std::string query) {
  searcher::SearchRequest request;
  request.query = std::move(query);
  request.relax = false;
  return request;
}

std::string jsonl_of(const std::vector<Article>& articles) {
  std::string out;
  for (const Article& article : articles) {
    ingest::append_jsonl(article, out);
    if (!out.ends_with('\n')) out += '\n';
  }
  return out;
}

std::vector<std::string> ids_of(const searcher::SearchResponse& response) {
  std::vector<std::string> ids;
  for (const searcher::Hit& hit : response.hits) ids.push_back(hit.id);
  return ids;
}

}  // namespace depeche::test
