// Hash, comparison and copy of strings as short as words, where a call of the C library costs more than its work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace depeche::text {

template <class Word>
Word load_word(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// Fewer than 8 bytes as one number; with the size it tells them apart.
inline std::uint64_t load_short(const char* at, std::size_t size) {
  if (size >= 4) return load_word<std::uint32_t>(at) | std::uint64_t{load_word<std::uint32_t>(at + size - 4)} << 32;
  if (size == 0) return 0;
  const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
  return byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

inline std::uint32_t hash_bytes(const char* at, std::size_t size) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  std::uint64_t hash = size * kMultiplier;
  for (; size >= 8; at += 8, size -= 8) {
    hash = (hash ^ load_word<std::uint64_t>(at)) * kMultiplier;
    hash ^= hash >> 32;
  }
  hash = (hash ^ load_short(at, size)) * kMultiplier;
  return static_cast<std::uint32_t>(hash >> 32);
}

inline bool equal_bytes(const char* a, const char* b, std::size_t size) {
  for (; size >= 8; a += 8, b += 8, size -= 8) {
    if (load_word<std::uint64_t>(a) != load_word<std::uint64_t>(b)) return false;
  }
  return load_short(a, size) == load_short(b, size);
}

// The two must not overlap.
inline void copy_bytes(char* to, const char* from, std::size_t size) {
  for (; size >= 8; to += 8, from += 8, size -= 8) std::memcpy(to, from, 8);
  if (size >= 4) {
    const auto first = load_word<std::uint32_t>(from);
    const auto last = load_word<std::uint32_t>(from + size - 4);
    std::memcpy(to, &first, 4);
    std::memcpy(to + size - 4, &last, 4);
    return;
  }
  for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
}

}  // namespace depeche::text
