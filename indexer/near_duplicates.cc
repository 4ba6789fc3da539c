#include "indexer/near_duplicates.hh"

#include <algorithm>
#include <cstring>

#include "core/hash.hh"

namespace depeche::indexer {
namespace {

// The finaliser of splitmix64 (Steele et al. 2014): spreads every input bit over the output.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

std::uint64_t hash_word(std::string_view word) { return mix(fnv1a(word)); }

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
  if (const Text* equal = text_of(s.id); equal && equal->articles > 0) return equal->group;
  if (!s.comparable || heads_.empty()) return std::nullopt;
  std::size_t most = kSignatureMatch;
  std::optional<std::uint64_t> group;
  for (std::size_t band = 0; band < kBands; ++band) {
    for (std::uint32_t entry = heads_[band_hash(s.values, band) & (heads_.size() - 1)]; entry != kNone; entry = next_[entry]) {
      const Values& other = values_[entry / kBands];
      std::size_t same = 0;
      for (std::size_t i = 0; i < kSignatureSize; ++i) same += other[i] == s.values[i];
      if (same < most) continue;
      const Text& text = texts_[text_of_values_[entry / kBands]];
      if (text.articles == 0) continue;
      group = same > most || !group ? text.group : std::min(*group, text.group);
      most = same;
    }
  }
  return group;
}

std::uint64_t GroupFinder::find_or_add(const Signature& s) {
  const std::uint64_t group = find(s).value_or(s.id);
  add(s, group);
  return group;
}

void GroupFinder::add(const Signature& s, std::uint64_t group) {
  if (3 * (texts_.size() + 1) > 2 * slots_.size()) grow_slots();
  std::uint32_t& slot = slots_[slot_of(s.id)];
  if (slot != kNone) {
    Text& text = texts_[slot];
    text.group = text.articles == 0 ? group : std::min(text.group, group);
    ++text.articles;
    return;
  }
  slot = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back({s.id, group, 1});
  if (s.comparable) add_values(s, slot);
}

void GroupFinder::remove(const Signature& s) {
  if (slots_.empty()) return;
  const std::uint32_t text = slots_[slot_of(s.id)];
  if (text != kNone && texts_[text].articles > 0) --texts_[text].articles;
}

std::size_t GroupFinder::slot_of(std::uint64_t id) const {
  std::size_t at = mix(id) & (slots_.size() - 1);
  while (slots_[at] != kNone && texts_[slots_[at]].id != id) at = (at + 1) & (slots_.size() - 1);
  return at;
}

const GroupFinder::Text* GroupFinder::text_of(std::uint64_t id) const {
  const std::uint32_t text = slots_.empty() ? kNone : slots_[slot_of(id)];
  return text == kNone ? nullptr : &texts_[text];
}

void GroupFinder::add_values(const Signature& s, std::uint32_t text) {
  values_.push_back(s.values);
  text_of_values_.push_back(text);
  if (values_.size() * kBands > 2 * heads_.size()) return grow_bands();
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint32_t& head = heads_[band_hash(s.values, band) & (heads_.size() - 1)];
    next_.push_back(head);
    head = static_cast<std::uint32_t>(next_.size() - 1);
  }
}

void GroupFinder::grow_slots() {
  slots_.assign(std::max<std::size_t>(1024, 2 * slots_.size()), kNone);
  for (std::uint32_t text = 0; text < texts_.size(); ++text) slots_[slot_of(texts_[text].id)] = text;
}

void GroupFinder::grow_bands() {
  heads_.assign(std::max<std::size_t>(1024, 2 * heads_.size()), kNone);
  next_.resize(values_.size() * kBands);
  for (std::uint32_t entry = 0; entry < next_.size(); ++entry) {
    std::uint32_t& head = heads_[band_hash(values_[entry / kBands], entry % kBands) & (heads_.size() - 1)];
    next_[entry] = head;
    head = entry;
  }
}

}  // namespace depeche::indexer
