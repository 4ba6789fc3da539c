#include "searcher/facet_space.hh"

#include <algorithm>
#include <unordered_map>

#include "text/fold.hh"

namespace depeche::searcher {

FacetSpace::FacetSpace(const std::vector<std::shared_ptr<const Part>>& parts)
    : parts_(parts), global_of_(parts.size()) {
  if (parts.size() == 1) {
    for (std::size_t f = 0; f < schema::kFacetCount; ++f) base_[f + 1] = parts[0]->columns.codes_of(f).second;
    totals_ = parts[0]->columns.code_count;
    return;
  }
  for (std::size_t p = 0; p < parts.size(); ++p) global_of_[p].resize(parts[p]->columns.codes());
  for (std::size_t f = 0; f < schema::kFacetCount; ++f) {
    struct Value {
      std::string sort_key;
      std::string_view label;
      Home home;
    };
    std::unordered_map<std::string_view, std::size_t> numbers;
    std::vector<Value> values;
    for (std::size_t p = 0; p < parts.size(); ++p) {
      const auto [begin, end] = parts[p]->columns.codes_of(f);
      for (Code code = begin; code < end; ++code) {
        const std::string_view label = parts[p]->columns.label(code);
        const auto [it, added] = numbers.try_emplace(label, values.size());
        if (added) values.push_back({text::collation_key(label), label, {static_cast<std::uint32_t>(p), code}});
        global_of_[p][code] = static_cast<GlobalCode>(it->second);
      }
    }
    std::vector<std::uint32_t> order(values.size()), rank(values.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return values[a].sort_key != values[b].sort_key ? values[a].sort_key < values[b].sort_key
                                                      : values[a].label < values[b].label;
    });
    for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    for (const std::uint32_t i : order) home_.push_back(values[i].home);
    base_[f + 1] = base_[f] + static_cast<GlobalCode>(values.size());
    for (std::size_t p = 0; p < parts.size(); ++p) {
      const auto [begin, end] = parts[p]->columns.codes_of(f);
      for (Code code = begin; code < end; ++code) global_of_[p][code] = base_[f] + rank[global_of_[p][code]];
    }
  }
  merged_totals_.assign(size(), 0);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    for (Code code = 0; code < parts[p]->columns.codes(); ++code) {
      merged_totals_[global_of_[p][code]] += parts[p]->columns.code_count[code];
    }
  }
  totals_ = merged_totals_;
}

std::string_view FacetSpace::label(GlobalCode code) const {
  if (home_.empty()) return parts_[0]->columns.label(code);
  return parts_[home_[code].part]->columns.label(home_[code].code);
}

std::string_view FacetSpace::key(GlobalCode code) const {
  if (home_.empty()) return parts_[0]->columns.key(code);
  return parts_[home_[code].part]->columns.key(home_[code].code);
}

std::vector<GlobalCode> FacetSpace::with_key(std::size_t facet, std::string_view key) const {
  std::vector<GlobalCode> same_key;
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    for (const Code code : parts_[p]->columns.with_key(facet, key)) {
      same_key.push_back(home_.empty() ? code : global_of_[p][code]);
    }
  }
  std::sort(same_key.begin(), same_key.end());
  same_key.erase(std::unique(same_key.begin(), same_key.end()), same_key.end());
  return same_key;
}

std::vector<GlobalCode> FacetSpace::resolve(std::size_t facet, std::string_view value) const {
  const std::vector<GlobalCode> same_key = with_key(facet, text::value_key(value));
  for (const GlobalCode code : same_key) {
    if (same_key.size() > 1 && label(code) == value) return {code};
  }
  return same_key;
}

std::string FacetSpace::value(std::size_t facet, GlobalCode code) const {
  return std::string(with_key(facet, key(code)).size() == 1 ? key(code) : label(code));
}

}  // namespace depeche::searcher
