// Remembers the pieces of chunks that were seen: in the steady state a chunk costs one look-up.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/chunk.hh"

namespace depeche::text {

// Bounded: at kMaxEntries it forgets everything and begins anew, which costs less than keeping track of use.
class PieceCache {
 public:
  static constexpr std::size_t kMaxKeyBytes = 48;
  static constexpr std::size_t kMaxEntries = 1 << 17;

  PieceCache() : slots_(1 << 10) {}

  struct Found {
    std::span<const Piece> pieces;  // valid until the next call
    const PiecePool* pool = nullptr;
    std::size_t invalid = 0;
  };

  Found find(std::string_view chunk, ChunkAnalyzer& analyzer);

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t key = 0;    // in pool_.bytes
    std::uint32_t first = 0;  // in pool_.pieces
    std::uint16_t count = 0;
    std::uint16_t key_size = 0;  // 0: free
  };

  Found analyze_once(std::string_view chunk, ChunkAnalyzer& analyzer);
  Slot& slot_for(std::string_view chunk, std::uint32_t hash);
  void make_room();
  void forget();

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::size_t entries_ = 0;
  PiecePool pool_;
  PiecePool scratch_;  // of chunks that are not kept
};

}  // namespace depeche::text
