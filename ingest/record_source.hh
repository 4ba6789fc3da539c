// One opened piece of input that gives records: a file, a stream of WARC records or lines, an archive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ingest/byte_stream.hh"
#include "ingest/reader.hh"

namespace depeche::ingest {

// Where an input lies; what all records of it have in common.
struct Origin {
  std::string where;
  std::string path_id;
  std::string source;
  std::string name;  // file name, for sniffing; may be empty
  std::optional<Date> fetched;
  int depth = 0;  // of archives around it
};

class RecordSource {
 public:
  virtual ~RecordSource() = default;
  enum class Step : std::uint8_t { kRecord, kMember, kEnd };

  // kRecord: `out` is filled. kMember: member() is to be read to its end before this is asked again.
  virtual Step next(RawRecord& out) = 0;
  virtual std::unique_ptr<RecordSource> member() { return nullptr; }
  std::vector<Rejection> take_rejections() { return std::exchange(rejections_, {}); }
  std::uint64_t passed_over() const { return passed_over_; }

 protected:
  void reject(std::string where, std::string why) { rejections_.push_back({std::move(where), std::move(why)}); }

  std::vector<Rejection> rejections_;
  std::uint64_t passed_over_ = 0;
};

// Opens what `stream` holds, compressed or not, by its content. Never null: what cannot be read is a source of one
// rejection.
std::unique_ptr<RecordSource> open_source(std::unique_ptr<ByteStream> stream, Origin origin,
                                          const ReadOptions& options);

// The kinds of it.
std::unique_ptr<RecordSource> whole_source(std::unique_ptr<Input> input, Origin origin, Format format,
                                           const ReadOptions& options);
std::unique_ptr<RecordSource> lines_source(std::unique_ptr<Input> input, Origin origin, const ReadOptions& options);
std::unique_ptr<RecordSource> warc_source(std::unique_ptr<Input> input, Origin origin, const ReadOptions& options);
std::unique_ptr<RecordSource> archive_source(std::unique_ptr<Input> input, Origin origin, const ReadOptions& options);
std::unique_ptr<RecordSource> rejected_source(std::string where, std::string why, bool unreadable = false);

RawRecord record_of(const Origin& origin, Format format);

}  // namespace depeche::ingest
