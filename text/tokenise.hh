// The second stage: normalised characters → words. Own rules for what tech news writes (C++, AT&T, Node.js, 2.0.1,
// I.A., addresses), ICU's word borders for scripts other than Latin. Elisions are cut here, links of compounds are
// kept.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "text/normalise.hh"

namespace depeche::text {

enum class WordKind : std::uint8_t {
  kPlain,       // letters and digits; apostrophes that are no elision are inside
  kNumber,      // digits with points and commas
  kPointed,     // Node.js, v2.0.1
  kHost,        // lemonde.fr
  kMail,        // an e-mail address
  kAcronym,     // I.A., P.-D.G.
  kSign,        // € %
  kSignedName,  // C++, C#, AT&T, Canal+, .NET
  kMagnitude,   // M, Md, k beside a currency sign
  kIdeograph,   // one Han or kana character
};

struct Word {
  std::uint32_t begin = 0;  // indices into the source text
  std::uint32_t end = 0;
  WordKind kind = WordKind::kPlain;
  char link = 0;              // '-', '/' or '_' when it is one compound with the next word
  bool blank_before = false;  // exactly one blank parts it from the word before
  bool break_before = false;  // a full stop does: "fonds.Le"
};

class Tokenizer {
 public:
  Tokenizer();
  ~Tokenizer();
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  // The words of `text`, in order. Replaces `out`.
  void run(const SourceText& text, std::vector<Word>& out);

 private:
  class Scanner;
  class WordBorders;
  std::unique_ptr<WordBorders> borders_;  // ICU; made when it is first needed
};

}  // namespace depeche::text
