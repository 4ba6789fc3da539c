#include "entities/tagger.hh"

#include <limits>

namespace depeche::entities {
namespace {

constexpr std::int32_t kImpossible = std::numeric_limits<std::int32_t>::min() / 2;

}  // namespace

Tagger::Scores Tagger::score(const TaggerInput& input, std::uint32_t token) {
  Scores scores = {};
  input.features(token, features_);
  for (const std::uint64_t feature : features_) {
    const TaggerModelRow* row = model_.find(feature);
    if (row == nullptr) continue;
    for (std::size_t i = 0; i + 1 < kLabels; ++i) scores[i + 1] += row->weights[i];
  }
  return scores;
}

void Tagger::decode(const TaggerInput& input, TokenSpan run, std::vector<TaggedSpan>& found) {
  const auto& transitions = model_.header().transitions;
  const std::size_t length = run.last - run.first;
  back_.resize(length);
  labels_.resize(length);
  Scores best;
  for (std::size_t i = 0; i < length; ++i) {
    Scores now = score(input, run.first + static_cast<std::uint32_t>(i));
    for (std::size_t to = 0; to < kLabels; ++to) {
      std::int32_t highest = kImpossible;
      std::size_t from_best = 0;
      for (std::size_t from = 0; from < (i == 0 ? 1 : kLabels); ++from) {
        if (!may_follow(from, to)) continue;
        const std::int32_t total = (i == 0 ? 0 : best[from]) + transitions[from][to];
        if (total > highest) {
          highest = total;
          from_best = from;
        }
      }
      back_[i][to] = static_cast<std::uint8_t>(from_best);
      now[to] = highest == kImpossible ? kImpossible : now[to] + highest;
    }
    best = now;
  }
  std::size_t label = 0;
  std::int32_t highest = kImpossible;
  for (std::size_t from = 0; from < kLabels; ++from) {
    const std::int32_t total = best[from] + transitions[from][0];
    if (total > highest) {
      highest = total;
      label = from;
    }
  }
  for (std::size_t i = length; i-- > 0;) {
    labels_[i] = static_cast<std::uint8_t>(label);
    label = back_[i][label];
  }
  for (std::size_t i = 0; i < length; ++i) {
    if (labels_[i] == 0) continue;
    const std::uint32_t at = run.first + static_cast<std::uint32_t>(i);
    if (labels_[i] % 2 == 1) {
      found.push_back({{at, at + 1}, static_cast<EntityType>((labels_[i] - 1) / 2)});
    } else {
      found.back().tokens.last = at + 1;
    }
  }
}

void Tagger::tag(const Document& document, const TaggerInput& input, std::vector<TaggedSpan>& found) {
  for_each_run(document, input, [&](TokenSpan run) { decode(input, run, found); });
}

}  // namespace depeche::entities
