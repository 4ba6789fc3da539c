// A table from well-spread 64-bit hashes to small values: open addressing, built once, read often.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "entities/key_hash.hh"

namespace depeche::entities {

// Key 0 is not allowed. T is default-constructible and cheap to copy.
template <class T>
class HashMap {
 public:
  explicit HashMap(std::size_t expected = 0) { resize(expected); }

  // The value of `key`, made when there is none. Invalidates pointers.
  T& operator[](std::uint64_t key) {
    if ((count_ + 1) * 2 > slots_.size()) resize(slots_.size());
    Slot& slot = slots_[place(key)];
    if (slot.key == 0) {
      slot.key = key;
      ++count_;
    }
    return slot.value;
  }

  const T* find(std::uint64_t key) const {
    const Slot& slot = slots_[place(key)];
    return slot.key == 0 ? nullptr : &slot.value;
  }

  std::size_t size() const { return count_; }

 private:
  struct Slot {
    std::uint64_t key = 0;
    T value{};
  };

  std::size_t place(std::uint64_t key) const {
    std::size_t at = mixed(key) & mask_;
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & mask_;
    return at;
  }

  void resize(std::size_t expected) {
    std::vector<Slot> old(std::bit_ceil(expected * 2 + 16));
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    for (const Slot& slot : old) {
      if (slot.key != 0) slots_[place(slot.key)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t count_ = 0;
};

}  // namespace depeche::entities
