// The sentences of an article that show why it was found, with the words that matched.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/range.hh"
#include "searcher/form_scan.hh"
#include "searcher/part.hh"
#include "searcher/plan.hh"
#include "searcher/positions.hh"
#include "searcher/request.hh"
#include "text/analyzer.hh"

namespace depeche::searcher {

struct PartTerms {
  std::vector<std::pair<Form, std::uint32_t>> words;  // by form, each with the number of its word
  std::vector<SlotForms> phrases;                     // numbered on from the words
  std::uint32_t first_phrase = 0;
  FormScan scan;  // looks for every form that a word or a phrase may begin with
};

// What to look for, from a plan: its words (not the excluded ones) as lemmas, and phrases as a whole.
class SnippetTerms {
 public:
  // `query`: the text as typed; its stop words are marked where they stand between two matches.
  SnippetTerms(const PlanNode& plan, std::string_view query, text::Analyzer& analyzer);

  bool empty() const { return words_.empty() && phrases_.empty(); }
  // The same in the numbers of one part.
  PartTerms in_part(const WordStream& words) const;
  bool matches(const text::Analysis& analysis, const text::Token& token) const;
  // How many of the tokens from `at` on are a phrase; 0 for none. REQUIRES: no compound among the tokens.
  std::size_t phrase_length(const text::Analysis& analysis, std::span<const text::Token> tokens, std::size_t at) const;
  bool is_stop_word(std::string_view exact) const { return stop_words_.contains(std::string(exact)); }

 private:
  void collect(const PlanNode& node);
  struct Word {
    std::vector<std::string> lemmas;
    std::string exact;
    bool exact_only = false;
  };
  static bool fits(const Word& word, const text::Analysis& analysis, const text::Token& token);
  std::vector<Word> words_;
  std::vector<std::vector<Word>> phrases_;
  std::vector<std::vector<text::Slot>> phrase_slots_;  // of phrases_
  std::unordered_set<std::string> lemmas_, stop_words_;
};

// Reuses its buffers; one a thread.
class SnippetMaker {
 public:
  explicit SnippetMaker(text::Analyzer& analyzer) : analyzer_(analyzer) {}

  // `text` is the article's text as stored. `skip_first`: its first sentence is shown as the title and not repeated.
  Snippet make(const SnippetTerms& terms, const PartTerms& part_terms, const Part& part,
               DocId doc, std::string_view text, bool skip_first);

 private:
  std::size_t best_sentence(const PartTerms& part_terms, const Part& part, DocId doc,
                            bool skip_first);
  void highlight(const SnippetTerms& terms, Snippet& snippet);

  text::Analyzer& analyzer_;
  text::Analysis analysis_;
  std::vector<text::Token> plain_tokens_;  // without compounds
  std::vector<ByteRange> sentences_;
};

}  // namespace depeche::searcher
