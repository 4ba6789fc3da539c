// Decompression of gzip and Zstandard, with a guard against bombs.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "ingest/byte_stream.hh"

namespace depeche::ingest {

// Unpacked data may be `ratio` times what was read for it; the first kFreeUnpackedBytes are never counted against it.
inline constexpr std::uint64_t kFreeUnpackedBytes = 32u << 20;

bool is_gzip(std::string_view head);
bool is_zstd(std::string_view head);

// Several members or frames in a row are one stream. What follows the last one and is none is passed over, as gzip
// does. What was unpacked before a cut or a broken place is delivered whole.
std::unique_ptr<ByteStream> gunzip(std::unique_ptr<ByteStream> packed, std::uint64_t max_ratio);
std::unique_ptr<ByteStream> unzstd(std::unique_ptr<ByteStream> packed, std::uint64_t max_ratio);

// The guard itself, for archives.
bool is_bomb(std::uint64_t packed, std::uint64_t unpacked, std::uint64_t max_ratio);
Error bomb_error(std::uint64_t max_ratio);

}  // namespace depeche::ingest
