// The files below the paths given, in a fixed order.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/reader.hh"

namespace depeche::ingest {

// Of all names in folders and archives only these are looked at (contract § 7): *.txt, *.jsonl, *.html, … and .gz,
// .zst of them.
bool is_looked_at(std::string_view file_name);

struct FoundFile {
  int fd = -1;          // open for reading; to be closed by the caller
  std::string where;    // as a message names it; "-" for standard input
  std::string path_id;  // as RawRecord::path_id; empty for standard input
  std::string source;   // as RawRecord::source
};

// Folders are walked by name, bytewise, files and folders alike. A symbolic link below a folder is not followed; what
// is no regular file there (a FIFO, a device) is never opened. Both are passed over. A path given is always followed
// and read.
class FileWalk {
 public:
  // `only` as in ReadOptions.
  explicit FileWalk(std::vector<std::string> paths, std::vector<std::string> only = {});
  ~FileWalk();
  FileWalk(const FileWalk&) = delete;
  FileWalk& operator=(const FileWalk&) = delete;

  bool next(FoundFile& out);

  std::vector<Rejection> take_rejections() { return std::exchange(rejections_, {}); }
  const std::vector<std::string>& missing_paths() const { return missing_; }
  const std::vector<std::string>& covered() const { return covered_; }  // as RecordReader::covered()
  std::uint64_t passed_over() const { return passed_over_; }

 private:
  struct Folder;

  bool start(const std::string& path, FoundFile& out);
  void cover(const std::string& path);
  bool step(FoundFile& out);
  bool is_wanted(const std::string& where) const;
  void enter(int fd, std::string where, std::string id, std::string source);

  std::vector<std::string> paths_;
  std::vector<std::string> only_;  // ordered
  std::size_t next_path_ = 0;
  std::vector<std::unique_ptr<Folder>> open_;  // from the folder given to the one being read
  std::vector<Rejection> rejections_;
  std::vector<std::string> missing_;
  std::vector<std::string> covered_;
  std::uint64_t passed_over_ = 0;
};

}  // namespace depeche::ingest
