// The ids met in a run, and where: tells an article that comes twice. Small, because a run may have millions: an id is
// known by its hash (64 bits; among ten million ids two different ones agree once in 400,000 runs).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace depeche::indexer {

class SeenIds {
 public:
  // Nothing when `id` is new: it is remembered with its place. Else the place that it was first met at.
  const char* first_place(std::string_view id, std::string_view where);
  bool contains(std::string_view id) const;

 private:
  struct Slot {
    std::uint64_t hash = 0;  // 0: free
    const char* where = nullptr;
  };

  std::size_t slot_of(std::uint64_t hash) const;  // where it is, or where it would be put
  const char* keep(std::string_view where);
  void grow();

  std::vector<Slot> slots_;  // open addressing; a power of two, at most two thirds of them used
  std::size_t used_ = 0;
  std::vector<std::string> places_;  // blocks that never move, of places ended by a zero
};

}  // namespace depeche::indexer
