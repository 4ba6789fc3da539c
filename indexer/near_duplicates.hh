// Near-identical articles: wire stories that several sources print. MinHash over shingles of three words
// (Broder 1997, "On the resemblance and containment of documents"), one permutation with optimal densification
// (Shrivastava 2017), found again through bands of two values.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
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

// Gives each article the number of its group: that of the article most like it, when one is nearly the same; of several
// equally like it that with the smallest number; else a number of its own, Signature::id. What is found depends on the
// set of articles and groups alone, not on the order in which they were added. Not thread-safe.
//
// An article takes about 200 bytes.
class GroupFinder {
 public:
  std::uint64_t find_or_add(const Signature& signature);
  // An article that is in the index already, with its group.
  void add(const Signature& signature, std::uint64_t group);
  // One that was added before and is there no longer: nothing is grouped with it from now on.
  void remove(const Signature& signature);

 private:
  using Values = std::array<std::uint16_t, kSignatureSize>;
  // Articles whose words are the same: they are always in one group.
  struct Text {
    std::uint64_t id, group;
    std::uint32_t articles;  // 0: all of them were removed
  };

  std::optional<std::uint64_t> find(const Signature& signature) const;
  std::size_t slot_of(std::uint64_t id) const;
  const Text* text_of(std::uint64_t id) const;
  void add_values(const Signature& signature, std::uint32_t text);
  void grow_slots();
  void grow_bands();

  // Deques, for they grow without being copied.
  std::deque<Text> texts_;
  std::deque<Values> values_;
  std::deque<std::uint32_t> text_of_values_;  // by number of values_
  std::vector<std::uint32_t> slots_;          // open addressing by Signature::id → texts_; a power of two

  // A chained hash table: heads_ by hash of band number and values → last entry put there, next_ by entry → the one
  // before it. Entry e belongs to values_[e / kBands].
  std::vector<std::uint32_t> heads_;
  std::deque<std::uint32_t> next_;
};

}  // namespace depeche::indexer
