#include "tests/support/brute_match.hh"

#include <algorithm>
#include <unordered_set>

namespace depeche::test {

using text::Alternative;
using text::Analysis;
using text::QueryGroup;
using text::Slot;
using text::Token;

bool slot_fits(const Analysis& analysis, const Token& token, const Slot& slot) {
  if (slot.exact_only) return analysis.exact(token) == slot.exact;
  for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) {
    if (std::find(slot.lemmas.begin(), slot.lemmas.end(), analysis.lemma(token, i)) != slot.lemmas.end()) return true;
  }
  return false;
}

namespace {

// Does any token at `position` fit? Tokens are in the order of their positions.
bool fits_at(const Analysis& analysis, std::uint32_t position, const Slot& slot) {
  const auto tokens = analysis.tokens();
  auto token = std::lower_bound(tokens.begin(), tokens.end(), position,
                                [](const Token& t, std::uint32_t wanted) { return t.position < wanted; });
  for (; token != tokens.end() && token->position == position; ++token) {
    if (slot_fits(analysis, *token, slot)) return true;
  }
  return false;
}

}  // namespace

bool has_alternative(const Analysis& analysis, const Alternative& alternative) {
  std::uint32_t last = 0;
  for (const Token& token : analysis.tokens()) {
    if (token.position == last) continue;
    last = token.position;
    std::uint32_t position = token.position;
    if (std::all_of(alternative.slots.begin(), alternative.slots.end(),
                    [&](const Slot& slot) { return fits_at(analysis, position++, slot); })) {
      return true;
    }
  }
  return false;
}

bool brute_match(const Analysis& analysis, std::span<const QueryGroup> groups) {
  if (groups.empty()) return false;
  const bool only_stop_words = std::all_of(groups.begin(), groups.end(), [](auto& group) { return group.stop_word; });
  return std::all_of(groups.begin(), groups.end(), [&](const QueryGroup& group) {
    if (group.stop_word && !only_stop_words) return true;
    return std::any_of(group.alternatives.begin(), group.alternatives.end(),
                       [&](const Alternative& alternative) { return has_alternative(analysis, alternative); });
  });
}

bool matches_query(text::Analyzer& analyzer, std::string_view text, std::string_view query) {
  Analysis analysis;
  analyzer.analyze(text, analysis);
  std::unordered_set<std::string_view> terms;
  for (const Token& token : analysis.tokens()) {
    for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) terms.insert(analysis.lemma(token, i));
  }
  text::QueryAnalyzer queries(analyzer);
  const text::HasTerm has_term = [&](std::string_view term) { return terms.contains(term); };
  std::vector<QueryGroup> groups;
  const auto add = [&](std::vector<QueryGroup> more) {
    std::move(more.begin(), more.end(), std::back_inserter(groups));
  };
  while (!query.empty()) {
    const auto open = query.find('"');
    const auto close = open == std::string_view::npos ? open : query.find('"', open + 1);
    if (close == std::string_view::npos) {
      add(queries.words(query, has_term));
      break;
    }
    add(queries.words(query.substr(0, open), has_term));
    add(queries.phrase(query.substr(open + 1, close - open - 1)));
    query.remove_prefix(close + 1);
  }
  return brute_match(analysis, groups);
}

}  // namespace depeche::test
