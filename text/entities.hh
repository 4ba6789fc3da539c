// HTML character references that were left in a text: &eacute; &#233; &#xE9;
#pragma once

#include <cstddef>
#include <string_view>

namespace depeche::text {

struct HtmlEntity {
  char32_t character = 0;
  std::size_t length = 0;  // bytes, "&" and ";" included; 0: there is none
};

inline constexpr std::size_t kMaxEntityBytes = 12;

// The reference that `bytes` begins with. Only complete ones count: "AT&T;" is none.
HtmlEntity html_entity_at(std::string_view bytes);

}  // namespace depeche::text
