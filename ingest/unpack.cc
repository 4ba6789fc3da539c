#include "ingest/unpack.hh"

#include <zlib.h>
#include <zstd.h>

#include <string>
#include <vector>

namespace depeche::ingest {
namespace {

constexpr std::size_t kPackedSize = 128 << 10;

Error cut_error(std::string_view what) {
  return {ErrorCode::kBadRecord, "the " + std::string(what) + " data are cut off"};
}
Error broken_error(std::string_view what) {
  return {ErrorCode::kBadRecord, "the " + std::string(what) + " data are damaged"};
}

// What both decompressors share: the packed window, the bomb guard, and errors that wait until the data are out.
class Unpacker : public ByteStream {
 public:
  Unpacker(std::unique_ptr<ByteStream> packed, std::uint64_t max_ratio)
      : packed_(std::move(packed)), max_ratio_(max_ratio), window_(kPackedSize) {}

  Result<std::size_t> read(char* to, std::size_t size) final {
    std::size_t made = 0;
    while (made == 0 && !over_ && !error_) step(to, size, made);
    unpacked_bytes_ += made;
    if (made > 0 && is_bomb(packed_bytes_, unpacked_bytes_, max_ratio_)) error_ = bomb_error(max_ratio_);
    if (made == 0 && error_) return tl::unexpected<Error>(*error_);
    return made;
  }

 protected:
  virtual void step(char* to, std::size_t size, std::size_t& made) = 0;

  // The packed bytes not yet used; read anew when there are none. Empty at the end.
  std::string_view packed() {
    if (begin_ == end_ && !packed_ended_) {
      const auto got = packed_->read(window_.data(), window_.size());
      if (!got) error_ = got.error();
      begin_ = 0;
      end_ = got ? *got : 0;
      packed_ended_ = end_ == 0;
      packed_bytes_ += end_;
    }
    return {window_.data() + begin_, end_ - begin_};
  }
  void use(std::size_t size) { begin_ += size; }
  void finish() { over_ = true; }
  void fail(Error error) {
    if (!error_) error_ = std::move(error);
  }

 private:
  std::unique_ptr<ByteStream> packed_;
  std::uint64_t max_ratio_;
  std::vector<char> window_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool packed_ended_ = false;
  bool over_ = false;
  std::uint64_t packed_bytes_ = 0;
  std::uint64_t unpacked_bytes_ = 0;
  std::optional<Error> error_;
};

class Gunzip final : public Unpacker {
 public:
  Gunzip(std::unique_ptr<ByteStream> packed, std::uint64_t max_ratio) : Unpacker(std::move(packed), max_ratio) {
    ::inflateInit2(&zlib_, 15 + 16);
  }
  ~Gunzip() override { ::inflateEnd(&zlib_); }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

 private:
  void step(char* to, std::size_t size, std::size_t& made) override {
    const std::string_view in = packed();
    if (in.empty()) {
      if (in_member_) fail(cut_error("gzip"));
      return finish();
    }
    // Zero padding and other trailers after a member are no defect.
    if (!in_member_ && members_ > 0 && in.front() != '\x1f') return finish();
    in_member_ = true;
    zlib_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    zlib_.avail_in = static_cast<uInt>(in.size());
    zlib_.next_out = reinterpret_cast<Bytef*>(to);
    zlib_.avail_out = static_cast<uInt>(size);
    const int status = ::inflate(&zlib_, Z_NO_FLUSH);
    use(in.size() - zlib_.avail_in);
    made = size - zlib_.avail_out;
    if (status == Z_STREAM_END) {
      in_member_ = false;
      ++members_;
      ::inflateReset(&zlib_);
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      fail(broken_error("gzip"));
    }
  }

  z_stream zlib_{};
  bool in_member_ = false;
  std::uint64_t members_ = 0;
};

class Unzstd final : public Unpacker {
 public:
  Unzstd(std::unique_ptr<ByteStream> packed, std::uint64_t max_ratio)
      : Unpacker(std::move(packed), max_ratio), context_(::ZSTD_createDStream(), &::ZSTD_freeDStream) {
    // Frames that want more than 128 MiB of window are refused: memory stays bounded.
    ::ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, 27);
  }

 private:
  void step(char* to, std::size_t size, std::size_t& made) override {
    const std::string_view in = packed();
    if (in.empty()) {
      if (pending_) fail(cut_error("zstd"));
      return finish();
    }
    ZSTD_inBuffer source{in.data(), in.size(), 0};
    ZSTD_outBuffer target{to, size, 0};
    const std::size_t status = ::ZSTD_decompressStream(context_.get(), &target, &source);
    use(source.pos);
    made = target.pos;
    if (::ZSTD_isError(status) != 0) return fail(broken_error("zstd"));
    pending_ = status != 0;
  }

  std::unique_ptr<ZSTD_DStream, decltype(&::ZSTD_freeDStream)> context_;
  bool pending_ = false;
};

}  // namespace

bool is_gzip(std::string_view head) {
  return head.substr(0, 3) == "\x1f\x8b\x08";
}
bool is_zstd(std::string_view head) {
  return head.substr(0, 4) == "\x28\xb5\x2f\xfd";
}

bool is_bomb(std::uint64_t packed, std::uint64_t unpacked, std::uint64_t max_ratio) {
  return unpacked > kFreeUnpackedBytes && unpacked / max_ratio > packed;
}

Error bomb_error(std::uint64_t max_ratio) {
  return {ErrorCode::kBadRecord, "unpacks to more than " + std::to_string(max_ratio) + " times its size"};
}

std::unique_ptr<ByteStream> gunzip(std::unique_ptr<ByteStream> packed, std::uint64_t max_ratio) {
  return std::make_unique<Gunzip>(std::move(packed), max_ratio);
}
std::unique_ptr<ByteStream> unzstd(std::unique_ptr<ByteStream> packed, std::uint64_t max_ratio) {
  return std::make_unique<Unzstd>(std::move(packed), max_ratio);
}

}  // namespace depeche::ingest
