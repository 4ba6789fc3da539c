// Hashes of names in their key form, computed while reading the text: no string is built.
//
// The key form is that of text::value_key(): lower case, no accents, each run of other characters one hyphen. Hashes
// of neighbouring words are joined in constant time, so every span of tokens can be looked up as a name:
//   hash("Mistral AI") == hash("mistral-ai") == joined(hash("mistral"), hash("AI"))
#pragma once

#include <cstdint>
#include <string_view>

namespace depeche::entities {

// The hash of a key and the power of the base that stands for its length; an empty key is {0, 1}.
struct KeyHash {
  static constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;  // odd, so that no length is lost

  std::uint64_t value = 0;
  std::uint64_t power = 1;

  constexpr void add(char c) {
    value = value * kBase + static_cast<unsigned char>(c);
    power *= kBase;
  }
  constexpr bool empty() const { return power == 1; }
  friend constexpr bool operator==(const KeyHash& a, const KeyHash& b) { return a.value == b.value; }
};

// The hash of `left`, a hyphen, `right`. An empty side leaves the other as it is.
constexpr KeyHash joined(const KeyHash& left, const KeyHash& right) {
  if (left.empty()) return right;
  if (right.empty()) return left;
  const std::uint64_t hyphenated = left.value * KeyHash::kBase + '-';
  return {hyphenated * right.power + right.value, left.power * KeyHash::kBase * right.power};
}

// The hash of a word that is in key form already: "levee".
constexpr std::uint64_t hash_of_key(std::string_view key) {
  KeyHash hash;
  for (const char c : key) hash.add(c);
  return hash.value;
}

// Spreads the bits of a hash over a table's index.
constexpr std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 32;
  value *= 0xD6E8FEB86659FD93;
  return value ^ (value >> 32);
}

}  // namespace depeche::entities
