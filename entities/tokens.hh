// Words, numbers and punctuation of an article as extraction sees them: coarser than the search analyzer ("d'" and
// "OpenAI" are two tokens, "Saint-Denis", "AT&T" and "6,6" one), and without a string of their own.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/annotations.hh"
#include "entities/key_hash.hh"

namespace depeche::entities {

struct Token {
  enum Flag : std::uint16_t {
    kUpper = 1,       // begins with a capital
    kAllUpper = 2,    // two letters or more, all of them capitals
    kInnerUpper = 4,  // a capital after a small letter: iPhone, OpenAI
    kLetter = 8,
    kDigit = 16,
    kNumber = 32,  // digits, with "," or "." between them, only
    kPunct = 64,
    kElision = 128,  // "d'", "qu'"
    kSentenceStart = 256,
    kParagraphStart = 512,
    kGlued = 1024,   // nothing between it and the token before
    kHyphen = 2048,  // holds a hyphen
    kWide = 4096,    // a blank that is no-break or narrow stands before it
  };

  std::uint32_t begin = 0;  // bytes of its part, like `end`
  std::uint32_t end = 0;
  KeyHash key;             // empty for punctuation
  std::uint32_t head = 0;  // the first four folded characters, the first in the highest byte that is used
  std::uint32_t tail = 0;  // the last four folded characters, the last in the lowest byte
  std::uint16_t flags = 0;
  std::uint8_t length = 0;  // folded characters, at most 255
  char punct = 0;  // of punctuation: its ASCII byte or nearest one: '"' for any quote, '-' for any dash; else '?'

  bool is(Flag flag) const { return (flags & flag) != 0; }
};

// Tokens [first, last) of one sentence.
struct Sentence {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Part part = Part::kText;
};

// A stretch of an article, cut up. The vectors are kept from article to article.
struct Document {
  std::string_view parts[2];  // by Part
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<std::uint32_t> sentence_of;  // by token

  void clear();
  // Appends the tokens of bytes [begin, end) of a part.
  void add(Part part, std::size_t begin, std::size_t end);

  Part part_of(std::size_t token) const { return sentences[sentence_of[token]].part; }
  std::string_view text_of(std::size_t token) const {
    return parts[static_cast<std::size_t>(part_of(token))].substr(tokens[token].begin,
                                                                  tokens[token].end - tokens[token].begin);
  }
  ByteRange range(std::size_t first, std::size_t last) const { return {tokens[first].begin, tokens[last - 1].end}; }
};

// The key hash of a whole name.
KeyHash key_hash(std::string_view name);

}  // namespace depeche::entities
