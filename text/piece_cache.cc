#include "text/piece_cache.hh"

#include <algorithm>
#include <cstring>

namespace depeche::text {
namespace {

constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;

std::uint32_t hash_of(std::string_view key) {
  std::uint64_t hash = key.size() * kMultiplier;
  const char* at = key.data();
  std::size_t left = key.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
  }
  std::uint64_t tail = 0;
  std::memcpy(&tail, at, left);
  hash = (hash ^ tail) * kMultiplier;
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

PieceCache::Slot& PieceCache::slot_for(std::string_view chunk, std::uint32_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash & mask;
  while (slots_[i].key_size != 0) {
    Slot& slot = slots_[i];
    if (slot.hash == hash && slot.key_size == chunk.size() &&
        std::memcmp(pool_.bytes.data() + slot.key, chunk.data(), chunk.size()) == 0) {
      return slot;
    }
    i = (i + 1) & mask;
  }
  return slots_[i];
}

PieceCache::Found PieceCache::find(std::string_view chunk, ChunkAnalyzer& analyzer) {
  if (chunk.size() > kMaxKeyBytes) return analyze_once(chunk, analyzer);
  const std::uint32_t hash = hash_of(chunk);
  const Slot* slot = &slot_for(chunk, hash);
  if (slot->key_size == 0) {
    if (entries_ == kMaxEntries) forget();
    const std::size_t key = pool_.bytes.size();
    const std::size_t first = pool_.pieces.size();
    const std::size_t lemmas = pool_.lemmas.size();
    pool_.bytes += chunk;                      // beside the terms: one line of memory holds both
    if (analyzer.analyze(chunk, pool_) > 0) {  // counted anew each time it is met
      pool_.bytes.resize(key);
      pool_.pieces.resize(first);
      pool_.lemmas.resize(lemmas);
      return analyze_once(chunk, analyzer);
    }
    make_room();
    Slot& fresh = slot_for(chunk, hash);
    fresh = {hash, static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(first),
             static_cast<std::uint16_t>(pool_.pieces.size() - first), static_cast<std::uint16_t>(chunk.size())};
    ++entries_;
    slot = &fresh;
  }
  return {std::span(pool_.pieces).subspan(slot->first, slot->count), &pool_, 0};
}

PieceCache::Found PieceCache::analyze_once(std::string_view chunk, ChunkAnalyzer& analyzer) {
  scratch_.clear();
  const std::size_t invalid = analyzer.analyze(chunk, scratch_);
  return {scratch_.pieces, &scratch_, invalid};
}

void PieceCache::forget() {
  std::fill(slots_.begin(), slots_.end(), Slot{});
  entries_ = 0;
  pool_.clear();
}

// Before one more entry is added, whose pieces are in the pool already.
void PieceCache::make_room() {
  if (entries_ * 2 + 2 <= slots_.size()) return;
  std::vector<Slot> grown(slots_.size() * 2);
  for (const Slot& slot : slots_) {
    if (slot.key_size == 0) continue;
    std::size_t i = slot.hash & (grown.size() - 1);
    while (grown[i].key_size != 0) i = (i + 1) & (grown.size() - 1);
    grown[i] = slot;
  }
  slots_ = std::move(grown);
}

}  // namespace depeche::text
