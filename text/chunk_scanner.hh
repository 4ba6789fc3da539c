// Cuts a text into chunks: single words, elisions, and everything else between two blanks or points.
#pragma once

#include <cstddef>
#include <string_view>

namespace depeche::text {

struct Chunk {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool elision = false;  // an article and its apostrophe: no token
};

// No chunk is longer, so memory stays bounded: a longer one is cut between two characters.
inline constexpr std::size_t kMaxChunkBytes = 4096;

// The first chunk that begins at `at` or later; empty, at the end of the text, when there is none.
Chunk next_chunk(std::string_view text, std::size_t at);

}  // namespace depeche::text
