#include "ingest/reader.hh"

#include <array>
#include <utility>

#include "ingest/file_walk.hh"
#include "ingest/record_source.hh"

namespace depeche::ingest {
namespace {

struct FormatName {
  Format format;
  std::string_view name;
};
constexpr std::array<FormatName, 6> kFormatNames{{{Format::kAuto, "auto"},
                                                  {Format::kTxt, "txt"},
                                                  {Format::kJsonl, "jsonl"},
                                                  {Format::kHtml, "html"},
                                                  {Format::kFeed, "feed"},
                                                  {Format::kWarc, "warc"}}};

std::string file_name_of(const std::string& where) {
  const std::size_t slash = where.rfind('/');
  return where == "-" ? std::string() : where.substr(slash == std::string::npos ? 0 : slash + 1);
}

void append(std::vector<Rejection>& to, std::vector<Rejection> more) {
  for (Rejection& rejection : more) to.push_back(std::move(rejection));
}

}  // namespace

std::optional<Format> format_from_name(std::string_view name) {
  for (const FormatName& row : kFormatNames) {
    if (row.name == name) return row.format;
  }
  return std::nullopt;
}

std::string_view format_name(Format format) {
  for (const FormatName& row : kFormatNames) {
    if (row.format == format) return row.name;
  }
  return {};
}

// A stack of sources: the file at the bottom, archives within archives above it.
class RecordReaderImpl {
 public:
  RecordReaderImpl(std::vector<std::string> paths, ReadOptions options)
      : options_(std::move(options)), walk_(std::move(paths), options_.only) {}

  bool next(RawRecord& out) {
    while (true) {
      if (stopped() || (stack_.empty() && !open_next_file())) return false;
      RecordSource& source = *stack_.back();
      const RecordSource::Step step = source.next(out);
      if (stopped()) return false;  // what came last may have been cut
      append(rejections_, source.take_rejections());
      if (step == RecordSource::Step::kRecord) {
        out.input_bytes = disk_bytes_ - reported_bytes_;
        reported_bytes_ = disk_bytes_;
        return true;
      }
      if (step == RecordSource::Step::kMember) {
        push(source.member());
      } else {
        passed_over_ += source.passed_over();
        stack_.pop_back();
      }
    }
  }

  std::uint64_t passed_over() const { return walk_.passed_over() + passed_over_; }

  const ReadOptions options_;
  FileWalk walk_;
  std::vector<Rejection> rejections_;
  std::uint64_t files_read_ = 0;

 private:
  bool stopped() const { return options_.stop != nullptr && *options_.stop; }

  bool open_next_file() {
    FoundFile file;
    const bool found = walk_.next(file);
    append(rejections_, walk_.take_rejections());
    if (!found) return false;
    ++files_read_;
    Origin origin;
    origin.name = file_name_of(file.where);
    origin.where = std::move(file.where);
    origin.path_id = std::move(file.path_id);
    origin.source = std::move(file.source);
    push(open_source(file_stream(file.fd, disk_bytes_, options_.stop), std::move(origin), options_));
    return true;
  }

  void push(std::unique_ptr<RecordSource> source) {
    append(rejections_, source->take_rejections());
    stack_.push_back(std::move(source));
  }

  std::uint64_t disk_bytes_ = 0;
  std::uint64_t reported_bytes_ = 0;
  std::uint64_t passed_over_ = 0;
  std::vector<std::unique_ptr<RecordSource>> stack_;
};

RecordReader::RecordReader(std::vector<std::string> paths, ReadOptions options)
    : impl_(std::make_unique<RecordReaderImpl>(std::move(paths), std::move(options))) {}
RecordReader::~RecordReader() = default;

bool RecordReader::next(RawRecord& out) {
  return impl_->next(out);
}
std::vector<Rejection> RecordReader::take_rejections() {
  return std::exchange(impl_->rejections_, {});
}
const std::vector<std::string>& RecordReader::missing_paths() const {
  return impl_->walk_.missing_paths();
}
std::uint64_t RecordReader::passed_over() const {
  return impl_->passed_over();
}
std::uint64_t RecordReader::files_read() const {
  return impl_->files_read_;
}
const std::vector<std::string>& RecordReader::covered() const {
  return impl_->walk_.covered();
}

}  // namespace depeche::ingest
