// Remembers the pieces of chunks that were seen: in the steady state a chunk costs one look-up.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/chunk.hh"

namespace depeche::text {

// Bounded: at kMaxEntries it forgets everything and begins anew, which costs less than keeping track of use. Entries
// lie in the order in which they were met, so frequent words, which come first, share lines of memory.
class PieceCache {
 public:
  static constexpr std::size_t kMaxKeyBytes = 48;
  static constexpr std::size_t kMaxEntries = 1 << 17;

  PieceCache() : slots_(1 << 10) {}

  struct Found {
    std::span<const Piece> pieces;  // valid until the next call
    const PiecePool* pool = nullptr;
    std::size_t invalid = 0;  // ill-formed sequences in the chunk
  };

  static std::uint32_t hash(std::string_view chunk) { return hash_bytes(chunk.data(), chunk.size()); }
  // `hash` is that of the chunk.
  Found find(std::string_view chunk, std::uint32_t hash, ChunkAnalyzer& analyzer);

  // A look-up waits for memory twice. Who knows the next chunks asks ahead, some chunks before find(): first for the
  // slot, then for the entry.
  void prefetch_slot(std::uint32_t hash) const { __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]); }
  void prefetch_entry(std::uint32_t hash) const {
    const Slot& slot = slots_[hash & (slots_.size() - 1)];
    if (slot.entry != 0) __builtin_prefetch(&entries_[slot.entry - 1]);
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = 0;  // number + 1; 0: free
  };
  struct Entry {
    std::uint32_t key = 0;    // in pool_.bytes, before the terms
    std::uint32_t first = 0;  // in pool_.pieces
    std::uint8_t key_size = 0;
    std::uint8_t count = 0;
  };

  Found analyze_once(std::string_view chunk, ChunkAnalyzer& analyzer);
  Found found(const Entry& entry) const;
  std::size_t free_slot(std::uint32_t hash) const;
  void insert(std::uint32_t hash, Entry entry);
  void forget();

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::vector<Entry> entries_;
  PiecePool pool_;
  PiecePool scratch_;  // of chunks that are not kept
};

}  // namespace depeche::text
