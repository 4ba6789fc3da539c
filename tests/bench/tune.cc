// Fits the weights of the second stage of ranking (searcher/ranking.hh):
//   depeche-tune QRELS BONUSES [QRELS BONUSES]… [-- QRELS BONUSES…]    BONUSES as written by `depeche-bench bonuses`
// The right article of each query is to be chosen among those found, with the probability exp(score)/Σ exp(score)
// (multinomial logit, which is convex); weights are not negative. Half of the queries, by a hash of their number,
// are learned from; nDCG@10 is told for both halves. Behind -- stand queries that are only measured. The weights are relative to that of BM25, which is 1.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/hash.hh"
#include "searcher/ranking.hh"

namespace {

constexpr std::size_t kWeights = 1 + depeche::searcher::kBonusCount;  // BM25, then the bonuses
using Row = std::array<double, kWeights>;

struct Query {
  std::vector<Row> rows;  // the best by BM25 first
  std::vector<bool> right;
  bool training = false;
};

std::vector<Query> read(const char* qrels, const char* bonuses) {
  std::unordered_map<std::string, std::unordered_set<std::string>> right;
  std::ifstream judged(qrels);
  for (std::string query, zero, document, grade; judged >> query >> zero >> document >> grade;) {
    if (grade != "0") right[query].insert(document);
  }
  std::vector<Query> out;
  std::string last, line;
  std::ifstream in(bonuses);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string query, document;
    cells >> query >> document;
    if (query != last) {
      out.emplace_back().training = depeche::fnv1a(query) % 2 == 0;
      last = query;
    }
    Row row{};
    for (double& cell : row) cells >> cell;
    out.back().rows.push_back(row);
    out.back().right.push_back(right[query].contains(document));
  }
  if (out.size() < right.size()) out.resize(right.size());  // without any answer
  return out;
}

double dot(const Row& a, const Row& b) {
  double sum = 0;
  for (std::size_t i = 0; i < kWeights; ++i) sum += a[i] * b[i];
  return sum;
}

// Mean nDCG@10; queries without an answer count as 0.
double ndcg(const std::vector<Query>& queries, const Row& weights, bool training) {
  double sum = 0, n = 0;
  for (const Query& q : queries) {
    if (q.training != training) continue;
    ++n;
    std::vector<double> scores;
    for (const Row& row : q.rows) scores.push_back(dot(row, weights));
    double gain = 0, ideal = 0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < q.rows.size(); ++i) {
      if (!q.right[i]) continue;
      ideal += 1 / std::log2(static_cast<double>(++found) + 1);
      std::size_t before = 0;
      for (std::size_t j = 0; j < scores.size(); ++j) before += scores[j] > scores[i] || (scores[j] == scores[i] && j < i);
      if (before < 10) gain += 1 / std::log2(static_cast<double>(before) + 2);
    }
    if (ideal > 0) sum += gain / ideal;
  }
  return sum / std::max(1.0, n);
}

// Gradient of the mean log-likelihood.
Row gradient(const std::vector<std::vector<Query>>& sets, const Row& weights) {
  Row out{};
  double n = 0;
  std::vector<double> p;
  for (const auto& set : sets) {
    for (const Query& q : set) {
      if (!q.training || std::find(q.right.begin(), q.right.end(), true) == q.right.end()) continue;
      ++n;
      p.clear();
      double highest = -1e300, sum = 0;
      for (const Row& row : q.rows) p.push_back(dot(row, weights)), highest = std::max(highest, p.back());
      for (double& x : p) x = std::exp(x - highest), sum += x;
      const auto right = static_cast<double>(std::count(q.right.begin(), q.right.end(), true));
      for (std::size_t i = 0; i < p.size(); ++i) {
        const double error = (q.right[i] ? 1 / right : 0) - p[i] / sum;
        for (std::size_t k = 0; k < kWeights; ++k) out[k] += error * q.rows[i][k];
      }
    }
  }
  for (double& x : out) x /= std::max(1.0, n);
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: depeche-tune QRELS BONUSES [QRELS BONUSES]...\n");
    return 2;
  }
  std::vector<std::vector<Query>> sets;
  bool training = true;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::string(argv[i]) == "--") training = false, ++i;
    sets.push_back(read(argv[i], argv[i + 1]));
    for (Query& q : sets.back()) q.training = q.training && training;
  }
  // Adam (Kingma and Ba 2015), projected on what is not negative; a weight kept at 0 by OFF="3 5".
  std::array<bool, kWeights> off{};
  if (const char* list = std::getenv("OFF")) {
    std::istringstream in(list);
    for (std::size_t i; in >> i;) off.at(i + 1) = true;
  }
  Row weights{}, mean{}, square{};
  weights[0] = 0.3;
  constexpr int kSteps = 400;
  for (int step = 1; step <= kSteps; ++step) {
    const Row g = gradient(sets, weights);
    const double rate = 0.02 * (1 - static_cast<double>(step) / (kSteps + 1));
    for (std::size_t k = 0; k < kWeights; ++k) {
      mean[k] = 0.9 * mean[k] + 0.1 * g[k];
      square[k] = 0.99 * square[k] + 0.01 * g[k] * g[k];
      const double m = mean[k] / (1 - std::pow(0.9, step)), s = square[k] / (1 - std::pow(0.99, step));
      weights[k] = off[k] ? 0 : std::max(0.0, weights[k] + rate * m / (std::sqrt(s) + 1e-9));
    }
  }
  for (std::size_t k = 1; k < kWeights; ++k) weights[k] /= weights[0];
  weights[0] = 1;
  std::printf("weights");
  for (std::size_t k = 1; k < kWeights; ++k) std::printf(" %zu=%.3f", k - 1, weights[k]);
  std::printf("\n");
  const Row plain{1};
  for (const auto& set : sets) {
    std::printf("%zu queries: learned from %.4f -> %.4f, others %.4f -> %.4f\n", set.size(), ndcg(set, plain, true),
                ndcg(set, weights, true), ndcg(set, plain, false), ndcg(set, weights, false));
  }
  return 0;
}
