// Where the words of a phrase stand in the token stream of an article.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "searcher/plan.hh"
#include "searcher/word_stream.hh"

namespace depeche::searcher {

// The forms that fit each slot, increasing: what a phrase looks like in one part.
using SlotForms = std::vector<std::vector<Form>>;
SlotForms forms_of(const std::vector<text::Slot>& slots, const WordStream& words);
// Of a kPhrase or kForms.
SlotForms forms_of(const PlanNode& node, const WordStream& words);

// The part of the stream that counts as the title: what stands before kTitleEnd or, where nothing does, the first sentence.
std::span<const Form> title_of(std::span<const Form> stream);

// Whether the slots stand at successive places of one sentence, from `at` on.
bool phrase_at(std::span<const Form> stream, std::size_t at, const SlotForms& slots);
// The same in a coded stream, from the byte where a number begins.
bool phrase_at(std::string_view coded, std::size_t begin, const SlotForms& slots);
// Whether they do anywhere.
bool has_phrase(std::span<const Form> stream, const SlotForms& slots);

// Appends the places where the phrase begins, as positions that jump at the end of a sentence, so that distances
// between sentences are always large.
void phrase_positions(std::span<const Form> stream, const SlotForms& slots, std::vector<std::uint32_t>& out);

// Whether one position can be taken from each list so that they lie within `distance` of each other. Lists increase.
bool within_distance(const std::vector<std::vector<std::uint32_t>>& lists, std::uint32_t distance);

}  // namespace depeche::searcher
