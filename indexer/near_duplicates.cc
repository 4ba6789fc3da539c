#include "indexer/near_duplicates.hh"

#include <algorithm>
#include <cstring>

namespace depeche::indexer {
namespace {

// The finaliser of splitmix64 (Steele et al. 2014): spreads every input bit over the output.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

std::uint64_t hash_word(std::string_view word) {
  std::uint64_t h = 0xcbf29ce484222325u;
  for (const char c : word) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return mix(h);
}

constexpr std::size_t kBands = kSignatureSize / 2;

constexpr std::uint32_t kNone = UINT32_MAX;

std::uint64_t band_hash(const std::array<std::uint16_t, kSignatureSize>& values, std::size_t band) {
  return mix((static_cast<std::uint64_t>(band) << 32) | (static_cast<std::uint64_t>(values[2 * band]) << 16) |
             values[2 * band + 1]);
}

}  // namespace

Signature signature_of(const text::Analysis& title, const text::Analysis& text) {
  Signature out;
  constexpr std::uint64_t kEmpty = UINT64_MAX;
  std::array<std::uint64_t, kSignatureSize> smallest;
  smallest.fill(kEmpty);
  std::uint64_t before = 0, last = 0, all = 0x9e3779b97f4a7c15u;
  std::size_t words = 0;
  for (const text::Token& token : text.tokens()) {
    if (token.has(text::kCompound)) continue;
    const std::uint64_t word = hash_word(text.exact(token));
    all = mix(all ^ word) + words;
    if (++words >= 3) {
      const std::uint64_t shingle = mix(before * 3 + last * 5 + word * 7);
      std::uint64_t& bin = smallest[shingle % kSignatureSize];
      bin = std::min(bin, shingle / kSignatureSize);
    }
    before = last;
    last = word;
  }
  out.id = all;
  out.comparable = words >= kShortestText;
  if (!out.comparable) {  // "Lire la suite" and no text at all say nothing: the title is what the article is
    out.id = mix(out.id + title.tokens().size());
    for (const text::Token& token : title.tokens()) {
      if (!token.has(text::kCompound)) out.id = mix(out.id ^ hash_word(title.exact(token)));
    }
    return out;
  }
  for (std::size_t i = 0; i < kSignatureSize; ++i) {  // empty bins borrow from one chosen by a hash of their number
    std::size_t from = i;
    for (std::uint64_t step = 1; smallest[from] == kEmpty; ++step) from = mix(i * 1000 + step) % kSignatureSize;
    out.values[i] = static_cast<std::uint16_t>(mix(smallest[from] + i) >> 48);
  }
  return out;
}

std::string pack_signature(const Signature& s) {
  std::string out(sizeof s.id + (s.comparable ? sizeof s.values : 0), '\0');
  std::memcpy(out.data(), &s.id, sizeof s.id);
  if (s.comparable) std::memcpy(out.data() + sizeof s.id, s.values.data(), sizeof s.values);
  return out;
}

std::optional<Signature> unpack_signature(std::string_view packed) {
  Signature s;
  if (packed.size() < sizeof s.id) return std::nullopt;
  std::memcpy(&s.id, packed.data(), sizeof s.id);
  s.comparable = packed.size() == sizeof s.id + sizeof s.values;
  if (s.comparable) std::memcpy(s.values.data(), packed.data() + sizeof s.id, sizeof s.values);
  return s;
}

std::optional<std::uint64_t> GroupFinder::find(const Signature& s) const {
  const auto equal = equal_.find(s.id);
  if (equal != equal_.end()) return equal->second;
  if (!s.comparable) return std::nullopt;
  std::uint32_t best = kNone;  // the first one added, so that groups do not depend on hash order
  for (std::size_t band = 0; band < kBands && !heads_.empty(); ++band) {
    for (std::uint32_t entry = heads_[band_hash(s.values, band) % heads_.size()]; entry != kNone; entry = next_[entry]) {
      const std::uint32_t candidate = entry / kBands;
      if (candidate >= best) continue;
      const auto& other = known_[candidate].values;
      std::size_t same = 0;
      for (std::size_t i = 0; i < kSignatureSize; ++i) same += other[i] == s.values[i];
      if (same >= kSignatureMatch) best = candidate;
    }
  }
  if (best == kNone) return std::nullopt;
  return known_[best].group;
}

std::uint64_t GroupFinder::find_or_add(const Signature& s) {
  const std::uint64_t group = find(s).value_or(s.id);
  add(s, group);
  return group;
}

void GroupFinder::add(const Signature& s, std::uint64_t group) {
  equal_.try_emplace(s.id, group);
  if (!s.comparable) return;
  known_.push_back({s.values, group});
  if (known_.size() * kBands > heads_.size()) return grow();
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint32_t& head = heads_[band_hash(s.values, band) % heads_.size()];
    next_.push_back(head);
    head = static_cast<std::uint32_t>(next_.size() - 1);
  }
}

void GroupFinder::grow() {
  heads_.assign(std::max<std::size_t>(1024, 2 * known_.size() * kBands), kNone);
  next_.assign(known_.size() * kBands, kNone);
  for (std::uint32_t entry = 0; entry < next_.size(); ++entry) {
    std::uint32_t& head = heads_[band_hash(known_[entry / kBands].values, entry % kBands) % heads_.size()];
    next_[entry] = head;
    head = entry;
  }
}

}  // namespace depeche::indexer
