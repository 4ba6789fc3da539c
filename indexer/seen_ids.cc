#include "indexer/seen_ids.hh"

#include <algorithm>

#include "core/hash.hh"

namespace depeche::indexer {
namespace {

constexpr std::size_t kFirstSlots = 1024;
constexpr std::size_t kPlaceBlock = 256 << 10;

std::uint64_t hash_of(std::string_view id) { return std::max<std::uint64_t>(1, fnv1a(id)); }

}  // namespace

const char* SeenIds::first_place(std::string_view id, std::string_view where) {
  if (3 * (used_ + 1) > 2 * slots_.size()) grow();
  const std::uint64_t hash = hash_of(id);
  Slot& slot = slots_[slot_of(hash)];
  if (slot.hash == hash) return slot.where;
  slot = {hash, keep(where)};
  ++used_;
  return nullptr;
}

bool SeenIds::contains(std::string_view id) const {
  const std::uint64_t hash = hash_of(id);
  return !slots_.empty() && slots_[slot_of(hash)].hash == hash;
}

std::size_t SeenIds::slot_of(std::uint64_t hash) const {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
  return at;
}

const char* SeenIds::keep(std::string_view where) {
  where = where.substr(0, kPlaceBlock - 1);
  if (places_.empty() || places_.back().capacity() - places_.back().size() <= where.size()) {
    places_.emplace_back().reserve(kPlaceBlock);
  }
  std::string& block = places_.back();
  const std::size_t begin = block.size();
  block.append(where).push_back('\0');
  return block.data() + begin;
}

void SeenIds::grow() {
  std::vector<Slot> old(std::max(kFirstSlots, 2 * slots_.size()));
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.hash != 0) slots_[slot_of(slot.hash)] = slot;
  }
}

}  // namespace depeche::indexer
