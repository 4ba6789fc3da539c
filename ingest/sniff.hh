// What a piece of input is, by its first bytes. Names only decide where the content is silent.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/error.hh"
#include "ingest/reader.hh"

namespace depeche::ingest {

inline constexpr std::size_t kSniffSize = 64 << 10;

enum class Packing : std::uint8_t { kNone, kGzip, kZstd, kTar, kZip };

// Compression or archive, to be opened before the format is asked for.
Packing sniff_packing(std::string_view head);

// The format of unpacked content; an error says why it is none of them (an image, a sitemap, …). `name` is a file
// name, or empty; the endings of compression are ignored.
Result<Format> sniff_format(std::string_view head, std::string_view name);

}  // namespace depeche::ingest
