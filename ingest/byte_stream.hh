// Bytes that come one after another: from a file, out of a decompressor, out of an archive.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hh"

namespace depeche::ingest {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Reads 1 to `size` bytes to `to`; 0 is the end. What came before a defect is delivered before its error.
  virtual Result<std::size_t> read(char* to, std::size_t size) = 0;
  // The descriptor of a regular file that is read as it is, so that it can be sought in; else -1.
  virtual int descriptor() const { return -1; }
};

// Takes over `fd`. Adds what it reads to `counter`, which must outlive the stream, as must `stop`: where that is not
// null and true, input that has to be waited for (a pipe, a terminal) ends.
std::unique_ptr<ByteStream> file_stream(int fd, std::uint64_t& counter, const std::atomic<bool>* stop);

// A stream with a window: any number of its next bytes can be looked at before they are taken.
class Input final : public ByteStream {
 public:
  explicit Input(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {}

  // The next bytes: at least `want`, fewer only before the end. Valid until the next call.
  std::string_view peek(std::size_t want);
  void take(std::size_t size);  // at most what peek() showed
  Result<std::size_t> read(char* to, std::size_t size) override;
  int descriptor() const override { return stream_->descriptor(); }

  std::uint64_t offset() const { return offset_; }  // of the next byte
  // Why the stream ended before its end. Known once peek() has returned less than was wanted.
  const std::optional<Error>& error() const { return error_; }

 private:
  std::unique_ptr<ByteStream> stream_;
  std::string buffer_;
  std::size_t begin_ = 0;  // of the window, in buffer_
  std::size_t end_ = 0;
  std::uint64_t offset_ = 0;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace depeche::ingest
