#include "searcher/columns.hh"

#include <algorithm>

#include "schema/part_layout.hh"

namespace depeche::searcher {

using namespace schema::columns;

Result<Columns> Columns::open(std::shared_ptr<const schema::Sidecar> sidecar) {
  Columns c;
  const schema::Sidecar& s = *sidecar;
  const auto documents = s.array<std::uint64_t>(kDocuments);
  c.base_ = s.array<std::uint32_t>(kBase);
  if (documents.size() != 2 || c.base_.size() != schema::kFacetCount + 1) {
    return failure(ErrorCode::kIndexDamaged, "the columns of a part are incomplete", "run `depeche check --repair`");
  }
  c.last_ = documents[0];
  c.count_ = documents[1];
  c.alive_bits = s.array<std::uint64_t>(kAlive);
  c.length = s.array<std::uint32_t>(kLength);
  c.row_offset = s.array<std::uint32_t>(kRowOffset);
  c.codes16 = s.array<std::uint16_t>(kRowCodes16);
  c.codes32 = s.array<std::uint32_t>(kRowCodes32);
  c.code_count = s.array<std::uint32_t>(kCodeCount);
  c.code_given = s.array<std::uint8_t>(kCodeGiven);
  c.labels_ = {s, kLabelOffset, kLabelBytes};
  c.keys_ = {s, kKeyOffset, kKeyBytes};
  c.key_order_ = s.array<std::uint32_t>(kKeyOrder);
  c.day = s.array<std::int32_t>(kDay);
  c.last_day = s.array<std::int32_t>(kLastDay);
  c.facet_mask = s.array<std::uint8_t>(kFacetMask);
  c.precision = s.array<std::uint8_t>(kPrecision);
  c.amount_offset = s.array<std::uint32_t>(kAmountOffset);
  c.amount_value = s.array<double>(kAmountValue);
  c.amount_eur = s.array<double>(kAmountEur);
  c.amount_currency = s.array<std::array<char, 4>>(kAmountCurrency);
  c.id_rank = s.array<std::uint32_t>(kIdRank);
  c.ids_ = {s, kIdOffset, kIdBytes};
  c.group = s.array<std::uint64_t>(kGroup);
  c.group_shared = s.array<std::uint64_t>(kGroupShared);
  c.group_keys = s.array<std::uint64_t>(kGroupKeys);
  const std::size_t rows = c.last_ + 1, codes = c.base_.back();
  const bool whole = c.alive_bits.size() == c.last_ / 64 + 1 && c.length.size() == rows && c.row_offset.size() == rows + 1 &&
                     c.day.size() == rows && c.last_day.size() == rows && c.precision.size() == rows && c.facet_mask.size() == rows &&
                     c.amount_offset.size() == rows + 1 && c.id_rank.size() == rows && c.ids_.is_whole() &&
                     c.ids_.size() == rows && c.group.size() == rows &&
                     c.group_shared.size() == c.alive_bits.size() && c.code_count.size() == codes &&
                     c.code_given.size() == codes &&
                     c.labels_.is_whole() && c.labels_.size() == codes && c.keys_.is_whole() && c.keys_.size() == codes &&
                     c.key_order_.size() == codes && c.row_offset.back() == c.codes16.size() + c.codes32.size() &&
                     c.amount_offset.back() == c.amount_value.size() && c.amount_eur.size() == c.amount_value.size() &&
                     c.amount_currency.size() == c.amount_value.size();
  if (!whole) {
    return failure(ErrorCode::kIndexDamaged, "the columns of a part are cut", "run `depeche check --repair`");
  }
  c.sidecar_ = std::move(sidecar);
  return c;
}

std::size_t Columns::facet_of(Code code) const {
  return static_cast<std::size_t>(std::upper_bound(base_.begin(), base_.end(), code) - base_.begin()) - 1;
}

std::span<const Code> Columns::with_key(std::size_t facet, std::string_view wanted) const {
  const auto order = by_key(facet);
  const auto first =
      std::lower_bound(order.begin(), order.end(), wanted, [&](Code code, std::string_view k) { return key(code) < k; });
  const auto last =
      std::upper_bound(first, order.end(), wanted, [&](std::string_view k, Code code) { return k < key(code); });
  return {first, last};
}

}  // namespace depeche::searcher
