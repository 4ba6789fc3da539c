// From paths to raw records, and from raw records to articles. Two steps, so that the cheap sequential one (walking,
// unpacking, cutting) feeds many threads of the dear one (parsing).
//
//   RecordReader reader(paths, options);
//   RawRecord raw;
//   while (reader.next(raw)) parser.parse(raw, sink);   // parse() on any thread, one parser a thread
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/article.hh"
#include "core/error.hh"

namespace depeche::ingest {

enum class Format : std::uint8_t { kAuto, kTxt, kJsonl, kHtml, kFeed, kWarc };

// "auto", "txt", "jsonl", "html", "feed", "warc"; nothing for other names.
std::optional<Format> format_from_name(std::string_view name);
std::string_view format_name(Format format);

struct ReadOptions {
  Format format = Format::kAuto;               // kAuto: the content decides, record by record
  bool french_only = true;                     // html, feed and warc articles that are clearly not French are skipped
  std::uint64_t max_record_bytes = 64u << 20;  // a larger record is rejected
  std::uint64_t max_unpacked_ratio = 200;  // an archive that unpacks to more than this times its size is cut (bomb)
  // When not empty: of the folders given only these paths and what lies below them are looked at. Spelled as messages
  // name them ("corpus/2024/a.txt" for the folder "corpus").
  std::vector<std::string> only = {};
  // May be null. Once it is true there are no more records; input that has not come yet is not waited for.
  const std::atomic<bool>* stop = nullptr;
};

// A piece of input small enough to be parsed at once. Of JSONL a block of whole lines; else one file, page or record.
struct RawRecord {
  Format format = Format::kTxt;   // never kAuto
  std::string where;              // for messages: "corpus/a.jsonl", "news.tar.gz/2024/a.html"
  std::uint64_t first_line = 1;   // of the block, for JSONL
  std::string path_id;            // path relative to the path given, with that folder's name; the id of last resort
  std::string origin;             // the same, also where it is no id: of the file that holds many WARC records
  std::string source;             // name of the folder that holds the file, where it lies below the path given
  std::string url;                // of a WARC record; else empty
  std::optional<Date> fetched;    // of a WARC record, or the file's own date in an archive
  std::string bytes;              // as they are: encoding not yet looked at
  std::uint64_t input_bytes = 0;  // read from disk for it, for progress
};

// What the reader itself has to tell: files that cannot be read, broken archives.
struct Rejection {
  std::string where;  // "file.jsonl:2", "crawl.warc.gz@18273" (of the unpacked data)
  std::string why;
  bool unreadable = false;  // nothing of the file came in: not there, no permission, a disk error
};

// Walks the paths in a fixed order (folders by name, bytewise). Not thread-safe.
class RecordReader {
 public:
  RecordReader(std::vector<std::string> paths, ReadOptions options);
  ~RecordReader();

  // The next record; false at the end, or when it was stopped. A file that cannot be read is a rejection, not an end.
  bool next(RawRecord& out);

  std::vector<Rejection> take_rejections();               // those since the last call
  const std::vector<std::string>& missing_paths() const;  // given, but not there: contract § 2, exit 5 or 3
  std::uint64_t passed_over() const;                      // files in folders whose names are not looked at
  std::uint64_t files_read() const;
  // The folders given, or the parts of them that were looked at, as origins name them ("corpus", "corpus/2024/a.txt"):
  // whatever came from there before and did not come again is gone.
  const std::vector<std::string>& covered() const;

 private:
  std::unique_ptr<class RecordReaderImpl> impl_;
};

// What comes out of one record, in its order.
class ArticleSink {
 public:
  virtual ~ArticleSink() = default;
  // `where` names file and line, of WARC the offset in the unpacked file, of feeds the number of the item
  // ("a.xml#3"). The id is set, the text is valid UTF-8 in the form given (NFC is not forced).
  virtual void article(Article&& article, std::string_view where) = 0;
  virtual void reject(std::string_view where, std::string_view why) = 0;
  virtual void skip(std::string_view where, std::string_view why) = 0;  // not French, a podcast: counted, no error
};

// One a thread; not thread-safe.
class ArticleParser {
 public:
  explicit ArticleParser(ReadOptions options);
  ~ArticleParser();
  ArticleParser(ArticleParser&&) noexcept;

  // Never fails as a whole: every article of the record that can be used goes to `sink`, the others are rejected
  // there.
  void parse(const RawRecord& raw, ArticleSink& sink);

 private:
  std::unique_ptr<class ArticleParserImpl> impl_;
};

// Appends the article as one line of JSONL that parse() takes back: every given field and unknown key included.
void append_jsonl(const Article& article, std::string& out);

}  // namespace depeche::ingest
