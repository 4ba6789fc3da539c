#include "tests/support/temp_index.hh"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "ingest/reader.hh"
#include "schema/index_folder.hh"

namespace depeche::test {
namespace {

namespace fs = std::filesystem;

fs::path place_for_folders() {
  const fs::path memory = "/dev/shm";
  std::error_code error;
  return fs::is_directory(memory, error) && ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
}

}  // namespace

TempFolder::TempFolder() {
  path_ = (place_for_folders() / "depeche-test-XXXXXX").string();
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make " + path_);
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TempFolder::write(std::string_view name, std::string_view bytes) const {
  const std::string path = *this / name;
  write_file(path, bytes);
  return path;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void write_file(const std::string& path, std::string_view bytes) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

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

std::shared_ptr<searcher::Searcher> TempIndex::open() const {
  return value_of(searcher::Searcher::open(path()));
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
