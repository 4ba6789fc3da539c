#include "entities/tokens.hh"

#include <algorithm>
#include <array>

#include "entities/latin.hh"

namespace depeche::entities {
namespace {

// What a French word loses before a vowel. With the apostrophe it is a token of its own.
constexpr std::array<std::uint64_t, 12> kElided = {
    hash_of_key("d"),  hash_of_key("l"),     hash_of_key("n"),      hash_of_key("s"),
    hash_of_key("j"),  hash_of_key("c"),     hash_of_key("m"),      hash_of_key("t"),
    hash_of_key("qu"), hash_of_key("jusqu"), hash_of_key("lorsqu"), hash_of_key("puisqu")};

// Elided words that foreign names begin like: N'Golo, M'Bala.
constexpr std::array<std::uint64_t, 4> kNotBeforeCapital = {hash_of_key("m"), hash_of_key("n"), hash_of_key("s"),
                                                            hash_of_key("t")};

// What is put before a name with a hyphen, and is no part of it: anti-Trump.
constexpr std::array<std::uint64_t, 8> kPrefixes = {hash_of_key("anti"), hash_of_key("pro"),  hash_of_key("ex"),
                                                    hash_of_key("post"), hash_of_key("pre"),  hash_of_key("non"),
                                                    hash_of_key("mini"), hash_of_key("quasi")};

// Long words that open sentences rather than being surnames.
constexpr std::array<std::uint64_t, 16> kOpeners = {
    hash_of_key("cette"), hash_of_key("elle"),  hash_of_key("elles"), hash_of_key("mais"),
    hash_of_key("dans"),  hash_of_key("pour"),  hash_of_key("avec"),  hash_of_key("selon"),
    hash_of_key("apres"), hash_of_key("aussi"), hash_of_key("leur"),  hash_of_key("notre"),
    hash_of_key("cela"),  hash_of_key("ainsi"), hash_of_key("quant"), hash_of_key("toutefois")};

// Words whose full stop does not end a sentence.
constexpr std::array<std::uint64_t, 12> kAbbreviations = {
    hash_of_key("m"),   hash_of_key("mm"), hash_of_key("mme"), hash_of_key("mlle"),
    hash_of_key("dr"),  hash_of_key("me"), hash_of_key("inc"), hash_of_key("corp"),
    hash_of_key("ltd"), hash_of_key("co"), hash_of_key("st"),  hash_of_key("vs")};

template <std::size_t N>
bool contains(const std::array<std::uint64_t, N>& set, std::uint64_t value) {
  return std::find(set.begin(), set.end(), value) != set.end();
}

char plain_punct(char32_t code) {
  if (code < 0x80) return static_cast<char>(code);
  switch (code) {
    case 0xAB:
    case 0xBB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2039:
    case 0x203A:
      return '"';
    case 0x2018:
    case 0x2019:
      return '\'';
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2022:
      return '-';
    case 0x2026:
      return '.';
    case 0x20AC:
      return 'E';
    case 0xA3:
      return 'L';
    case 0xA5:
      return 'Y';
    case 0x20BF:
      return 'B';
    default:
      return '?';
  }
}

bool ends_sentence(char punct) {
  return punct == '.' || punct == '!' || punct == '?';
}
bool closes(char punct) {
  return punct == '"' || punct == ')' || punct == ']' || punct == '\'' || ends_sentence(punct);
}

// Reads one part from left to right and appends its tokens.
class Tokenizer {
 public:
  Tokenizer(Document& document, Part part, std::string_view text, std::size_t end)
      : document_(document), part_(part), text_(text.substr(0, end)) {}

  void run(std::size_t begin) {
    at_ = begin;
    new_sentence_ = new_paragraph_ = true;
    while (at_ < text_.size()) {
      const Char c = char_at(text_, at_);
      if (c.kind == CharKind::kBlank || c.kind == CharKind::kNewline) {
        skip(c);
      } else if (is_word(c.kind)) {
        read_word(c);
      } else if (c.code == '.' && gap_or_start() && peek(at_ + 1).kind == CharKind::kUpper) {
        read_dotted();
      } else {
        read_punct(c);
      }
    }
    close_sentence();
  }

 private:
  Char peek(std::size_t at) const { return at < text_.size() ? char_at(text_, at) : Char{0, 1, CharKind::kBlank}; }

  void skip(const Char& c) {
    gap_ = true;
    wide_ = wide_ || c.code >= 0x80;
    if (c.kind == CharKind::kNewline) ++newlines_;
    at_ += c.size;
  }

  bool gap_or_start() const { return gap_ || new_paragraph_; }

  // A name that begins with a full stop: .NET.
  void read_dotted() {
    const std::size_t begin = at_++;
    read_word(char_at(text_, at_), begin);
  }

  void read_punct(const Char& c) {
    Token token;
    token.flags = Token::kPunct;
    token.punct = plain_punct(c.code);
    at_ += c.size;
    append(token, at_ - c.size);
    if (ends_sentence(token.punct) && !after_abbreviation(token)) ended_ = true;
  }

  bool after_abbreviation(const Token& stop) const {
    const auto& tokens = document_.tokens;
    if (stop.punct != '.' || tokens.size() < 2 || !stop.is(Token::kGlued)) return false;
    const Token& word = tokens[tokens.size() - 2];
    return word.is(Token::kUpper) &&
           ((word.length == 1 && word.is(Token::kLetter)) || contains(kAbbreviations, word.key.value));
  }

  void read_word(Char c) { read_word(c, at_); }

  // The word at at_, of which bytes from `begin` on are a part.
  void read_word(Char c, std::size_t begin) {
    Token token;
    unsigned letters = 0;
    unsigned uppers = 0;
    bool small_seen = false;
    bool number = c.kind == CharKind::kDigit;
    if (c.kind == CharKind::kUpper) token.flags |= Token::kUpper;
    while (true) {
      if (is_letter(c.kind)) {
        ++letters;
        if (c.kind == CharKind::kUpper) {
          ++uppers;
          if (small_seen) token.flags |= Token::kInnerUpper;
        } else {
          small_seen = true;
        }
        number = false;
      } else if (c.kind == CharKind::kDigit) {
        token.flags |= Token::kDigit;
      }
      add_folded(token, c);
      at_ += c.size;
      c = peek(at_);
      if (is_word(c.kind) && at_ < text_.size()) continue;
      if (c.kind == CharKind::kApostrophe && is_elision(token, begin)) {
        at_ += c.size;
        token.flags |= Token::kElision;
        break;
      }
      if (!joins(c, token, letters)) break;
      if (c.kind == CharKind::kHyphen) token.flags |= Token::kHyphen;
      if (c.kind != CharKind::kPunct || (c.code != '.' && c.code != ',')) number = false;
      separate(token);
      at_ += c.size;
      c = char_at(text_, at_);
    }
    if (letters > 0) token.flags |= Token::kLetter;
    if (letters >= 2 && uppers == letters) token.flags |= Token::kAllUpper;
    if (number && token.is(Token::kDigit)) token.flags |= Token::kNumber;
    take_suffix(token, letters);
    take_full_stop(token, begin);
    append(token, begin);
  }

  void add_folded(Token& token, const Char& c) {
    if (c.kind == CharKind::kMark) return;
    const std::string_view fold = folded(c.code);
    const std::string_view bytes = fold.empty() ? text_.substr(at_, c.size) : fold;
    if (separated_) token.key.add('-');
    separated_ = false;
    for (const char byte : bytes) {
      token.key.add(byte);
      if (token.length < 4) token.head = token.head << 8 | static_cast<unsigned char>(byte);
      token.tail = token.tail << 8 | static_cast<unsigned char>(byte);
      if (token.length < 255) ++token.length;
    }
  }

  void separate(Token& token) { separated_ = token.length > 0; }

  bool is_elision(const Token& token, std::size_t begin) const {
    if (at_ - begin > 7 || !contains(kElided, token.key.value)) return false;
    const std::size_t after = at_ + char_at(text_, at_).size;
    const Char next = peek(after);
    if (next.kind == CharKind::kUpper && token.is(Token::kUpper) && contains(kNotBeforeCapital, token.key.value)) {
      return false;
    }
    return is_word(next.kind) || next.kind == CharKind::kPunct;
  }

  // Whether the character at at_ and the one after it go on with the word.
  bool joins(const Char& c, const Token& token, unsigned letters) const {
    if (at_ >= text_.size()) return false;
    const Char next = peek(at_ + c.size);
    if (!is_word(next.kind) || next.kind == CharKind::kMark) return false;
    if (c.kind == CharKind::kHyphen) {
      return next.kind != CharKind::kUpper || token.is(Token::kUpper) || !contains(kPrefixes, token.key.value);
    }
    if (c.kind == CharKind::kApostrophe) return letters > 0 && is_letter(next.kind);
    switch (c.code) {
      case '&':
      case '_':
        return true;
      case ',':
        return letters == 0 && next.kind == CharKind::kDigit;
      case '.':
        if (next.kind == CharKind::kUpper)
          return token.length == 1 || token.is(Token::kDigit) || text_[at_ - 2] == '.';
        return next.kind == CharKind::kDigit || letters > 0;
      default:
        return false;
    }
  }

  // "+" and "#" that belong to a name: Disney+, C++, C#.
  void take_suffix(Token& token, unsigned letters) {
    if (letters == 0 || token.is(Token::kElision)) return;
    std::size_t end = at_;
    while (end < text_.size() && (text_[end] == '+' || (text_[end] == '#' && token.length == 1))) ++end;
    if (end == at_ || is_word(peek(end).kind)) return;
    at_ = end;
  }

  // The full stop of an initial in a person's name, "George R. R. Martin", and the last one of "C.N.I.L.".
  void take_full_stop(const Token& token, std::size_t begin) {
    if (at_ >= text_.size() || text_[at_] != '.' || !token.is(Token::kUpper)) return;
    const bool initial = token.length == 1 && at_ - begin == 1 && is_between_names();
    if (initial || has_single_letters(text_.substr(begin, at_ - begin))) ++at_;
  }

  bool is_between_names() const {
    if (new_paragraph_ || newlines_ > 0 || ended_ || document_.tokens.empty()) return false;
    const Token& left = document_.tokens.back();
    const bool name = left.is(Token::kUpper) && left.is(Token::kLetter) && !left.is(Token::kSentenceStart);
    const bool opens = left.is(Token::kSentenceStart) && left.is(Token::kUpper) && left.length > 3;
    if ((!name && !opens) || peek(at_ + 1).kind != CharKind::kBlank) return false;
    return peek(at_ + 2).kind == CharKind::kUpper && may_be_surname(at_ + 2);
  }

  // Another initial, or a long word: a short one, and "Cette", open the next sentence.
  bool may_be_surname(std::size_t at) const {
    KeyHash key;
    unsigned letters = 0;
    for (Char c = peek(at); is_letter(c.kind) && at < text_.size(); c = peek(at)) {
      const std::string_view fold = folded(c.code);
      for (const char byte : fold.empty() ? text_.substr(at, c.size) : fold) key.add(byte);
      at += c.size;
      ++letters;
    }
    return letters == 1 ? peek(at).code == '.' : letters > 3 && !contains(kOpeners, key.value);
  }

  // "C.N.I.L": letters, each after a full stop.
  static bool has_single_letters(std::string_view word) {
    if (word.size() < 3 || word.size() % 2 == 0) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (i % 2 == 1 ? word[i] != '.' : word[i] < 'A' || word[i] > 'Z') return false;
    }
    return true;
  }

  void append(Token& token, std::size_t begin) {
    token.begin = static_cast<std::uint32_t>(begin);
    token.end = static_cast<std::uint32_t>(at_);
    if (!gap_ && !new_paragraph_) token.flags |= Token::kGlued;
    if (wide_) token.flags |= Token::kWide;
    const bool opens = token.is(Token::kUpper) || token.is(Token::kDigit) || token.punct == '"' ||
                       token.punct == '-' || token.punct == '(' || token.punct == '[';
    if (newlines_ >= 2) new_paragraph_ = true;
    if (new_paragraph_ || (newlines_ == 1 && opens)) new_sentence_ = true;
    if (ended_ && !new_sentence_ && !(token.is(Token::kGlued) && closes(token.punct))) {
      if (gap_ && opens) new_sentence_ = true;
      ended_ = false;
    }
    auto& tokens = document_.tokens;
    if (new_sentence_) {
      close_sentence();
      token.flags |= Token::kSentenceStart;
      if (new_paragraph_) token.flags |= Token::kParagraphStart;
      document_.sentences.push_back({static_cast<std::uint32_t>(tokens.size()), 0, part_});
      open_ = true;
      ended_ = false;
    }
    tokens.push_back(token);
    document_.sentence_of.push_back(static_cast<std::uint32_t>(document_.sentences.size() - 1));
    new_sentence_ = new_paragraph_ = gap_ = wide_ = separated_ = false;
    newlines_ = 0;
  }

  void close_sentence() {
    if (open_) document_.sentences.back().last = static_cast<std::uint32_t>(document_.tokens.size());
    open_ = false;
  }

  Document& document_;
  Part part_;
  std::string_view text_;
  std::size_t at_ = 0;
  unsigned newlines_ = 0;
  bool gap_ = false;
  bool wide_ = false;
  bool ended_ = false;  // terminal punctuation was read; what follows decides
  bool new_sentence_ = true;
  bool new_paragraph_ = true;
  bool open_ = false;
  bool separated_ = false;  // a hyphen of the key waits for its right side
};

}  // namespace

void Document::clear() {
  parts[0] = parts[1] = {};
  tokens.clear();
  sentences.clear();
  sentence_of.clear();
}

void Document::add(Part part, std::size_t begin, std::size_t end) {
  Tokenizer(*this, part, parts[static_cast<std::size_t>(part)], end).run(begin);
}

KeyHash key_hash(std::string_view name) {
  KeyHash hash;
  bool pending = false;
  for (std::size_t at = 0; at < name.size();) {
    const Char c = char_at(name, at);
    if (is_letter(c.kind) || c.kind == CharKind::kDigit) {
      if (pending && !hash.empty()) hash.add('-');
      pending = false;
      const std::string_view fold = folded(c.code);
      for (const char byte : fold.empty() ? name.substr(at, c.size) : fold) hash.add(byte);
    } else if (c.kind != CharKind::kMark) {
      pending = true;
    }
    at += c.size;
  }
  return hash;
}

}  // namespace depeche::entities
