// How far a word as typed is from one that may have been meant, and the words of a vocabulary that are near.
//
// A weighted edit distance over folded words, in tenths of a plain edit. What French writers mix up costs less: letters
// that sound alike (ph f, qu k, eau o, en an), doubled letters, mute endings, h, neighbours on the AZERTY keyboard, two
// letters in the wrong order. A wrong first letter costs more, a digit is hardly ever meant as something else.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "searcher/vocabulary.hh"

namespace depeche::searcher {

using SpellingCost = std::uint32_t;  // tenths

inline constexpr std::size_t kLongestMisspelt = 32;  // bytes; longer words are taken as they are

// What a word of that size may be off by; 0: it is too short to tell.
SpellingCost tolerance(std::size_t bytes);

struct NearWord {
  std::size_t word = 0;  // of the vocabulary
  SpellingCost cost = 0;
};

// Appends the words within `limit` of `typed` to `out`, in the order of the vocabulary. `budget` is how many beginnings
// of words may still be looked at, and is counted down: what it does not reach is left out. REQUIRES: typed is folded,
// of at most kLongestMisspelt bytes.
void find_near(const Vocabulary& vocabulary, std::string_view typed, SpellingCost limit, std::size_t& budget,
               std::vector<NearWord>& out);

// The distance of one pair.
SpellingCost spelling_distance(std::string_view typed, std::string_view meant);

}  // namespace depeche::searcher
