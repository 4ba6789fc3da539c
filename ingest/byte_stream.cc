#include "ingest/byte_stream.hh"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace depeche::ingest {
namespace {

constexpr std::size_t kReadSize = 256 << 10;

class FileStream final : public ByteStream {
 public:
  FileStream(int fd, std::uint64_t& counter) : fd_(fd), counter_(counter) {}
  ~FileStream() override { ::close(fd_); }
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;

  Result<std::size_t> read(char* to, std::size_t size) override {
    ssize_t got = -1;
    do {
      got = ::read(fd_, to, size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return failure(ErrorCode::kIo, std::string("cannot be read: ") + std::strerror(errno));
    counter_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }

  int descriptor() const override {
    struct stat status {};
    return ::fstat(fd_, &status) == 0 && S_ISREG(status.st_mode) ? fd_ : -1;
  }

 private:
  int fd_;
  std::uint64_t& counter_;
};

}  // namespace

std::unique_ptr<ByteStream> file_stream(int fd, std::uint64_t& counter) {
  return std::make_unique<FileStream>(fd, counter);
}

std::string_view Input::peek(std::size_t want) {
  while (end_ - begin_ < want && !ended_) {
    if (begin_ > 0 && buffer_.size() - begin_ < want + kReadSize) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    // Grown by half at least, so that a window that grows byte by byte costs linear time.
    if (buffer_.size() - end_ < kReadSize) buffer_.resize(std::max(buffer_.size() * 3 / 2, end_ + kReadSize));
    const auto got = stream_->read(buffer_.data() + end_, buffer_.size() - end_);
    if (!got) error_ = got.error();
    ended_ = !got || *got == 0;
    if (!ended_) end_ += *got;
  }
  return {buffer_.data() + begin_, end_ - begin_};
}

void Input::take(std::size_t size) {
  begin_ += size;
  offset_ += size;
}

Result<std::size_t> Input::read(char* to, std::size_t size) {
  const std::string_view window = peek(1);
  if (window.empty()) {
    if (error_) return tl::unexpected<Error>(*error_);
    return std::size_t{0};
  }
  const std::size_t count = std::min(size, window.size());
  std::memcpy(to, window.data(), count);
  take(count);
  return count;
}

}  // namespace depeche::ingest
