// Sidecars: files beside a part's Xapian database, derived from it, mapped into memory, never changed.
//
// Layout, all numbers little-endian:
//   0   char[8]  magic "DEPSIDE1"
//   8   u64      checksum of the header and table with this field 0 (FNV-1a 64)
//   16  char[16] uuid of the Xapian database it is derived from
//   32  u64      revision of that database
//   40  u32      sidecar format of this kind (changes with its readers)
//   44  u32      number of sections
//   48  sections: {char[16] name, zero-padded; u64 offset; u64 size; u64 checksum}, then the sections, each at a
//       multiple of 64; at least 64 zero bytes follow the last one, so that SIMD may read past a section's end.
//
// Opening checks the header alone, in microseconds; verify() reads everything and is what `depeche check` calls. A
// sidecar of another database, revision or format is not opened: its contents are rebuilt or worked around.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hh"

namespace depeche::schema {

// Which database a sidecar belongs to.
struct SidecarKey {
  std::array<char, 16> uuid{};
  std::uint64_t revision = 0;
  std::uint32_t format = 0;
  friend bool operator==(const SidecarKey&, const SidecarKey&) = default;
};

// Immutable; shared by threads. Sections stay valid as long as it lives.
class Sidecar {
 public:
  // kIndexDamaged when it is missing, cut, not one, or not of `key`.
  static Result<std::shared_ptr<const Sidecar>> open(const std::string& path, const SidecarKey& key);
  ~Sidecar();
  Sidecar(const Sidecar&) = delete;
  Sidecar& operator=(const Sidecar&) = delete;

  // Empty when there is no such section.
  std::string_view section(std::string_view name) const;
  template <class T>
  std::span<const T> array(std::string_view name) const {
    const std::string_view bytes = section(name);
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
  std::vector<std::string> section_names() const;
  std::uint64_t bytes() const { return size_; }
  Result<void> verify() const;

 private:
  Sidecar() = default;
  const char* data_ = nullptr;
  std::uint64_t size_ = 0;
  std::string path_;
};

// Collects sections, then writes them in one go. Used by the writer and by `check --repair`.
class SidecarBuilder {
 public:
  // The bytes are copied.
  void add(std::string_view name, std::string_view bytes);
  template <class T>
  void add_array(std::string_view name, std::span<const T> values) {
    add(name, {reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }
  // Writes to a file beside `path`, then renames it. `sync`: fsync before the rename.
  Result<void> write(const std::string& path, const SidecarKey& key, bool sync) const;

 private:
  std::vector<std::pair<std::string, std::string>> sections_;
};

}  // namespace depeche::schema
