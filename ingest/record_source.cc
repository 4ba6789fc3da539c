#include "ingest/record_source.hh"

#include <algorithm>

#include "ingest/sniff.hh"
#include "ingest/unpack.hh"

namespace depeche::ingest {
namespace {

constexpr int kMaxPacking = 3;                // compression within compression
constexpr std::size_t kBlockSize = 1u << 20;  // of lines: enough to keep a thread busy for some milliseconds

std::string size_reason(std::uint64_t max_bytes) {
  return "is larger than " + std::to_string(max_bytes) + " bytes";
}

class RejectedSource final : public RecordSource {
 public:
  explicit RejectedSource(Rejection rejection) { rejections_.push_back(std::move(rejection)); }
  Step next(RawRecord&) override { return Step::kEnd; }
};

// One file, one record.
class WholeSource final : public RecordSource {
 public:
  WholeSource(std::unique_ptr<Input> input, Origin origin, Format format, const ReadOptions& options)
      : input_(std::move(input)), origin_(std::move(origin)), format_(format), max_bytes_(options.max_record_bytes) {}

  Step next(RawRecord& out) override {
    if (done_) return Step::kEnd;
    done_ = true;
    const std::string_view all = input_->peek(max_bytes_ + 1);
    if (all.size() > max_bytes_) {
      reject(origin_.where, size_reason(max_bytes_));
    } else if (input_->error()) {
      reject(origin_.where, input_->error()->message);
    } else {
      out = record_of(origin_, format_);
      out.bytes.assign(all);
      return Step::kRecord;
    }
    return Step::kEnd;
  }

 private:
  std::unique_ptr<Input> input_;
  Origin origin_;
  Format format_;
  std::uint64_t max_bytes_;
  bool done_ = false;
};

// JSON lines, cut into blocks of whole lines.
class LinesSource final : public RecordSource {
 public:
  LinesSource(std::unique_ptr<Input> input, Origin origin, const ReadOptions& options)
      : input_(std::move(input)), origin_(std::move(origin)), max_bytes_(options.max_record_bytes) {}

  Step next(RawRecord& out) override {
    while (true) {
      const std::size_t size = block_size();
      if (size == 0) return Step::kEnd;
      if (size == kTooLong) {
        skip_line();
        continue;
      }
      const std::string_view block = input_->peek(size).substr(0, size);
      out = record_of(origin_, Format::kJsonl);
      out.first_line = line_;
      out.bytes.assign(block);
      line_ += static_cast<std::uint64_t>(std::count(block.begin(), block.end(), '\n'));
      input_->take(size);
      return Step::kRecord;
    }
  }

 private:
  static constexpr std::size_t kTooLong = SIZE_MAX;

  // The bytes of the next block: whole lines, the last one of the file perhaps without its end. 0 at the end.
  std::size_t block_size() {
    std::size_t searched = 0;
    for (std::size_t want = kBlockSize;; want = searched + kBlockSize) {
      const std::string_view window = input_->peek(want);
      if (window.size() < want) return last_block(window);
      const std::size_t newline = window.substr(searched).rfind('\n');
      if (newline != std::string_view::npos) return searched + newline + 1;
      searched = window.size();
      if (searched > max_bytes_) return kTooLong;
    }
  }

  std::size_t last_block(std::string_view window) {
    if (!input_->error()) return window.size();
    // Cut off: what follows the last whole line is a piece of a record.
    if (!failed_) reject(origin_.where, input_->error()->message);
    failed_ = true;
    const std::size_t newline = window.rfind('\n');
    return newline == std::string_view::npos ? 0 : newline + 1;
  }

  void skip_line() {
    reject(origin_.where + ":" + std::to_string(line_), "the line " + size_reason(max_bytes_));
    while (true) {
      const std::string_view window = input_->peek(kBlockSize);
      const std::size_t newline = window.find('\n');
      input_->take(newline == std::string_view::npos ? window.size() : newline + 1);
      if (newline != std::string_view::npos || window.empty()) break;
    }
    ++line_;
  }

  std::unique_ptr<Input> input_;
  Origin origin_;
  std::uint64_t max_bytes_;
  std::uint64_t line_ = 1;
  bool failed_ = false;
};

std::unique_ptr<Input> input_of(std::unique_ptr<ByteStream> stream) {
  return std::make_unique<Input>(std::move(stream));
}

}  // namespace

RawRecord record_of(const Origin& origin, Format format) {
  RawRecord record;
  record.format = format;
  record.where = origin.where;
  record.path_id = origin.path_id;
  record.origin = origin.path_id;
  record.source = origin.source;
  record.fetched = origin.fetched;
  return record;
}

std::unique_ptr<RecordSource> rejected_source(std::string where, std::string why, bool unreadable) {
  return std::make_unique<RejectedSource>(Rejection{std::move(where), std::move(why), unreadable});
}
std::unique_ptr<RecordSource> whole_source(std::unique_ptr<Input> input, Origin origin, Format format,
                                           const ReadOptions& options) {
  return std::make_unique<WholeSource>(std::move(input), std::move(origin), format, options);
}
std::unique_ptr<RecordSource> lines_source(std::unique_ptr<Input> input, Origin origin, const ReadOptions& options) {
  return std::make_unique<LinesSource>(std::move(input), std::move(origin), options);
}

std::unique_ptr<RecordSource> open_source(std::unique_ptr<ByteStream> stream, Origin origin,
                                          const ReadOptions& options) {
  auto input = input_of(std::move(stream));
  std::string_view head = input->peek(kSniffSize);
  Packing packing = sniff_packing(head);
  for (int i = 0; packing == Packing::kGzip || packing == Packing::kZstd; ++i) {
    if (i == kMaxPacking) return rejected_source(origin.where, "is compressed too many times");
    input = input_of(packing == Packing::kGzip ? gunzip(std::move(input), options.max_unpacked_ratio)
                                               : unzstd(std::move(input), options.max_unpacked_ratio));
    head = input->peek(kSniffSize);
    packing = sniff_packing(head);
  }
  if (head.empty() && input->error()) {
    return rejected_source(origin.where, input->error()->message, input->error()->code == ErrorCode::kIo);
  }
  if (packing != Packing::kNone) return archive_source(std::move(input), std::move(origin), options);

  Format format = options.format;
  if (format == Format::kAuto) {
    const auto sniffed = sniff_format(head, origin.name);
    if (!sniffed) return rejected_source(origin.where, sniffed.error().message);
    format = *sniffed;
  }
  switch (format) {
    case Format::kJsonl:
      return lines_source(std::move(input), std::move(origin), options);
    case Format::kWarc:
      return warc_source(std::move(input), std::move(origin), options);
    case Format::kAuto:
    case Format::kTxt:
    case Format::kHtml:
    case Format::kFeed:
      break;
  }
  return whole_source(std::move(input), std::move(origin), format, options);
}

}  // namespace depeche::ingest
