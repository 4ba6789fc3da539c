// Strings one after another with their offsets: how every list of strings lies in a sidecar (schema/part_layout.hh).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/sidecar.hh"

namespace depeche::schema {

// A view into a mapped sidecar; valid as long as that.
class StringTable {
 public:
  StringTable() = default;
  StringTable(const Sidecar& sidecar, std::string_view offsets, std::string_view bytes)
      : offsets_(sidecar.array<std::uint32_t>(offsets)), bytes_(sidecar.section(bytes)) {}

  // Neither missing nor cut. REQUIRED of it for all below.
  bool is_whole() const { return !offsets_.empty() && offsets_.back() == bytes_.size(); }
  std::size_t size() const { return offsets_.size() - 1; }
  // Empty where the offsets make no sense.
  std::string_view operator[](std::size_t i) const {
    const std::uint32_t begin = offsets_[i], end = offsets_[i + 1];
    return begin <= end && end <= bytes_.size() ? bytes_.substr(begin, end - begin) : std::string_view{};
  }
  // Of a table that is ordered bytewise: the first string that is not before `wanted`; size() when there is none.
  std::size_t lower_bound(std::string_view wanted) const {
    std::size_t low = 0, high = size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if ((*this)[middle] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

 private:
  std::span<const std::uint32_t> offsets_;
  std::string_view bytes_;
};

// Collects the strings of a table.
class StringTableBuilder {
 public:
  void add(std::string_view s) {
    bytes_ += s;
    offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }
  void write(SidecarBuilder& out, std::string_view offsets, std::string_view bytes) const {
    out.add_array<std::uint32_t>(offsets, offsets_);
    out.add(bytes, bytes_);
  }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> offsets_{0};
};

}  // namespace depeche::schema
