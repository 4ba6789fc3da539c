// Postings of frequent terms, decoded and mapped (schema/part_layout.hh).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/error.hh"
#include "schema/part_layout.hh"
#include "schema/sidecar.hh"
#include "schema/string_table.hh"

namespace depeche::searcher {

// The postings of one term among 65 536 document numbers.
struct PostingBlock {
  std::uint32_t base = 0;               // is added to
  std::span<const std::uint16_t> docs;  // increasing
  std::span<const std::uint8_t> wdfs;   // within-document frequency, 255 for more
};

// The postings of one term. A view, valid as long as the HotPostings that it comes from.
class Postings {
 public:
  Postings(std::span<const std::uint64_t> start, std::span<const std::uint16_t> docs, std::span<const std::uint8_t> wdfs)
      : start_(start), docs_(docs), wdfs_(wdfs) {}

  std::size_t size() const { return start_.back() - start_.front(); }
  std::size_t blocks() const { return start_.size() - 1; }
  // Empty behind the last one.
  PostingBlock block(std::size_t i) const {
    if (i >= blocks()) return {};
    const std::size_t begin = start_[i], n = start_[i + 1] - begin;
    return {static_cast<std::uint32_t>(i << schema::hot::kBlockBits), docs_.subspan(begin, n), wdfs_.subspan(begin, n)};
  }

 private:
  std::span<const std::uint64_t> start_;  // by block, and one more
  std::span<const std::uint16_t> docs_;   // of all terms
  std::span<const std::uint8_t> wdfs_;
};

// Immutable; shared by threads.
class HotPostings {
 public:
  static Result<HotPostings> open(std::shared_ptr<const schema::Sidecar> sidecar);
  std::optional<Postings> find(std::string_view term) const;

 private:
  std::shared_ptr<const schema::Sidecar> sidecar_;
  schema::StringTable terms_;
  std::size_t blocks_ = 0;                // of each term
  std::span<const std::uint64_t> start_;  // by term and block, and one more
  std::span<const std::uint16_t> docs_;
  std::span<const std::uint8_t> wdfs_;
};

}  // namespace depeche::searcher
