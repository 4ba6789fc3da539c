// The second stage of ranking: the best matches by BM25 are read in the token stream and get a bonus for how the words
// of the query stand in them (searcher/ranking.hh). No bonus is negative, so that those that were read stay before those
// that were not.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/form_scan.hh"
#include "searcher/matcher.hh"
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
  // To be called once, after the last add().
  void finish();
  // Nothing for a form of no word.
  const Entry* find(Form form) const;
  // REQUIRES: finish().
  const FormScan& scan() const { return scan_; }

 private:
  std::vector<Entry> entries_;  // by form, each once
  FormScan scan_;
};

// For one request. Not thread-safe: reuses its buffers.
class SecondStage {
 public:
  // REQUIRES: `collection` and `ranking` live as long.
  SecondStage(const PlanNode& plan, const Collection& collection, const Ranking& ranking);

  // Nothing to look for.
  bool empty() const { return words_.empty(); }
  PartWords in_part(const WordStream& words) const;
  // What the document gets. REQUIRES: `words` is of its part.
  Bonuses read(const Part& part, const PartWords& words, DocId doc);

 private:
  struct Word {
    std::vector<std::string> lemmas;
    std::string exact;
    double idf = 0;
  };
  struct Place {
    std::uint32_t position;
    std::uint8_t word;
    bool exact;
  };
  void collect(const PlanNode& node, double idf);
  void find_places(const Part& part, const PartWords& words, DocId doc);
  double exact_bonus(double length) const;
  double weight_until(std::uint32_t position) const;
  double best_window() const;
  double share(double weight) const { return weight * weight / all_; }

  const Collection& collection_;
  const Ranking& ranking_;
  std::vector<Word> words_;  // in the order of the query
  double all_ = 0;           // their idf together
  std::vector<Place> places_;  // of the document that is read
};

}  // namespace depeche::searcher
