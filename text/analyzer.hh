// French text → tokens with the terms they are found by. The same code serves documents, queries and highlighting.
//
// The chain: chunk_scanner → normalise → tokenise (with elide and numbers) → chunk (compounds) → lemmas → fold; the
// order matters: the lexicon reads accents, so folding comes last. A cache remembers what became of each chunk;
// sentences, positions and numbers in groups ("1 000") depend on more than a chunk and are decided while reading
// (analyzer.cc). "Les salariés d’OpenAI" gives
//   [0,3) les   [4,13) salaries → lemma salarie, salarier   [16,22) openai   at positions 1, 2, 3.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/range.hh"

namespace depeche::text {

enum TokenFlag : std::uint8_t {
  kStopWord = 1,        // a function word; indexed all the same
  kCapitalised = 2,     // its first letter is a capital
  kAllCapitals = 4,     // two letters or more, all capitals: accents may be missing
  kCompound = 8,        // the joined form of a hyphenated word; shares the position of its first part
  kSentenceStart = 16,  // first token of a sentence
  kParagraphStart = 32,
};

struct Token {
  ByteRange range;             // in the original text
  std::uint32_t position = 0;  // from 1; +1 a word; +kSentenceGap at the end of a sentence or paragraph
  std::uint32_t exact_begin = 0, exact_end = 0;  // into the arena: the folded surface form
  std::uint32_t lemma_begin = 0, lemma_end = 0;  // into the list of lemmas
  std::uint8_t flags = 0;

  bool has(TokenFlag flag) const { return (flags & flag) != 0; }
};

inline constexpr std::uint32_t kSentenceGap = 100;
inline constexpr std::size_t kMaxTermBytes = 240;  // longer terms are cut there (Xapian takes 245 with the prefix)

// The tokens of one text. Reused from text to text: in the steady state nothing is allocated.
class Analysis {
 public:
  std::span<const Token> tokens() const { return tokens_; }
  // The folded surface form: lower case, no accents, "œ" is "oe". Valid until the next analyze().
  std::string_view exact(const Token& token) const {
    return std::string_view(arena_).substr(token.exact_begin, token.exact_end - token.exact_begin);
  }
  // The folded lemmas, one or more, each once. They are the terms that postings hold.
  std::size_t lemma_count(const Token& token) const { return token.lemma_end - token.lemma_begin; }
  std::string_view lemma(const Token& token, std::size_t i) const {
    const auto [begin, end] = lemmas_[token.lemma_begin + i];
    return std::string_view(arena_).substr(begin, end - begin);
  }
  // Byte ranges of the sentences of the text, in order, without the blanks around them.
  std::span<const ByteRange> sentences() const { return sentences_; }
  std::size_t invalid_bytes() const { return invalid_bytes_; }  // ill-formed sequences that were replaced

 private:
  friend class AnalyzerImpl;
  std::string arena_;
  std::vector<Token> tokens_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> lemmas_;
  std::vector<ByteRange> sentences_;
  std::size_t invalid_bytes_ = 0;
};

// Not thread-safe: one a thread. Construction costs some milliseconds (ICU break rules); keep it.
class Analyzer {
 public:
  Analyzer();
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  // Any bytes are taken; ill-formed UTF-8 is replaced and counted. Linear in the size of `text` (at most 4 GiB − 1).
  void analyze(std::string_view text, Analysis& out);

 private:
  std::unique_ptr<class AnalyzerImpl> impl_;
};

// A hash over everything that decides which terms a text yields: stages and their version, word lists, lexicon, ICU
// and stemmer versions. Two indexes with the same fingerprint hold the same terms for the same text.
std::string analyzer_fingerprint();

}  // namespace depeche::text
