// The statistical tagger: a linear-chain model over candidate tokens, decoded by Viterbi.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "entities/tagger_features.hh"
#include "entities/tagger_model.hh"

namespace depeche::entities {

struct TaggedSpan {
  TokenSpan tokens;
  EntityType type = EntityType::kOrg;
};

class Tagger {
 public:
  explicit Tagger(const TaggerModel& model) : model_(model) {}

  // Appends the names of the document that `input` was prepared for, in order.
  void tag(const Document& document, const TaggerInput& input, std::vector<TaggedSpan>& found);

 private:
  using Scores = std::array<std::int32_t, kLabels>;

  void decode(const TaggerInput& input, TokenSpan run, std::vector<TaggedSpan>& found);
  Scores score(const TaggerInput& input, std::uint32_t token);

  const TaggerModel& model_;
  std::vector<std::uint64_t> features_;
  std::vector<std::array<std::uint8_t, kLabels>> back_;
  std::vector<std::uint8_t> labels_;
};

// Whether a chain may go from one label to the other: I only after B or I of its type.
constexpr bool may_follow(std::size_t from, std::size_t to) {
  const bool inside = to > 0 && to % 2 == 0;
  return !inside || from == to || from + 1 == to;
}

// Calls `run` with every stretch [first, last) of candidates that lie side by side in a sentence.
template <class Run>
void for_each_run(const Document& document, const TaggerInput& input, Run run) {
  for (const Sentence& sentence : document.sentences) {
    for (std::uint32_t at = sentence.first; at < sentence.last;) {
      if (!input.is_candidate(at)) {
        ++at;
        continue;
      }
      std::uint32_t last = at + 1;
      while (last < sentence.last && input.is_candidate(last)) ++last;
      run(TokenSpan{at, last});
      at = last;
    }
  }
}

}  // namespace depeche::entities
