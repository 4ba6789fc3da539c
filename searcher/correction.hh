// Did you mean: a query with its misspelt words replaced by words of the index.
//
//   "levée de font mistrale" → "levée de font Mistral"
//
// A word is doubted when no article has it; or when hardly one has, it is no French word form and no part of a name.
// What it may have meant is weighed by how near it is (searcher/spelling.hh) and how frequent; that the whole query
// then finds more is counted, not guessed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/part.hh"
#include "searcher/query_tree.hh"
#include "searcher/spelling.hh"
#include "text/query_words.hh"

namespace depeche::searcher {

// What it needs of an open index, for one request.
struct CorrectionSource {
  const std::vector<std::shared_ptr<const Part>>& parts;
  text::QueryAnalyzer& analyzer;
  std::function<std::uint64_t(std::string_view term)> frequency;  // articles that have the term
  // The articles that have all of the query, under the filters of the request; exact. Nothing when that takes long.
  std::function<std::optional<std::uint64_t>(const std::string& query)> count;
};

// Where the query found so few, another spelling is looked for.
inline constexpr std::uint64_t kFewFound = 2;

// `tree` is that of `query`; `found` how many articles have all of it. Nothing where no other spelling finds more.
// Bounded: at most kMostCorrected words are doubted and kMostBeginnings beginnings of words looked at.
std::optional<std::string> corrected(const std::string& query, const QueryNode& tree, std::uint64_t found,
                                     const CorrectionSource& source);

inline constexpr std::size_t kMostCorrected = 4;
inline constexpr std::size_t kMostBeginnings = 40'000;

}  // namespace depeche::searcher
