#include "ingest/byte_stream.hh"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace depeche::ingest {
namespace {

constexpr std::size_t kReadSize = 256 << 10;
constexpr int kPatienceMs = 100;  // between two looks at whether to stop

class FileStream final : public ByteStream {
 public:
  FileStream(int fd, std::uint64_t& counter, const std::atomic<bool>* stop)
      : fd_(fd), counter_(counter), stop_(stop), waits_(!is_regular()) {}
  ~FileStream() override { ::close(fd_); }
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;

  Result<std::size_t> read(char* to, std::size_t size) override {
    ssize_t got = -1;
    do {
      if (waits_ && !wait()) return std::size_t{0};
      got = ::read(fd_, to, size);
    } while (got < 0 && (errno == EINTR || errno == EAGAIN));
    if (got < 0) return failure(ErrorCode::kIo, std::string("cannot be read: ") + std::strerror(errno));
    counter_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }

  int descriptor() const override { return waits_ ? -1 : fd_; }

 private:
  bool is_regular() const {
    struct stat status {};
    return ::fstat(fd_, &status) == 0 && S_ISREG(status.st_mode);
  }

  // Until there is something to read, or an end or error to be told of; false when it was stopped.
  bool wait() const {
    pollfd wanted{fd_, POLLIN, 0};
    while (stop_ == nullptr || !*stop_) {
      const int ready = ::poll(&wanted, 1, kPatienceMs);
      if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
    }
    return false;
  }

  int fd_;
  std::uint64_t& counter_;
  const std::atomic<bool>* stop_;
  bool waits_;  // a pipe, a terminal
};

}  // namespace

std::unique_ptr<ByteStream> file_stream(int fd, std::uint64_t& counter, const std::atomic<bool>* stop) {
  return std::make_unique<FileStream>(fd, counter, stop);
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
