// Ranges of text. Inside the program they count bytes of the original UTF-8; what leaves it counts code points.
#pragma once

#include <cstdint>
#include <string_view>

namespace depeche {

// [begin, end) in bytes of the original UTF-8 text; both ends lie on code-point borders.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

}  // namespace depeche
