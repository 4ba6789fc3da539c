// UTF-8 with the standard library alone: validation, repair, code-point counting.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace depeche {

bool is_valid_utf8(std::string_view bytes);

// Replaces each maximal ill-formed subsequence by U+FFFD (Unicode 15, ch. 3.9, "best practice") and returns how many
// there were. NUL bytes are kept.
std::size_t repair_utf8(std::string& bytes);

// The number of code points of well-formed `text`.
std::size_t count_code_points(std::string_view text);

// Turns increasing byte offsets into code-point offsets in one pass over a text.
class CodePointCounter {
 public:
  explicit CodePointCounter(std::string_view text) : text_(text) {}

  // The number of code points before byte `offset`. Offsets must not decrease from call to call.
  std::size_t at(std::size_t offset);

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t count_ = 0;
};

// The longest prefix of `text` of at most `max_bytes` bytes that does not end inside a code point.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

}  // namespace depeche
