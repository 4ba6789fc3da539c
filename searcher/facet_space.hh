// One numbering of facet values for the whole index, in French collation. A label that the input gave is a value as it
// stands. All spellings of a name that was found in texts have the same number (text::value_identity), and one label: the spelling that most articles have; of several one that is not all
// capitals, and of these the last in collation, which has the accents. So neither depends on what was indexed
// first, or in how many parts.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "searcher/part.hh"

namespace depeche::searcher {

using GlobalCode = std::uint32_t;

// Immutable; shared by threads. The parts must outlive it.
class FacetSpace {
 public:
  explicit FacetSpace(const std::vector<std::shared_ptr<const Part>>& parts);

  GlobalCode size() const { return base_[schema::kFacetCount]; }
  std::pair<GlobalCode, GlobalCode> codes_of(std::size_t facet) const { return {base_[facet], base_[facet + 1]}; }
  std::string_view label(GlobalCode code) const;
  std::string_view key(GlobalCode code) const;
  // The documents of the whole index that have it.
  std::uint32_t total(GlobalCode code) const { return totals_[code]; }
  // From the codes of a part, which may share a number; empty when they are the same.
  const std::vector<GlobalCode>& from_part(std::size_t part) const { return global_of_[part]; }

  // What a filter's VALUE means: the label that is exactly so, else all with the same key. Empty: no article has it.
  std::vector<GlobalCode> resolve(std::size_t facet, std::string_view value) const;
  // What a filter takes for it: its key or, where several labels of the field share that, the label.
  std::string value(std::size_t facet, GlobalCode code) const;
  // The label of the value that `label` is a spelling of; `label` itself where no article has it.
  std::string_view label_of(std::size_t facet, std::string_view label) const;

 private:
  struct Home {
    std::uint32_t part;
    Code code;
  };
  void number_facet(std::size_t facet);
  std::vector<GlobalCode> with_key(std::size_t facet, std::string_view key) const;

  const std::vector<std::shared_ptr<const Part>>& parts_;
  std::array<GlobalCode, schema::kFacetCount + 1> base_{};
  std::vector<std::vector<GlobalCode>> global_of_;  // by part; empty where a single part numbers its values itself
  std::vector<Home> home_;                          // by global code: a place of its label; empty likewise
  std::vector<std::uint32_t> merged_totals_;
  std::span<const std::uint32_t> totals_;
};

}  // namespace depeche::searcher
