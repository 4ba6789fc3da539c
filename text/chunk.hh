// What stands between two blanks → its tokens, relative to the chunk. A chunk's tokens depend on nothing around it,
// so they can be cached; what does (sentences, numbers in groups) is the analyzer's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/lemmas.hh"
#include "text/normalise.hh"
#include "text/short_bytes.hh"
#include "text/tokenise.hh"

namespace depeche::text {

enum PieceTrait : std::uint8_t {
  kGroupHead = 1,          // a number of one to three digits
  kGroupTail = 2,          // three digits, decimals behind them or not
  kBlankBefore = 4,        // exactly one blank parts it from the piece before
  kBreakBefore = 8,        // a sentence ended between them
  kAbbreviation = 16,      // its point ends no sentence
  kWeakAbbreviation = 32,  // its point ends one before an article or pronoun
  kInnerCapital = 64,      // iPhone, xAI: may begin a sentence in lower case
};

// One token of a chunk. Small, and its terms lie together: what a look-up costs is the lines of memory that it
// touches.
struct Piece {
  std::uint32_t text = 0;            // its exact form in PiecePool::bytes
  std::uint16_t begin = 0, end = 0;  // bytes of the chunk
  std::uint16_t bytes_size = 0;      // of exact form and lemmas together, from `text` on
  std::uint8_t text_size = 0;
  std::uint8_t lemma_count = 0;
  std::uint8_t advance = 1;  // positions from the piece before; 0 for a joined form
  std::uint8_t flags = 0;    // TokenFlag
  std::uint8_t traits = 0;   // PieceTrait
};

// Where a lemma is, from Piece::text on.
struct LemmaSpan {
  std::uint16_t offset = 0;
  std::uint16_t size = 0;
};

// The memory of many pieces. The terms of one lie in `bytes` as: its LemmaSpans, its exact form, its other lemmas.
struct PiecePool {
  std::vector<Piece> pieces;
  std::string bytes;

  LemmaSpan lemma(const Piece& piece, std::size_t i) const {
    return load_word<LemmaSpan>(bytes.data() + piece.text - (piece.lemma_count - i) * sizeof(LemmaSpan));
  }
  void clear() {
    pieces.clear();
    bytes.clear();
  }
};

class ChunkAnalyzer {
 public:
  // Appends the pieces of `chunk`; returns how many ill-formed sequences it has.
  std::size_t analyze(std::string_view chunk, PiecePool& out);

 private:
  void add_word(const Word& word, PiecePool& out);
  void add_compound(std::size_t first, std::size_t last, PiecePool& out);
  std::size_t compound_end(std::size_t first) const;
  void cut_clitics(std::size_t first);
  void spell(const Word& word);
  void add_pointed_lemmas(const Word& word);
  void add_plain_lemmas();
  void add_joined_lemmas(std::size_t first, std::size_t last);
  Piece& push(std::uint32_t begin, std::uint32_t end, PiecePool& out) const;

  Tokenizer tokenizer_;
  SourceText text_;
  std::vector<Word> words_;

  // Of the word at hand; members to keep their memory.
  std::string lower_;  // accents kept, apostrophes too
  std::string bare_;   // lower_ without apostrophes: what the lexicon reads
  std::string exact_;
  LemmaList lemmas_;
  bool capitalised_ = false;
  bool all_capitals_ = false;
  bool plural_acronym_ = false;
  bool inner_capital_ = false;
};

}  // namespace depeche::text
