// Postings of frequent terms, decoded and mapped (schema/part_layout.hh).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/error.hh"
#include "schema/sidecar.hh"
#include "schema/string_table.hh"

namespace depeche::searcher {

struct Postings {
  std::span<const std::uint32_t> docs;  // increasing
  std::span<const std::uint8_t> wdfs;   // within-document frequency, 255 for more
};

// Immutable; shared by threads.
class HotPostings {
 public:
  static Result<HotPostings> open(std::shared_ptr<const schema::Sidecar> sidecar);
  std::optional<Postings> find(std::string_view term) const;

 private:
  std::shared_ptr<const schema::Sidecar> sidecar_;
  schema::StringTable terms_;
  std::span<const std::uint32_t> docs_;
  std::span<const std::uint64_t> start_;
  std::span<const std::uint8_t> wdfs_;
};

}  // namespace depeche::searcher
