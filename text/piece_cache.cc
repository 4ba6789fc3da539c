#include "text/piece_cache.hh"

#include <algorithm>
#include <utility>

#include "text/short_bytes.hh"

namespace depeche::text {

PieceCache::Found PieceCache::find(std::string_view chunk, std::uint32_t hash, ChunkAnalyzer& analyzer) {
  if (chunk.size() > kMaxKeyBytes) return analyze_once(chunk, analyzer);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask; slots_[i].entry != 0; i = (i + 1) & mask) {
    if (slots_[i].hash != hash) continue;
    const Entry& entry = entries_[slots_[i].entry - 1];
    const bool same =
        entry.key_size == chunk.size() && equal_bytes(pool_.bytes.data() + entry.key, chunk.data(), chunk.size());
    if (same) return found(entry);
  }

  if (entries_.size() == kMaxEntries) forget();
  Entry entry;
  entry.key = static_cast<std::uint32_t>(pool_.bytes.size());
  entry.key_size = static_cast<std::uint8_t>(chunk.size());
  entry.first = static_cast<std::uint32_t>(pool_.pieces.size());
  pool_.bytes += chunk;
  if (analyzer.analyze(chunk, pool_) > 0) {  // not kept: its ill-formed bytes count each time it is met
    pool_.bytes.resize(entry.key);
    pool_.pieces.resize(entry.first);
    return analyze_once(chunk, analyzer);
  }
  entry.count = static_cast<std::uint8_t>(pool_.pieces.size() - entry.first);
  insert(hash, entry);
  return found(entry);
}

PieceCache::Found PieceCache::found(const Entry& entry) const {
  return {std::span(pool_.pieces).subspan(entry.first, entry.count), &pool_, 0};
}

PieceCache::Found PieceCache::analyze_once(std::string_view chunk, ChunkAnalyzer& analyzer) {
  scratch_.clear();
  const std::size_t invalid = analyzer.analyze(chunk, scratch_);
  return {scratch_.pieces, &scratch_, invalid};
}

std::size_t PieceCache::free_slot(std::uint32_t hash) const {
  std::size_t i = hash & (slots_.size() - 1);
  while (slots_[i].entry != 0) i = (i + 1) & (slots_.size() - 1);
  return i;
}

void PieceCache::insert(std::uint32_t hash, Entry entry) {
  entries_.push_back(entry);
  if (entries_.size() * 2 > slots_.size()) {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
    for (const Slot& slot : old) {
      if (slot.entry != 0) slots_[free_slot(slot.hash)] = slot;
    }
  }
  slots_[free_slot(hash)] = {hash, static_cast<std::uint32_t>(entries_.size())};
}

void PieceCache::forget() {
  std::fill(slots_.begin(), slots_.end(), Slot{});
  entries_.clear();
  pool_.clear();
}

}  // namespace depeche::text
