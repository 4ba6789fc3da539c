#include "schema/compression.hh"

#include <memory>
#include <new>

#include <zstd.h>

extern "C" const char depeche_data_article_dictionary[];
extern "C" const char depeche_data_article_dictionary_end[];

namespace depeche::schema {
namespace {

constexpr int kLevel = 3;  // 6 makes articles 4 % smaller and indexing as much slower; reading costs the same
constexpr unsigned long long kMaxBlock = 128 * 1024, kMinBlock = 4;  // bytes a block holds, bytes it takes

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* p) const { Free(p); }
};

std::string_view dictionary() {
  return {depeche_data_article_dictionary,
          static_cast<std::size_t>(depeche_data_article_dictionary_end - depeche_data_article_dictionary)};
}

const ZSTD_CDict* writing_dictionary() {
  static const std::unique_ptr<ZSTD_CDict, Freed<ZSTD_freeCDict>> dict(
      ZSTD_createCDict(dictionary().data(), dictionary().size(), kLevel));
  return dict.get();
}

const ZSTD_DDict* reading_dictionary() {
  static const std::unique_ptr<ZSTD_DDict, Freed<ZSTD_freeDDict>> dict(
      ZSTD_createDDict(dictionary().data(), dictionary().size()));
  return dict.get();
}

}  // namespace

void compress(std::string_view plain, std::string& out) {
  thread_local const std::unique_ptr<ZSTD_CCtx, Freed<ZSTD_freeCCtx>> context(ZSTD_createCCtx());
  const std::size_t begin = out.size(), room = ZSTD_compressBound(plain.size());
  out.resize(begin + room);
  const std::size_t size = ZSTD_compress_usingCDict(context.get(), out.data() + begin, room, plain.data(), plain.size(),
                                                    writing_dictionary());
  if (ZSTD_isError(size)) throw std::bad_alloc();  // with that much room nothing else can go wrong
  out.resize(begin + size);
}

bool decompress(std::string_view compressed, std::string& plain) {
  thread_local const std::unique_ptr<ZSTD_DCtx, Freed<ZSTD_freeDCtx>> context(ZSTD_createDCtx());
  const unsigned long long size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  // More than so many bytes can hold; the two error values are the highest numbers.
  if (size > (compressed.size() / kMinBlock + 1) * kMaxBlock) return false;
  plain.resize(size);
  return ZSTD_decompress_usingDDict(context.get(), plain.data(), plain.size(), compressed.data(), compressed.size(),
                                    reading_dictionary()) == size;
}

}  // namespace depeche::schema
