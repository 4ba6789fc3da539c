// The built-in data files, and how their lines are read.
#pragma once

#include <cstddef>
#include <string_view>

#include "entities/tokens.hh"

// Declares embedded_NAME(): the bytes that depeche_embed() linked in under that name.
#define DEPECHE_EMBEDDED(name)                                                                               \
  extern "C" {                                                                                               \
  extern const char depeche_data_##name[], depeche_data_##name##_end[];                                      \
  }                                                                                                          \
  static std::string_view embedded_##name() {                                                                \
    return {depeche_data_##name, static_cast<std::size_t>(depeche_data_##name##_end - depeche_data_##name)}; \
  }

namespace depeche::entities {

// Calls `found` with every part of `text` between separators. A last empty line is none.
template <class Found>
void for_each_part(std::string_view text, char separator, Found found) {
  while (true) {
    const std::size_t end = text.find(separator);
    found(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

template <class Found>
void for_each_line(std::string_view text, Found found) {
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  for_each_part(text, '\n', found);
}

template <class Found>
void for_each_word(std::string_view text, Found found) {
  for_each_part(text, ' ', [&](std::string_view word) {
    if (!word.empty()) found(word);
  });
}

}  // namespace depeche::entities
