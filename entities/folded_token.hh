// The letters of a token as a string, where a hash will not do.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "entities/latin.hh"
#include "entities/tokens.hh"

namespace depeche::entities {

// The folded letters of a token; long ones are cut.
class FoldedToken {
 public:
  FoldedToken(const Document& document, std::size_t token) {
    const std::string_view text = document.text_of(token);
    bool pending = false;
    for (std::size_t at = 0; at < text.size() && size_ + 4 < buffer_.size();) {
      const Char c = char_at(text, at);
      at += c.size;
      if (c.kind == CharKind::kMark) continue;
      const std::string_view fold = folded(c.code);
      if (fold.empty()) {
        pending = size_ > 0;
        continue;
      }
      if (pending) buffer_[size_++] = '-';
      pending = false;
      for (const char byte : fold) buffer_[size_++] = byte;
    }
  }
  std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 48> buffer_;
  std::size_t size_ = 0;
};

}  // namespace depeche::entities
