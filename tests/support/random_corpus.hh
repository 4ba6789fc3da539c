// Random articles and random requests for them, the same on every machine for the same seed.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/article.hh"
#include "searcher/request.hh"
#include "tests/support/brute_model.hh"

namespace depeche::test {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  // 0 to n − 1. REQUIRES: n > 0.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  // Low numbers much more often than high ones.
  std::size_t skewed(std::size_t n) { return std::min(below(n), std::min(below(n), below(n))); }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <class List>
  const auto& of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 engine_;
};

struct RandomArticle {
  Article article;
  std::string family;  // of near-copies; else empty
};

// The articles of one corpus: words, names and dates are drawn from lists that are its own.
class CorpusMaker {
 public:
  explicit CorpusMaker(std::uint64_t seed);

  RandomArticle article(std::string id);
  // A word of the articles, now and then one that none has.
  std::string word();

  struct Asked {
    Question question;
    searcher::SearchRequest request;
  };
  Asked request(const BruteModel& model);

 private:
  std::string sentence(std::size_t words);
  std::string phrase(std::size_t words);
  std::vector<std::string> some_labels(schema::FieldId field);
  std::string label_or_so(schema::FieldId field);
  std::string a_date(bool range);
  std::string date_range();
  Question leaf();
  Question question(int depth);
  searcher::Filter filter();

  Random random_;
  int wildcards_ = 0;  // of the question being made
  std::vector<std::string> words_;
  std::vector<std::vector<std::string>> labels_;  // by facet_index()
  std::vector<std::string> sources_;
  std::vector<std::string> recent_;                            // sentences that phrases are taken from
  std::vector<std::pair<std::string, std::string>> families_;  // name, text
  Day first_day_ = 0;
  std::size_t days_ = 1;
};

}  // namespace depeche::test
