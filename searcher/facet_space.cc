#include "searcher/facet_space.hh"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "text/fold.hh"

namespace depeche::searcher {

namespace {

// Written in capitals: two or more, and no small letter.
bool is_shouted(std::string_view label) {
  const auto count = [&](char from, char to) {
    return std::count_if(label.begin(), label.end(), [&](char c) { return from <= c && c <= to; });
  };
  return count('A', 'Z') > 1 && count('a', 'z') == 0;
}

// Whether two labels of a facet are one value.
bool has_variants(const Columns& columns) {
  for (std::size_t facet = 0; facet < schema::kFacetCount; ++facet) {
    const auto order = columns.by_key(facet);
    for (std::size_t i = 1; i < order.size(); ++i) {
      for (std::size_t before = i; before-- > 0 && columns.key(order[before]) == columns.key(order[i]);) {
        if (columns.code_given[order[i]] != 0 || columns.code_given[order[before]] != 0) continue;
        if (text::value_identity(columns.label(order[before])) == text::value_identity(columns.label(order[i])))
          return true;
      }
    }
  }
  return false;
}

}  // namespace

FacetSpace::FacetSpace(const std::vector<std::shared_ptr<const Part>>& parts)
    : parts_(parts), global_of_(parts.size()) {
  if (parts.size() == 1 && !has_variants(parts[0]->columns)) {
    for (std::size_t f = 0; f < schema::kFacetCount; ++f) base_[f + 1] = parts[0]->columns.codes_of(f).second;
    totals_ = parts[0]->columns.code_count;
    return;
  }
  for (std::size_t p = 0; p < parts.size(); ++p) global_of_[p].resize(parts[p]->columns.codes());
  for (std::size_t f = 0; f < schema::kFacetCount; ++f) number_facet(f);
  merged_totals_.assign(size(), 0);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    for (Code code = 0; code < parts[p]->columns.codes(); ++code) {
      merged_totals_[global_of_[p][code]] += parts[p]->columns.code_count[code];
    }
  }
  totals_ = merged_totals_;
}

void FacetSpace::number_facet(std::size_t facet) {
  struct Spelling {
    std::string_view label;
    Home home;
    std::string sort_key;
    std::uint64_t articles = 0;
    std::uint32_t value = 0;
    bool given = false;

    std::string identity() const { return given ? std::string(1, '\0').append(label) : text::value_identity(label); }
  };
  std::vector<Spelling> spellings;
  std::unordered_map<std::string_view, std::uint32_t> by_label;
  for (std::uint32_t p = 0; p < parts_.size(); ++p) {
    const Columns& columns = parts_[p]->columns;
    const auto [begin, end] = columns.codes_of(facet);
    for (Code code = begin; code < end; ++code) {
      const std::string_view label = columns.label(code);
      const auto [it, added] = by_label.try_emplace(label, static_cast<std::uint32_t>(spellings.size()));
      if (added) spellings.push_back({label, {p, code}, text::collation_key(label)});
      spellings[it->second].articles += columns.code_count[code];
      spellings[it->second].given |= columns.code_given[code] != 0;
      global_of_[p][code] = it->second;
    }
  }
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    const Spelling& x = spellings[a];
    const Spelling& y = spellings[b];
    return x.sort_key != y.sort_key ? x.sort_key < y.sort_key : x.label < y.label;
  };
  std::unordered_map<std::string, std::uint32_t> by_identity;
  std::vector<std::uint32_t> best;  // by value: its spelling
  for (std::uint32_t i = 0; i < spellings.size(); ++i) {
    const auto [it, added] =
        by_identity.try_emplace(spellings[i].identity(), static_cast<std::uint32_t>(best.size()));
    spellings[i].value = it->second;
    if (added) best.push_back(i);
    std::uint32_t& top = best[it->second];
    const auto has = spellings[i].articles, most = spellings[top].articles;
    const bool loud = is_shouted(spellings[i].label), top_loud = is_shouted(spellings[top].label);
    if (has != most ? has > most : loud != top_loud ? top_loud : before(top, i)) top = i;
  }
  std::vector<std::uint32_t> order(best.size()), rank(best.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return before(best[a], best[b]); });
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  for (const std::uint32_t value : order) home_.push_back(spellings[best[value]].home);
  base_[facet + 1] = base_[facet] + static_cast<GlobalCode>(best.size());
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    const auto [begin, end] = parts_[p]->columns.codes_of(facet);
    for (Code code = begin; code < end; ++code) {
      global_of_[p][code] = base_[facet] + rank[spellings[global_of_[p][code]].value];
    }
  }
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

std::string_view FacetSpace::label_of(std::size_t facet, std::string_view spelling) const {
  if (home_.empty()) return spelling;
  const std::string key = text::value_key(spelling);
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    for (const Code code : parts_[p]->columns.with_key(facet, key)) {
      if (parts_[p]->columns.label(code) == spelling) return label(global_of_[p][code]);
    }
  }
  return spelling;
}

}  // namespace depeche::searcher
