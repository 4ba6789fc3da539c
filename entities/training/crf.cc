#include "entities/training/crf.hh"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "entities/tagger.hh"

namespace depeche::entities {
namespace {

constexpr double kNever = -1e30;

double log_sum(const std::array<double, kLabels>& values) {
  const double highest = *std::max_element(values.begin(), values.end());
  if (highest <= kNever) return kNever;
  double sum = 0;
  for (const double value : values) sum += std::exp(value - highest);
  return highest + std::log(sum);
}

// xorshift: the same order of chains on every machine.
std::uint64_t next_random(std::uint64_t& state) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

void shuffle(std::vector<std::uint32_t>& order, std::uint64_t& state) {
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[next_random(state) % i]);
}

}  // namespace

Crf::Crf(std::size_t features) : weights_(features), sums_(features), squares_(features) {}

void Crf::fill_nodes(const Chain& chain, Lattice& lattice) const {
  lattice.node.assign(chain.ends.size(), Scores{});
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < chain.ends.size(); ++i) {
    for (std::uint32_t k = begin; k < chain.ends[i]; ++k) {
      const auto& weights = weights_[chain.features[k]];
      for (std::size_t label = 0; label < kLabels; ++label) lattice.node[i][label] += weights[label];
    }
    begin = chain.ends[i];
  }
}

void Crf::run(const Chain& chain, bool gold, Lattice& lattice) const {
  const std::size_t length = chain.ends.size();
  lattice.forward.resize(length);
  lattice.backward.resize(length);
  const auto open = [&](std::size_t i, std::size_t label) { return !gold || (chain.allowed[i] >> label & 1) != 0; };
  for (std::size_t i = 0; i < length; ++i) {
    for (std::size_t to = 0; to < kLabels; ++to) {
      Scores in;
      in.fill(kNever);
      for (std::size_t from = 0; from < (i == 0 ? 1 : kLabels); ++from) {
        if (may_follow(from, to)) in[from] = (i == 0 ? 0 : lattice.forward[i - 1][from]) + transitions_[from][to];
      }
      lattice.forward[i][to] = open(i, to) ? log_sum(in) + lattice.node[i][to] : kNever;
    }
  }
  for (std::size_t i = length; i-- > 0;) {
    for (std::size_t from = 0; from < kLabels; ++from) {
      if (i + 1 == length) {
        lattice.backward[i][from] = transitions_[from][0];
        continue;
      }
      Scores out;
      out.fill(kNever);
      for (std::size_t to = 0; to < kLabels; ++to) {
        if (!may_follow(from, to) || !open(i + 1, to)) continue;
        out[to] = transitions_[from][to] + lattice.node[i + 1][to] + lattice.backward[i + 1][to];
      }
      lattice.backward[i][from] = log_sum(out);
    }
  }
  Scores ends;
  for (std::size_t label = 0; label < kLabels; ++label)
    ends[label] = lattice.forward[length - 1][label] + transitions_[label][0];
  lattice.log_total = log_sum(ends);
}

double Crf::step(const Chain& chain) {
  fill_nodes(chain, free_);
  bound_.node = free_.node;
  run(chain, false, free_);
  run(chain, true, bound_);
  if (bound_.log_total <= kNever / 2) return 0;  // the annotation cannot be expressed: "I" after "O"
  const std::size_t length = chain.ends.size();
  seen_ += chain.weight;
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < length; ++i) {
    Scores gradient;
    for (std::size_t label = 0; label < kLabels; ++label) {
      const double model = std::exp(free_.forward[i][label] + free_.backward[i][label] - free_.log_total);
      const double gold = std::exp(bound_.forward[i][label] + bound_.backward[i][label] - bound_.log_total);
      gradient[label] = chain.weight * (model - gold);
    }
    for (std::uint32_t k = begin; k < chain.ends[i]; ++k) {
      const std::uint32_t feature = chain.features[k];
      for (std::size_t label = 0; label < kLabels; ++label) {
        const double g = gradient[label];
        if (std::abs(g) < 1e-6) continue;
        float& sum = sums_[feature][label];
        float& square = squares_[feature][label];
        sum += static_cast<float>(g);
        square += static_cast<float>(g * g);
        const double shrunk = std::abs(static_cast<double>(sum)) - options_.l1 * seen_;
        weights_[feature][label] =
            shrunk <= 0 ? 0
                        : static_cast<float>((sum > 0 ? -1 : 1) * options_.rate * shrunk / std::sqrt(square + 1e-4));
      }
    }
    begin = chain.ends[i];
  }
  // transitions: plain AdaGrad, they are few
  std::array<Scores, kLabels> gradient = {};
  const auto pairs = [&](const Lattice& lattice, double sign, bool gold) {
    for (std::size_t i = 0; i <= length; ++i) {
      for (std::size_t from = 0; from < (i == 0 ? 1 : kLabels); ++from) {
        const double before = i == 0 ? 0 : lattice.forward[i - 1][from];
        if (before <= kNever / 2) continue;
        for (std::size_t to = 0; to < (i == length ? 1 : kLabels); ++to) {
          if (!may_follow(from, to) || (gold && i < length && (chain.allowed[i] >> to & 1) == 0)) continue;
          const double after = i == length ? 0 : lattice.node[i][to] + lattice.backward[i][to];
          gradient[from][to] += sign * std::exp(before + transitions_[from][to] + after - lattice.log_total);
        }
      }
    }
  };
  pairs(free_, chain.weight, false);
  pairs(bound_, -chain.weight, true);
  for (std::size_t from = 0; from < kLabels; ++from) {
    for (std::size_t to = 0; to < kLabels; ++to) {
      const double g = gradient[from][to];
      if (g == 0) continue;
      transition_squares_[from][to] += g * g;
      transitions_[from][to] -= options_.rate * g / std::sqrt(transition_squares_[from][to] + 1e-4);
    }
  }
  return (free_.log_total - bound_.log_total) * chain.weight;
}

void Crf::train(const std::vector<Chain>& chains, const CrfOptions& options) {
  options_ = options;
  std::vector<std::uint32_t> order(chains.size());
  std::iota(order.begin(), order.end(), 0u);
  std::uint64_t state = options.seed;
  std::vector<std::array<float, kLabels>> mean(weights_.size());
  float taken = 0;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    shuffle(order, state);
    for (const std::uint32_t index : order) step(chains[index]);
    if (epoch < options.epochs / 3) continue;
    ++taken;
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      for (std::size_t label = 0; label < kLabels; ++label)
        mean[i][label] += (weights_[i][label] - mean[i][label]) / taken;
    }
  }
  weights_ = mean;
}

std::vector<std::uint8_t> Crf::decode(const Chain& chain, double* probability) const {
  Lattice lattice;
  fill_nodes(chain, lattice);
  const std::size_t length = chain.ends.size();
  std::vector<std::array<std::uint8_t, kLabels>> back(length);
  Scores best = {};
  for (std::size_t i = 0; i < length; ++i) {
    Scores now;
    for (std::size_t to = 0; to < kLabels; ++to) {
      double highest = kNever;
      for (std::size_t from = 0; from < (i == 0 ? 1 : kLabels); ++from) {
        if (!may_follow(from, to)) continue;
        const double total = best[from] + transitions_[from][to];
        if (total <= highest) continue;
        highest = total;
        back[i][to] = static_cast<std::uint8_t>(from);
      }
      now[to] = highest + lattice.node[i][to];
    }
    best = now;
  }
  std::size_t label = 0;
  for (std::size_t from = 1; from < kLabels; ++from) {
    if (best[from] + transitions_[from][0] > best[label] + transitions_[label][0]) label = from;
  }
  const double top = best[label] + transitions_[label][0];
  std::vector<std::uint8_t> labels(length);
  for (std::size_t i = length; i-- > 0;) {
    labels[i] = static_cast<std::uint8_t>(label);
    label = back[i][label];
  }
  if (probability != nullptr) {
    run(chain, false, lattice);
    *probability = std::exp(top - lattice.log_total);
  }
  return labels;
}

}  // namespace depeche::entities
