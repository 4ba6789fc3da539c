// Files to read, and what came of reading them.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/reader.hh"

namespace depeche::ingest {

// A folder of its own, removed at the end.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "depeche-ingest-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  // Writes a file and the folders on the way to it; returns its path.
  std::string write(const std::string& name, std::string_view bytes) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file.string();
  }
  std::string path(const std::string& name = {}) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Message {
  std::string where;
  std::string why;
};

class Collector final : public ArticleSink {
 public:
  void article(Article&& article, std::string_view where) override {
    articles.push_back(std::move(article));
    places.emplace_back(where);
  }
  void reject(std::string_view where, std::string_view why) override {
    rejected.push_back({std::string(where), std::string(why)});
  }
  void skip(std::string_view where, std::string_view why) override {
    skipped.push_back({std::string(where), std::string(why)});
  }

  std::vector<Article> articles;
  std::vector<std::string> places;
  std::vector<Message> rejected;  // by the parser, then by the reader
  std::vector<Message> skipped;
  std::vector<std::string> missing;
  std::vector<std::string> covered;
  std::uint64_t passed_over = 0;
};

inline Collector read_all(std::vector<std::string> paths, ReadOptions options = {}) {
  Collector out;
  RecordReader reader(std::move(paths), options);
  ArticleParser parser(options);
  RawRecord raw;
  while (reader.next(raw)) parser.parse(raw, out);
  for (const Rejection& rejection : reader.take_rejections()) out.rejected.push_back({rejection.where, rejection.why});
  out.missing = reader.missing_paths();
  out.covered = reader.covered();
  out.passed_over = reader.passed_over();
  return out;
}

inline Collector parse_one(Format format, std::string bytes, ReadOptions options = {}) {
  Collector out;
  RawRecord raw;
  raw.format = format;
  raw.where = "test";
  raw.path_id = "given/test";
  raw.bytes = std::move(bytes);
  ArticleParser(options).parse(raw, out);
  return out;
}

inline std::string gzip(std::string_view bytes) {
  z_stream zlib{};
  ::deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(::deflateBound(&zlib, bytes.size()) + 64, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  zlib.avail_in = static_cast<uInt>(bytes.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  ::deflate(&zlib, Z_FINISH);
  out.resize(out.size() - zlib.avail_out);
  ::deflateEnd(&zlib);
  return out;
}

inline std::string zstd(std::string_view bytes) {
  std::string out(::ZSTD_compressBound(bytes.size()), '\0');
  out.resize(::ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

struct Member {
  std::string name;
  std::string bytes;
  std::string link = {};  // a symbolic link to this
};

inline std::string pack(const std::vector<Member>& members, bool zip) {
  archive* writer = ::archive_write_new();
  zip ? ::archive_write_set_format_zip(writer) : ::archive_write_set_format_pax_restricted(writer);
  std::string out(64 << 20, '\0');
  std::size_t used = 0;
  ::archive_write_open_memory(writer, out.data(), out.size(), &used);
  for (const Member& member : members) {
    archive_entry* entry = ::archive_entry_new();
    ::archive_entry_set_pathname(entry, member.name.c_str());
    ::archive_entry_set_filetype(entry, member.link.empty() ? AE_IFREG : AE_IFLNK);
    if (!member.link.empty()) ::archive_entry_set_symlink(entry, member.link.c_str());
    ::archive_entry_set_perm(entry, 0644);
    ::archive_entry_set_mtime(entry, 1727913600, 0);  // 2024-10-03
    ::archive_entry_set_size(entry, static_cast<la_int64_t>(member.bytes.size()));
    ::archive_write_header(writer, entry);
    ::archive_write_data(writer, member.bytes.data(), member.bytes.size());
    ::archive_entry_free(entry);
  }
  ::archive_write_close(writer);
  ::archive_write_free(writer);
  out.resize(used);
  return out;
}

inline std::string iso(const Article& article) {
  return article.date ? to_iso(*article.date, true) : std::string();
}

}  // namespace depeche::ingest
