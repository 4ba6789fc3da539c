// FNV-1a with 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv): for names and fingerprints that are stored, so it must never
// change. Not for hash tables fed by strangers, and no cryptographic hash.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace depeche {

inline constexpr std::uint64_t kFnvStart = 0xcbf29ce484222325u;
inline constexpr std::uint64_t kFnvPrime = 0x100000001b3u;

// `hash` goes on from an earlier call.
constexpr std::uint64_t fnv1a(std::string_view bytes, std::uint64_t hash = kFnvStart) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * kFnvPrime;
  return hash;
}

// Sixteen lower-case digits.
inline std::string hex64(std::uint64_t value) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(value));
  return digits;
}

}  // namespace depeche
