// What the first stages make of a text, for people who want to see it: `depeche analyze`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/range.hh"

namespace depeche::text {

// One word as the tokeniser cut it, before compounds, lemmas and folding. The tokens of the Analysis whose ranges lie
// in `range` are what became of it; none did of an elision.
struct TracedWord {
  ByteRange range;         // of the original text
  std::string normalised;  // NFKC, apostrophes and hyphens unified, nothing invisible
  std::string_view kind;   // "word", "number", "elision", "acronym", "host", …
};

std::vector<TracedWord> trace_words(std::string_view text);

}  // namespace depeche::text
