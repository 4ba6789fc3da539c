// What is asked when no article has all that a query asks for: first its phrases are opened into their words, then some
// of the words are enough. The second is one query, not a search for a subset: an article counts when the words that it
// has weigh enough, each weighing its inverse document frequency, and all of them rank.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "searcher/plan.hh"

namespace depeche::searcher {

// The plan of the words inside a quoted phrase.
using OpenPhrase = std::function<PlanNode(const std::string& inside)>;

// Phrases and NEAR as words that stand anywhere. What is excluded and what only filters stays as it is.
PlanNode with_phrases_opened(PlanNode node, const OpenPhrase& open);

// Where all of several words had to match, those that weigh `part` of the weight of all: at least one.
PlanNode with_some_words(PlanNode node, double part, std::uint64_t articles, const Frequency& frequency);

// The words that must match or rank, in their order: not those that filter or exclude.
std::vector<const PlanNode*> words_of(const PlanNode& node);

}  // namespace depeche::searcher
