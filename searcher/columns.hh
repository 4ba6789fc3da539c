// The columns of a part, mapped: what filters, counts and sorts read (schema/part_layout.hh).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "core/error.hh"
#include "schema/fields.hh"
#include "schema/sidecar.hh"
#include "schema/string_table.hh"

namespace depeche::searcher {

using DocId = std::uint32_t;  // Xapian's number within one part, from 1
using Code = std::uint32_t;   // of a facet value within one part

// Immutable; shared by threads. All spans are valid as long as it lives.
class Columns {
 public:
  static Result<Columns> open(std::shared_ptr<const schema::Sidecar> sidecar);

  DocId last() const { return static_cast<DocId>(last_); }
  std::uint64_t count() const { return count_; }
  bool alive(DocId doc) const { return alive_bits[doc / 64] >> (doc % 64) & 1; }

  Code codes() const { return base_[schema::kFacetCount]; }
  // The codes of a facet, by facet_index(): [first, second).
  std::pair<Code, Code> codes_of(std::size_t facet) const { return {base_[facet], base_[facet + 1]}; }
  std::size_t facet_of(Code code) const;
  std::string_view label(Code code) const { return labels_[code]; }
  std::string_view id(DocId doc) const { return ids_[doc]; }
  std::string_view key(Code code) const { return keys_[code]; }
  // The codes of a facet in the order of their keys: what shares a key is side by side.
  std::span<const Code> by_key(std::size_t facet) const {
    return key_order_.subspan(base_[facet], base_[facet + 1] - base_[facet]);
  }
  // The codes of `facet` whose value key is `key`: usually none or one.
  std::span<const Code> with_key(std::size_t facet, std::string_view key) const;

  // Calls `each` with every code of the document, increasing.
  template <class Each>
  void for_each_code(DocId doc, Each&& each) const {
    const std::uint32_t begin = row_offset[doc], end = row_offset[doc + 1];
    if (codes16.empty()) {
      for (std::uint32_t i = begin; i < end; ++i) each(static_cast<Code>(codes32[i]));
    } else {
      for (std::uint32_t i = begin; i < end; ++i) each(static_cast<Code>(codes16[i]));
    }
  }

  // By document.
  std::span<const std::uint64_t> alive_bits;
  std::span<const std::uint32_t> length, row_offset, id_rank, amount_offset;
  std::span<const std::int32_t> day, last_day;
  std::span<const std::uint8_t> precision, facet_mask;
  std::span<const std::uint64_t> group, group_shared;
  // By row or code.
  std::span<const std::uint16_t> codes16;
  std::span<const std::uint32_t> codes32, code_count;
  std::span<const std::uint8_t> code_given;
  std::span<const double> amount_value, amount_eur;
  std::span<const std::array<char, 4>> amount_currency;
  std::span<const std::uint64_t> group_keys;

  std::uint64_t bytes() const { return sidecar_->bytes(); }

 private:
  std::shared_ptr<const schema::Sidecar> sidecar_;
  std::uint64_t last_ = 0, count_ = 0;
  std::span<const std::uint32_t> base_, key_order_;
  schema::StringTable labels_, keys_, ids_;
};

}  // namespace depeche::searcher
