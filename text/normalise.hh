// The first stage: bytes → NFKC code points that remember which bytes they stand for. Accents and case are kept.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace depeche::text {

// One character of a normalised chunk and the bytes [begin, end) of the chunk that it stands for.
struct SourceChar {
  char32_t c = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

using SourceText = std::vector<SourceChar>;

// Decodes UTF-8 and HTML references, unifies apostrophes (') and hyphens (-), drops what cannot be seen (soft hyphen,
// joiners, direction marks), then applies NFKC. Replaces `out`; returns how many ill-formed sequences were replaced.
// Linear: a run of combining marks is normalised in parts.
std::size_t normalise(std::string_view chunk, SourceText& out);

}  // namespace depeche::text
