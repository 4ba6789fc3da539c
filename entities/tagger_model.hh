// The weights of the tagger, read where they lie: opening a model parses nothing.
//
// A model file is a header and a table of rows by feature hash (open addressing). All numbers are little-endian.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/error.hh"
#include "entities/tagger_features.hh"

namespace depeche::entities {

inline constexpr std::uint32_t kTaggerModelVersion = 2;  // of the features and of the file; raise it with either

struct TaggerModelHeader {
  std::array<char, 8> magic = {'D', 'P', 'T', 'A', 'G', 'G', 'E', 'R'};
  std::uint32_t version = kTaggerModelVersion;
  std::uint32_t labels = kLabels;
  std::uint32_t log2_rows = 0;
  std::uint32_t reserved = 0;
  std::array<std::array<std::int16_t, kLabels>, kLabels> transitions = {};  // from, to
  std::array<std::int16_t, 3> padding = {};
};

struct TaggerModelRow {
  std::uint32_t check = 0;                            // the high half of the feature's hash; 0 marks an empty row
  std::array<std::int8_t, kLabels - 1> weights = {};  // of all labels but O, whose weight is 0
};

class TaggerModel {
 public:
  // The model in `bytes`, which must be aligned to 4 and outlive it. Fails for another version or a damaged file.
  static Result<TaggerModel> open(std::string_view bytes);

  // The committed model.
  static const TaggerModel& built_in();

  // The row of a feature; null when it has no weight.
  const TaggerModelRow* find(std::uint64_t feature) const {
    const std::uint32_t check = check_of(feature);
    for (std::uint64_t at = feature & mask_;; at = (at + 1) & mask_) {
      const TaggerModelRow& row = rows_[at];
      if (row.check == check) return &row;
      if (row.check == 0) return nullptr;
    }
  }
  const TaggerModelHeader& header() const { return *header_; }

  static std::uint32_t check_of(std::uint64_t feature) {
    const auto high = static_cast<std::uint32_t>(feature >> 32);
    return high == 0 ? 1 : high;
  }

 private:
  const TaggerModelHeader* header_ = nullptr;
  const TaggerModelRow* rows_ = nullptr;
  std::uint64_t mask_ = 0;
};

}  // namespace depeche::entities
