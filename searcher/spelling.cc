#include "searcher/spelling.hh"

#include <algorithm>
#include <array>
#include <string>

namespace depeche::searcher {
namespace {

constexpr SpellingCost kEdit = 10, kNeighbour = 7, kSwapped = 6, kDoubled = 4, kMute = 6, kAspirate = 5;
constexpr SpellingCost kDigit = 16;        // changed, left out or added
constexpr SpellingCost kFirstLetter = 4;   // on top, when the first letter is not as typed
constexpr SpellingCost kFar = 1000;
constexpr std::size_t kLongestMeant = 64;  // bytes, of a word of the vocabulary

// Groups of letters that sound alike; both ways.
struct Alike {
  std::string_view a, b;
  SpellingCost cost;
};
constexpr Alike kAlike[] = {
    {"f", "ph", 4},  {"k", "qu", 4},  {"c", "qu", 4},  {"k", "ck", 3},   {"c", "ck", 4},  {"c", "ch", 6},
    {"k", "ch", 6},  {"o", "au", 4},  {"o", "eau", 4}, {"au", "eau", 3}, {"e", "ai", 5},  {"e", "ei", 5},
    {"ei", "ai", 4}, {"an", "en", 4}, {"am", "em", 4}, {"an", "am", 4},  {"en", "em", 4}, {"in", "ain", 4},
    {"in", "ein", 4}, {"in", "im", 4}, {"in", "yn", 4}, {"un", "in", 6}, {"on", "om", 4}, {"s", "sc", 4},
    {"c", "sc", 4},  {"ss", "c", 5},  {"ss", "sc", 5}, {"si", "ti", 4},  {"ci", "ti", 4}, {"ssi", "ti", 5},
    {"g", "gu", 4},  {"j", "ge", 4},  {"ill", "y", 5}, {"il", "ill", 4}, {"x", "ks", 4},  {"x", "cs", 5},
    {"oe", "e", 4},  {"oe", "eu", 5}, {"ou", "w", 6},  {"er", "e", 7},   {"ez", "e", 7},  {"ee", "e", 4},
    {"t", "th", 4},  {"r", "rh", 4},  {"z", "ss", 6},  {"ks", "cc", 5},
};

// Single letters that are taken for each other.
struct Pair {
  char a, b;
  SpellingCost cost;
};
constexpr Pair kPairs[] = {
    {'s', 'z', 4}, {'c', 'k', 4}, {'c', 's', 5}, {'k', 'q', 4}, {'c', 'q', 5}, {'i', 'y', 3}, {'g', 'j', 5},
    {'m', 'n', 6}, {'b', 'p', 7}, {'d', 't', 7}, {'v', 'w', 6}, {'f', 'v', 7}, {'a', 'e', 8}, {'e', 'i', 8},
    {'o', 'u', 8}, {'a', 'o', 9}, {'x', 's', 8},
};

constexpr std::string_view kRows[] = {"azertyuiop", "qsdfghjklm", "wxcvbn"};

using Costs = std::array<std::array<std::uint8_t, 128>, 128>;

// From one ASCII character to another.
Costs make_costs() {
  Costs costs;
  const auto is_digit = [](std::size_t c) { return c >= '0' && c <= '9'; };
  for (std::size_t a = 0; a < 128; ++a) {
    for (std::size_t b = 0; b < 128; ++b) costs[a][b] = a == b ? 0 : is_digit(a) || is_digit(b) ? kDigit : kEdit;
  }
  const auto lower = [&](char a, char b, SpellingCost cost) {
    auto& x = costs[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
    auto& y = costs[static_cast<std::size_t>(b)][static_cast<std::size_t>(a)];
    x = y = std::min(x, static_cast<std::uint8_t>(cost));
  };
  for (std::size_t row = 0; row < std::size(kRows); ++row) {
    for (std::size_t i = 0; i < kRows[row].size(); ++i) {
      if (i + 1 < kRows[row].size()) lower(kRows[row][i], kRows[row][i + 1], kNeighbour);
      if (row + 1 == std::size(kRows)) continue;
      // Each row stands half a key further right than the one above it; the bottom row's w is below q and s.
      const std::string_view below = kRows[row + 1];
      const std::size_t shift = row == 0 ? 0 : 1;
      if (i >= shift && i - shift < below.size()) lower(kRows[row][i], below[i - shift], kNeighbour);
      if (i >= shift + 1 && i - shift - 1 < below.size()) lower(kRows[row][i], below[i - shift - 1], kNeighbour);
    }
  }
  for (const Pair& pair : kPairs) lower(pair.a, pair.b, pair.cost);
  return costs;
}

SpellingCost letter_cost(char a, char b) {
  static const Costs costs = make_costs();
  const auto x = static_cast<unsigned char>(a), y = static_cast<unsigned char>(b);
  if (x >= 128 || y >= 128) return a == b ? 0 : kEdit;
  return costs[x][y];
}

bool is_mute_ending(char c) { return c == 'e' || c == 's' || c == 't' || c == 'x' || c == 'd'; }

SpellingCost single_letter(char c, char before) {
  if (c >= '0' && c <= '9') return kDigit;
  if (c == before) return kDoubled;
  return c == 'h' ? kAspirate : kEdit;
}

// The table of the distance between the typed word and one that grows letter by letter: a row for each letter of it.
class Table {
 public:
  explicit Table(std::string_view typed) : typed_(typed), rules_(typed.size() + 1) {
    for (std::size_t end = 1; end <= typed.size(); ++end) {
      for (const Alike& alike : kAlike) {
        if (typed.substr(0, end).ends_with(alike.a)) rules_[end].push_back({alike.a.size(), alike.b, alike.cost});
        if (typed.substr(0, end).ends_with(alike.b)) rules_[end].push_back({alike.b.size(), alike.a, alike.cost});
      }
    }
    rows_[0][0] = 0;
    for (std::size_t i = 1; i <= typed.size(); ++i) rows_[0][i] = rows_[0][i - 1] + left_out(i);
    lowest_[0] = 0;
  }

  // Computes row `depth` of the word; the rows above it are those of its beginning.
  void extend(std::string_view word, std::size_t depth) {
    const auto& above = rows_[depth - 1];
    auto& row = rows_[depth];
    const char letter = word[depth - 1];
    const SpellingCost added = single_letter(letter, depth > 1 ? word[depth - 2] : '\0');
    row[0] = above[0] + added + (depth == 1 ? kFirstLetter : 0);
    SpellingCost lowest = row[0];
    for (std::size_t i = 1; i <= typed_.size(); ++i) {
      SpellingCost cost = above[i - 1] + letter_cost(typed_[i - 1], letter);
      if (i == 1 && depth == 1 && typed_[0] != letter) cost += kFirstLetter;
      cost = std::min({cost, above[i] + added, row[i - 1] + left_out(i)});
      if (i > 1 && depth > 1 && typed_[i - 1] == word[depth - 2] && typed_[i - 2] == letter && typed_[i - 1] != letter) {
        cost = std::min(cost, rows_[depth - 2][i - 2] + kSwapped);
      }
      for (const Rule& rule : rules_[i]) {
        if (rule.meant.size() > depth || word.substr(depth - rule.meant.size(), rule.meant.size()) != rule.meant) continue;
        cost = std::min(cost, rows_[depth - rule.meant.size()][i - rule.typed] + rule.cost);
      }
      row[i] = cost;
      lowest = std::min(lowest, cost);
    }
    lowest_[depth] = lowest;
  }

  // No word that begins with the first `depth` letters of `word` is nearer: as its last row says, or what a rule
  // yields that these letters begin.
  SpellingCost lowest(std::string_view word, std::size_t depth) const {
    SpellingCost lowest = lowest_[depth];
    const std::string_view beginning = word.substr(0, depth);
    for (std::size_t end = 1; end <= typed_.size(); ++end) {
      for (const Rule& rule : rules_[end]) {
        for (std::size_t begun = 1; begun < rule.meant.size() && begun <= depth; ++begun) {
          if (!beginning.ends_with(rule.meant.substr(0, begun))) continue;
          lowest = std::min(lowest, rows_[depth - begun][end - rule.typed] + rule.cost);
        }
      }
    }
    return lowest;
  }

  SpellingCost distance(std::string_view word) const {
    const SpellingCost whole = rows_[word.size()][typed_.size()];
    if (word.size() < 2 || !is_mute_ending(word.back())) return whole;
    return std::min(whole, rows_[word.size() - 1][typed_.size()] + kMute);
  }

 private:
  struct Rule {
    std::size_t typed;  // size
    std::string_view meant;
    SpellingCost cost;
  };

  // Of the typed letter before `end`, when it was not meant.
  SpellingCost left_out(std::size_t end) const {
    const char letter = typed_[end - 1];
    const SpellingCost cost = single_letter(letter, end > 1 ? typed_[end - 2] : '\0');
    if (end == 1) return cost + kFirstLetter;
    return end == typed_.size() && is_mute_ending(letter) ? std::min(cost, kMute) : cost;
  }

  std::string_view typed_;
  std::vector<std::vector<Rule>> rules_;  // by the end of what was typed
  std::array<std::array<SpellingCost, kLongestMisspelt + 1>, kLongestMeant + 1> rows_;
  std::array<SpellingCost, kLongestMeant + 1> lowest_;
};

std::size_t common_beginning(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

// The first word from `at` on that does not begin so: near ones are found in few steps.
std::size_t behind(const Vocabulary& vocabulary, std::size_t at, std::string_view beginning) {
  std::size_t low = at, step = 1;  // low begins so
  while (low + step < vocabulary.size() && vocabulary.word(low + step).starts_with(beginning)) {
    low += step;
    step *= 2;
  }
  std::size_t high = std::min(low + step, vocabulary.size());
  while (low + 1 < high) {
    const std::size_t middle = (low + high) / 2;
    (vocabulary.word(middle).starts_with(beginning) ? low : high) = middle;
  }
  return high;
}

}  // namespace

SpellingCost tolerance(std::size_t bytes) {
  if (bytes < 3) return 0;
  if (bytes == 3) return 6;
  if (bytes == 4) return 10;
  if (bytes <= 6) return 13;
  return bytes <= 8 ? 17 : 22;
}

void find_near(const Vocabulary& vocabulary, std::string_view typed, SpellingCost limit, std::size_t& budget,
               std::vector<NearWord>& out) {
  Table table(typed);
  std::string_view before;
  std::size_t valid = 0;  // rows that are those of `before`
  for (std::size_t i = 0; i < vocabulary.size() && budget > 0;) {
    const std::string_view word = vocabulary.word(i);
    if (word.size() > kLongestMeant) {
      ++i;
      continue;
    }
    std::size_t depth = std::min(valid, common_beginning(word, before));
    before = word;
    while (depth < word.size() && table.lowest(word, depth) <= limit && budget > 0) {
      table.extend(word, ++depth);
      --budget;
    }
    valid = depth;
    if (table.lowest(word, depth) > limit) {
      i = behind(vocabulary, i, word.substr(0, depth));
      continue;
    }
    if (depth == word.size()) {
      const SpellingCost cost = table.distance(word);
      if (cost <= limit) out.push_back({i, cost});
    }
    ++i;
  }
}

SpellingCost spelling_distance(std::string_view typed, std::string_view meant) {
  if (typed.size() > kLongestMisspelt || meant.size() > kLongestMeant) return typed == meant ? 0 : kFar;
  Table table(typed);
  for (std::size_t depth = 1; depth <= meant.size(); ++depth) table.extend(meant, depth);
  return table.distance(meant);
}

}  // namespace depeche::searcher
