// The second stage of ranking: the best matches by BM25 are read, and get something on top for how the words of the
// query stand in them. Each bonus is a sum over words, in units of their inverse document frequency as BM25 is, times
// its weight in Ranking; none is negative, so that the best of a second stage stay before those that it did not read.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "searcher/part.hh"
#include "searcher/plan.hh"
#include "searcher/ranking.hh"

namespace depeche::searcher {

// The words of a query in the numbers of one part.
class PartWords {
 public:
  struct Entry {
    Form form;
    std::uint8_t word;
    bool exact;  // the very form that was typed
  };
  void add(Form form, std::size_t word, bool exact);
  void finish();
  const Entry* find(Form form) const;

 private:
  std::vector<Entry> entries_;  // by form, each once
  std::array<std::uint64_t, 64> filter_{};  // by the low bits of a form: most words of an article are none of ours
};

// For one request. Not thread-safe: reuses its buffers.
class SecondStage {
 public:
  SecondStage(const PlanNode& plan, std::uint64_t articles, const Frequency& frequency, const Ranking& ranking);

  bool empty() const { return words_.empty(); }
  PartWords in_part(const WordStream& words) const;
  // What the document gets, by Bonus. REQUIRES: `words` is of its part.
  const Bonuses& read(const Part& part, const PartWords& words, DocId doc);

 private:
  struct Word {
    std::vector<std::string> lemmas;
    std::string exact;
    double idf = 0;
  };
  struct Place {
    std::uint32_t position, sentence;
    std::uint8_t word;
    bool exact;
  };
  void collect(const PlanNode& node, double idf);
  void find_places(const Part& part, const PartWords& words, DocId doc);
  void count_words();
  void count_sentences();
  void count_neighbours();
  double& bonus(Bonus which) { return bonuses_[static_cast<std::size_t>(which)]; }

  const Ranking& ranking_;
  std::vector<Word> words_;  // in the order of the query
  std::vector<Form> stream_;
  std::vector<Place> places_;
  std::vector<double> counts_;
  Bonuses bonuses_{};
};

}  // namespace depeche::searcher
