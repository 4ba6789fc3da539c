// A linear-chain conditional random field over the tagger's labels, trained by AdaGrad with dual averaging: L1 keeps
// the model sparse. Runs are single-threaded and give the same weights every time.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "entities/tagger_features.hh"

namespace depeche::entities {

using LabelSet = std::uint16_t;  // bit per label
inline constexpr LabelSet kAnyLabel = (1u << kLabels) - 1;

struct Chain {
  std::vector<std::uint32_t> features;  // ids, token after token
  std::vector<std::uint32_t> ends;      // by token: where its features end
  std::vector<LabelSet> allowed;        // by token: the right labels; several where the annotation leaves it open
  float weight = 1;
};

struct CrfOptions {
  int epochs = 25;
  double rate = 0.15;
  double l1 = 2e-7;  // per unit of chain weight
  std::uint64_t seed = 7;
};

class Crf {
 public:
  explicit Crf(std::size_t features);

  void train(const std::vector<Chain>& chains, const CrfOptions& options);

  // The most likely labels, and their probability given the model where `probability` is not null.
  std::vector<std::uint8_t> decode(const Chain& chain, double* probability = nullptr) const;

  // Weights by label of a feature; transitions by from and to.
  const std::array<float, kLabels>& weights(std::size_t feature) const { return weights_[feature]; }
  const std::array<std::array<double, kLabels>, kLabels>& transitions() const { return transitions_; }

 private:
  using Scores = std::array<double, kLabels>;

  struct Lattice {
    std::vector<Scores> node;
    std::vector<Scores> forward;
    std::vector<Scores> backward;
    double log_total = 0;
  };

  void fill_nodes(const Chain& chain, Lattice& lattice) const;
  void run(const Chain& chain, bool gold, Lattice& lattice) const;
  double step(const Chain& chain);

  std::vector<std::array<float, kLabels>> weights_;
  std::vector<std::array<float, kLabels>> sums_;     // of gradients
  std::vector<std::array<float, kLabels>> squares_;  // of squared gradients
  std::array<std::array<double, kLabels>, kLabels> transitions_ = {};
  std::array<std::array<double, kLabels>, kLabels> transition_squares_ = {};
  CrfOptions options_;
  double seen_ = 0;  // chain weight so far
  Lattice free_;
  Lattice bound_;
};

}  // namespace depeche::entities
