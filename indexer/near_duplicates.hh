// Near-identical articles: wire stories that several sources print. MinHash over shingles of three words
// (Broder 1997, "On the resemblance and containment of documents"), one permutation with optimal densification
// (Shrivastava 2017), found again through bands of two values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/analyzer.hh"

namespace depeche::indexer {

inline constexpr std::size_t kSignatureSize = 32;
// Values that two signatures must share: an estimate of the share of common shingles (Jaccard). Near-copies that keep
// 85 % of their words share about half of their shingles.
inline constexpr std::size_t kSignatureMatch = 13;
inline constexpr std::size_t kShortestText = 30;  // words; shorter texts are duplicates only when equal

struct Signature {
  std::array<std::uint16_t, kSignatureSize> values{};
  std::uint64_t id = 0;  // hash of the words themselves; of equal texts equal, of short ones only with equal titles
  bool comparable = false;  // long enough
};

Signature signature_of(const text::Analysis& title, const text::Analysis& text);
std::string pack_signature(const Signature& signature);
std::optional<Signature> unpack_signature(std::string_view packed);

// Gives each article the number of its group: that of the first article added that is nearly the same, else its own.
// Not thread-safe.
class GroupFinder {
 public:
  std::uint64_t find_or_add(const Signature& signature);
  // An article that is in the index already, with its group.
  void add(const Signature& signature, std::uint64_t group);

 private:
  struct Known {
    std::array<std::uint16_t, kSignatureSize> values;
    std::uint64_t group;
  };
  std::optional<std::uint64_t> find(const Signature& signature) const;
  std::vector<Known> known_;
  void grow();

  // A chained hash table of 8 bytes an entry: heads_ by hash of band number and values → last entry put there,
  // next_ by entry → the one before it. Entry e belongs to known_[e / kBands].
  std::vector<std::uint32_t> heads_, next_;
  std::unordered_map<std::uint64_t, std::uint64_t> equal_;       // Signature::id → group
};

}  // namespace depeche::indexer
