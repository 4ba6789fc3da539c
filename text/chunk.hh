// What stands between two blanks → its tokens, relative to the chunk. A chunk's tokens depend on nothing around it,
// so they can be cached; what does (sentences, numbers in groups) is the analyzer's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/lemmas.hh"
#include "text/normalise.hh"
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

// One token of a chunk.
struct Piece {
  std::uint32_t begin = 0, end = 0;              // bytes of the chunk
  std::uint32_t text = 0;                        // its exact form in PiecePool::bytes
  std::uint32_t lemma_begin = 0, lemma_end = 0;  // in PiecePool::lemmas
  std::uint16_t text_size = 0;
  std::uint16_t bytes_size = 0;  // of exact form and lemmas together, from `text` on
  std::uint8_t advance = 1;      // positions from the piece before; 0 for a joined form
  std::uint8_t flags = 0;        // TokenFlag
  std::uint8_t traits = 0;       // PieceTrait
};

// The memory of many pieces.
struct PiecePool {
  std::vector<Piece> pieces;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> lemmas;  // offset from Piece::text, size
  std::string bytes;

  void clear() {
    pieces.clear();
    lemmas.clear();
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
  bool cut_clitics(std::size_t first, std::size_t last);
  void spell(const Word& word);
  void add_pointed_lemmas(const Word& word);
  void add_plain_lemmas();
  void add_joined_lemmas(std::size_t first, std::size_t last);
  Piece& push(std::uint32_t begin, std::uint32_t end, PiecePool& out);

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
