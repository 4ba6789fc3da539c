#include "searcher/correction.hh"

#include <algorithm>
#include <cmath>
#include <map>

#include "text/fold.hh"
#include "text/lemmas.hh"

namespace depeche::searcher {
namespace {

constexpr std::size_t kMostBytes = 512;     // of a query; a longer one is no question with a slip in it
constexpr std::size_t kMostWords = 64;      // of a query that are looked at
constexpr std::size_t kMostCandidates = 4;  // of a word
constexpr std::uint64_t kTimesMore = 10;  // than a rare word a candidate must have, and a query that found something
constexpr double kNatsPerEdit = 6.0;      // a plain edit is as likely as a word e⁶ times rarer
constexpr SpellingCost kNearEnough = 10;  // further ones are looked for only when there is none
constexpr SpellingCost kBlank = 5;        // too much

struct Candidate {
  std::string text;
  double score = 0;
};

struct Word {
  ByteRange range;  // of the query
  std::string exact;
  std::uint64_t articles = 0;  // that have it
  bool doubted = false;
  std::vector<Candidate> candidates = {};  // where it is doubted; the best first
};

// Another text for a piece of the query.
struct Replacement {
  ByteRange range;
  std::vector<Candidate> candidates;  // the best first
};

// A form of the index: the articles that have it, of all parts together, and how it is mostly written.
struct Known {
  std::uint64_t articles = 0, most = 0;
  std::string_view spelling;

  void add(const Part& part, std::size_t word) {
    const std::uint64_t count = part.vocabulary.count(word);
    articles += count;
    if (count <= most) return;
    most = count;
    spelling = part.vocabulary.spelling(part.vocabulary.form(word), part.words);
  }
};

Known known_word(std::string_view exact, const CorrectionSource& source) {
  Known known;
  for (const auto& part : source.parts) {
    const Vocabulary& words = part->vocabulary;
    for (auto [i, end] = words.words(exact); i < end && words.word(i) == exact; ++i) known.add(*part, i);
  }
  return known;
}

bool is_part_of_name(std::string_view exact, const CorrectionSource& source) {
  const std::string key = text::value_key(exact);
  for (const auto& part : source.parts) {
    const auto [begin, end] = part->vocabulary.names(key, part->columns);
    if (begin == end) continue;
    const std::string_view name = part->columns.key(part->vocabulary.name_code(begin));
    const std::string_view rest = name.substr(part->vocabulary.name_start(begin) + key.size());
    if (rest.empty() || rest.front() == '-') return true;
  }
  return false;
}

class Corrector {
 public:
  Corrector(const std::string& query, std::uint64_t found, const CorrectionSource& source)
      : query_(query), found_(found), source_(source) {}

  std::optional<std::string> run(const QueryNode& tree) {
    collect(tree);
    for (Word& word : words_) {
      if (word.doubted) word.candidates = candidates_of(word);
    }
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i].doubted) replace(i);
    }
    if (replacements_.empty()) return std::nullopt;
    return best_that_finds_more();
  }

 private:
  // The plain words of what is asked for; not what is excluded, filtered by or cut.
  void collect(const QueryNode& node) {
    using Kind = QueryNode::Kind;
    if (node.kind == Kind::kWords || node.kind == Kind::kPhrase) collect_words(node.range);
    if (node.kind == Kind::kNot) return;
    for (const QueryNode& child : node.children) collect(child);
  }

  void collect_words(ByteRange range) {
    if (range.end > query_.size() || range.begin > range.end) return;
    const std::string_view text = range.of(query_);
    std::size_t doubted = 0;
    const auto has_term = [&](std::string_view term) { return source_.frequency(term) > 0; };
    for (const text::QueryGroup& group : source_.analyzer.words(text, has_term)) {
      if (words_.size() == kMostWords) return;
      if (group.alternatives.empty() || group.alternatives.front().slots.size() != 1) continue;
      const text::Slot& slot = group.alternatives.front().slots.front();
      Word word;
      word.range = {group.range.begin + range.begin, group.range.end + range.begin};
      word.exact = slot.exact;
      for (const std::string& lemma : slot.lemmas) word.articles = std::max(word.articles, source_.frequency(lemma));
      word.doubted = !group.stop_word && doubted < kMostCorrected && is_doubtful(word, group);
      doubted += word.doubted;
      words_.push_back(std::move(word));
    }
  }

  bool is_doubtful(const Word& word, const text::QueryGroup& group) const {
    if (tolerance(word.exact.size()) == 0 || word.exact.size() > kLongestMisspelt) return false;
    const bool letters = std::all_of(word.exact.begin(), word.exact.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'';
    });
    if (!letters) return false;
    if (word.articles == 0) {  // perhaps it is found in another form: joined, cut, a synonym
      return group.alternatives.size() == 1 || source_.count(std::string(word.range.of(query_))) == 0;
    }
    return word.articles <= kFewFound && !text::is_known_word(word.exact) && !is_part_of_name(word.exact, source_);
  }

  // --- candidates ---

  std::vector<Candidate> candidates_of(const Word& word) { return near(word.exact, word.articles); }

  // By another word, or together with a neighbour by one: when that is the likelier, or nothing else is at hand.
  void replace(std::size_t i) {
    Replacement replacement{words_[i].range, words_[i].candidates};
    for (const std::size_t other : {i == 0 ? i : i - 1, i + 1}) {
      auto joined = join(i, other);
      if (!joined) continue;
      const Word& neighbour = words_[other];
      const bool needed = replacement.candidates.empty() || (neighbour.doubted && neighbour.candidates.empty());
      if (needed || better(joined->candidates.front(), replacement.candidates.front()))
        replacement = std::move(*joined);
    }
    if (replacement.candidates.empty()) return;
    if (!replacements_.empty() && replacements_.back().range.end > replacement.range.begin) return;
    if (replacement.candidates.size() > kMostCandidates) replacement.candidates.resize(kMostCandidates);
    replacements_.push_back(std::move(replacement));
  }

  static bool better(const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.text < b.text;
  }
  static double score(double articles, SpellingCost cost) { return std::log(articles) - kNatsPerEdit * cost / 10.0; }

  // Words of the index near `exact`, which `articles` have.
  std::vector<Candidate> near(const std::string& exact, std::uint64_t articles) {
    std::vector<Candidate> found = near_within(exact, articles, std::min(kNearEnough, tolerance(exact.size())), 0);
    if (found.empty() && tolerance(exact.size()) > kNearEnough) {
      found = near_within(exact, articles, tolerance(exact.size()), 0);
    }
    return found;
  }

  // `extra` is added to the cost of each.
  std::vector<Candidate> near_within(const std::string& exact, std::uint64_t articles, SpellingCost limit,
                                     SpellingCost extra) {
    struct Found : Known {
      SpellingCost cost = 0;
    };
    std::map<std::string_view, Found> found;  // by folded word
    std::vector<NearWord> near;
    for (const auto& part : source_.parts) {
      near.clear();
      find_near(part->vocabulary, exact, limit, budget_, near);
      for (const NearWord& n : near) {
        const std::string_view word = part->vocabulary.word(n.word);
        if (word == exact || word.size() < 2) continue;
        Found& one = found[word];
        one.cost = n.cost;
        one.add(*part, n.word);
      }
    }
    std::vector<Candidate> out;
    for (const auto& [word, one] : found) {
      if (one.articles < articles * kTimesMore) continue;
      out.push_back({std::string(one.spelling), score(static_cast<double>(one.articles), one.cost + extra)});
    }
    std::sort(out.begin(), out.end(), better);
    return out;
  }

  // "star tup" → "startup", also when that is not quite it. Nothing where the two are not neighbours.
  std::optional<Replacement> join(std::size_t i, std::size_t other) {
    if (i == other || other >= words_.size()) return std::nullopt;
    const Word &left = words_[std::min(i, other)], &right = words_[std::max(i, other)];
    if (left.range.end >= right.range.begin) return std::nullopt;
    const std::string_view between =
        std::string_view(query_).substr(left.range.end, right.range.begin - left.range.end);
    if (between.find_first_not_of(" -") != between.npos) return std::nullopt;
    const std::string exact = left.exact + right.exact;
    if (exact.size() > kLongestMisspelt) return std::nullopt;
    const std::uint64_t articles = std::min(left.articles, right.articles);
    Replacement out{{left.range.begin, right.range.end}, {}};
    out.candidates = near_within(exact, articles, kBlank, kBlank);
    if (const Known whole = known_word(exact, source_); whole.articles > articles * kTimesMore) {
      out.candidates.push_back({std::string(whole.spelling), score(static_cast<double>(whole.articles), kBlank)});
      std::sort(out.candidates.begin(), out.candidates.end(), better);
    }
    if (out.candidates.empty()) return std::nullopt;
    return out;
  }

  // --- the query ---

  // With the candidate number `choice` of one replacement, and the first one of all others.
  std::string rewritten(std::size_t varied, std::size_t choice) const {
    std::string out;
    std::size_t at = 0;
    for (std::size_t i = 0; i < replacements_.size(); ++i) {
      const Replacement& r = replacements_[i];
      out += std::string_view(query_).substr(at, r.range.begin - at);
      out += r.candidates[i == varied ? choice : 0].text;
      at = r.range.end;
    }
    return out + query_.substr(at);
  }

  // The first choice of all words, unless another choice of one finds so much more that it is the likelier.
  std::optional<std::string> best_that_finds_more() const {
    std::optional<std::string> best;
    double best_score = 0;
    for (std::size_t i = 0; i < replacements_.size(); ++i) {
      const auto& candidates = replacements_[i].candidates;
      for (std::size_t choice = i == 0 ? 0 : 1; choice < candidates.size(); ++choice) {
        std::string query = rewritten(i, choice);
        const std::uint64_t count = source_.count(query).value_or(0);
        if (count <= found_ * kTimesMore) continue;
        const double lost = candidates.front().score - candidates[choice].score;
        const double score =
            replacements_.size() == 1 && words_.size() == 1 ? -lost : std::log(static_cast<double>(count)) - lost;
        if (best && score <= best_score) continue;
        best = std::move(query);
        best_score = score;
      }
    }
    return best;
  }

  const std::string& query_;
  std::uint64_t found_;
  const CorrectionSource& source_;
  std::vector<Word> words_;
  std::vector<Replacement> replacements_;
  std::size_t budget_ = kMostBeginnings;
};

}  // namespace

std::optional<std::string> corrected(const std::string& query, const QueryNode& tree, std::uint64_t found,
                                     const CorrectionSource& source) {
  if (query.size() > kMostBytes) return std::nullopt;
  return Corrector(query, found, source).run(tree);
}

}  // namespace depeche::searcher
