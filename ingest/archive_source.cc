// Members of tar and zip archives. Nothing is ever written to disk, so that names can do no harm; those that climb
// out of the archive are refused all the same, since two of them could claim one id.
#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "core/utf8.hh"
#include "ingest/file_walk.hh"
#include "ingest/record_source.hh"
#include "ingest/unpack.hh"

namespace depeche::ingest {
namespace {

constexpr int kMaxDepth = 3;
constexpr std::size_t kWindow = 128 << 10;

using Archive = std::unique_ptr<archive, decltype(&::archive_read_free)>;

struct Feeder {
  std::unique_ptr<Input> input;
  std::vector<char> window = std::vector<char>(kWindow);
};

la_ssize_t feed_archive(archive* reader, void* data, const void** bytes) {
  auto& feeder = *static_cast<Feeder*>(data);
  const auto got = feeder.input->read(feeder.window.data(), feeder.window.size());
  if (!got) {
    ::archive_set_error(reader, EIO, "%s", got.error().message.c_str());
    return -1;
  }
  *bytes = feeder.window.data();
  return static_cast<la_ssize_t>(*got);
}

std::string archive_reason(archive* reader) {
  const char* text = ::archive_error_string(reader);
  return std::string("the archive is damaged: ") + (text == nullptr ? "unknown reason" : text);
}

bool climbs(std::string_view name) {
  if (name.starts_with('/')) return true;
  while (!name.empty()) {
    const std::size_t slash = name.find('/');
    if (name.substr(0, slash) == "..") return true;
    name = slash == std::string_view::npos ? std::string_view() : name.substr(slash + 1);
  }
  return false;
}

// The content of the entry that the archive stands at.
class EntryStream final : public ByteStream {
 public:
  EntryStream(archive* reader, std::uint64_t max_ratio, std::uint64_t& unpacked)
      : reader_(reader), max_ratio_(max_ratio), unpacked_(unpacked) {}

  Result<std::size_t> read(char* to, std::size_t size) override {
    const la_ssize_t got = ::archive_read_data(reader_, to, size);
    if (got < 0) return failure(ErrorCode::kBadRecord, archive_reason(reader_));
    unpacked_ += static_cast<std::uint64_t>(got);
    const auto packed = static_cast<std::uint64_t>(::archive_filter_bytes(reader_, -1));
    if (is_bomb(packed, unpacked_, max_ratio_)) return tl::unexpected<Error>(bomb_error(max_ratio_));
    return static_cast<std::size_t>(got);
  }

 private:
  archive* reader_;
  std::uint64_t max_ratio_;
  std::uint64_t& unpacked_;
};

class ArchiveSource final : public RecordSource {
 public:
  ArchiveSource(std::unique_ptr<Input> input, Origin origin, const ReadOptions& options)
      : origin_(std::move(origin)), options_(options), reader_(::archive_read_new(), &::archive_read_free) {
    ::archive_read_support_format_tar(reader_.get());
    ::archive_read_support_format_zip(reader_.get());
    feeder_.input = std::move(input);
    const int fd = feeder_.input->descriptor();
    // A zip file tells more at its end than at its beginning: it is read by seeking where it can be.
    const bool seeks = fd >= 0 && ::lseek(fd, 0, SEEK_SET) == 0;
    const int status = seeks ? ::archive_read_open_fd(reader_.get(), fd, kWindow)
                             : ::archive_read_open(reader_.get(), &feeder_, nullptr, &feed_archive, nullptr);
    if (status != ARCHIVE_OK) fail();
  }

  Step next(RawRecord&) override {
    while (!over_) {
      archive_entry* entry = nullptr;
      const int status = ::archive_read_next_header(reader_.get(), &entry);
      if (status == ARCHIVE_EOF) break;
      if (status == ARCHIVE_FATAL) {
        fail();
        break;
      }
      if (status != ARCHIVE_RETRY && accept(entry)) return Step::kMember;
    }
    return Step::kEnd;
  }

  std::unique_ptr<RecordSource> member() override {
    return open_source(std::make_unique<EntryStream>(reader_.get(), options_.max_unpacked_ratio, unpacked_), entry_,
                       options_);
  }

 private:
  void fail() {
    reject(origin_.where, archive_reason(reader_.get()));
    over_ = true;
  }

  bool accept(archive_entry* entry) {
    const char* raw_name = ::archive_entry_pathname_utf8(entry);
    if (raw_name == nullptr) raw_name = ::archive_entry_pathname(entry);
    std::string name = raw_name == nullptr ? "" : raw_name;
    repair_utf8(name);
    if (::archive_entry_filetype(entry) == AE_IFDIR) return false;
    while (name.starts_with("./")) name.erase(0, 2);
    if (climbs(name)) {
      reject(origin_.where + "/" + name, "the name leads out of the archive");
      return false;
    }
    const std::size_t slash = name.rfind('/');
    const std::string file = name.substr(slash == std::string::npos ? 0 : slash + 1);
    // Links point elsewhere; a device is no file.
    if (::archive_entry_filetype(entry) != AE_IFREG || ::archive_entry_hardlink(entry) != nullptr ||
        !is_looked_at(file)) {
      ++passed_over_;
      return false;
    }
    if (origin_.depth >= kMaxDepth) {
      reject(origin_.where, "archives are nested too deeply");
      over_ = true;
      return false;
    }
    entry_ = origin_;
    ++entry_.depth;
    entry_.where += "/" + name;
    if (!entry_.path_id.empty()) entry_.path_id += "/";
    entry_.path_id += name;
    entry_.name = file;
    if (slash != std::string::npos) entry_.source = folder_of(name.substr(0, slash));
    if (::archive_entry_mtime_is_set(entry) != 0 && ::archive_entry_mtime(entry) > 0) {
      entry_.fetched = Date{.first = static_cast<Day>(::archive_entry_mtime(entry) / 86400)};
    }
    return true;
  }

  static std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return path.substr(slash == std::string::npos ? 0 : slash + 1);
  }

  Origin origin_;
  const ReadOptions& options_;
  Feeder feeder_;
  Archive reader_;  // after what it reads from
  Origin entry_;
  std::uint64_t unpacked_ = 0;
  bool over_ = false;
};

}  // namespace

std::unique_ptr<RecordSource> archive_source(std::unique_ptr<Input> input, Origin origin,
                                             const ReadOptions& options) {
  return std::make_unique<ArchiveSource>(std::move(input), std::move(origin), options);
}

}  // namespace depeche::ingest
