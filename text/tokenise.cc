#include "text/tokenise.hh"

#include <unicode/brkiter.h>

#include <algorithm>
#include <string>

#include "text/chars.hh"
#include "text/elide.hh"
#include "text/numbers.hh"
#include "text/word_lists.hh"

namespace depeche::text {
namespace {

// Letters whose words are cut by the rules below; other scripts are ICU's.
bool is_latin(char32_t c) {
  return c < 0x250 || (c >= 0x300 && c < 0x370) || (c >= 0x1E00 && c < 0x1F00) || !is_letter(c);
}

bool is_short(std::size_t size) {
  return size > 0 && size <= 4;
}

}  // namespace

// ICU's word borders in a run of characters.
class Tokenizer::WordBorders {
 public:
  WordBorders() {
    UErrorCode error = U_ZERO_ERROR;
    iterator_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getFrench(), error));
    if (U_FAILURE(error)) iterator_.reset();
  }

  // Calls visit(begin, end) for each word of text[begin, end).
  template <class Visit>
  void for_each_word(const SourceText& text, std::uint32_t begin, std::uint32_t end, Visit visit) {
    if (!iterator_) return visit(begin, end);
    units_.remove();
    for (std::uint32_t i = begin; i < end; ++i) units_.append(static_cast<UChar32>(text[i].c));
    iterator_->setText(units_);
    std::uint32_t from = begin;
    int32_t unit = iterator_->first();
    for (int32_t next = iterator_->next(); next != icu::BreakIterator::DONE; next = iterator_->next()) {
      const auto to = from + static_cast<std::uint32_t>(units_.countChar32(unit, next - unit));
      if (iterator_->getRuleStatus() != UBRK_WORD_NONE) visit(from, to);
      from = to;
      unit = next;
    }
  }

 private:
  std::unique_ptr<icu::BreakIterator> iterator_;
  icu::UnicodeString units_;
};

// Reads one text from left to right. The rules look ahead only as far as they consume, or remember how far they saw.
class Tokenizer::Scanner {
 public:
  Scanner(const SourceText& text, std::vector<Word>& words, std::unique_ptr<WordBorders>& borders)
      : text_(text), words_(words), borders_(borders), size_(static_cast<std::uint32_t>(text.size())) {}

  void run() {
    while (at_ < size_) {
      const char32_t c = at(at_);
      if (begins(at_)) {
        scan_word();
      } else if (is_dot_net(at_)) {
        push(WordKind::kSignedName, at_ + 4);
      } else if (c >= '#' && is_sign(c)) {
        push(WordKind::kSign, at_ + 1);
      } else {
        pass(c);
      }
    }
  }

 private:
  char32_t at(std::uint32_t i) const { return i < size_ ? text_[i].c : 0; }
  bool word_char(std::uint32_t i) const { return i < size_ && is_word_char(text_[i].c); }
  // A word may begin here: not with a combining mark.
  bool begins(std::uint32_t i) const { return word_char(i) && !is_mark(text_[i].c); }
  bool letter(std::uint32_t i) const { return i < size_ && is_letter(text_[i].c); }

  std::string lower(std::uint32_t begin, std::uint32_t end) const {
    std::string out;
    for (std::uint32_t i = begin; i < end; ++i) append_utf8(out, to_lower(text_[i].c));
    return out;
  }

  static bool is_sign(char32_t c) {
    std::string sign;
    append_utf8(sign, c);
    return WordLists::builtin().symbols.contains(sign);
  }

  static bool is_currency(char32_t c) { return c == U'€' || c == '$' || c == U'£' || c == U'¥' || c == U'₿'; }

  void pass(char32_t c) {
    if (is_blank(c)) {
      ++blanks_;
    } else {
      other_gap_ = true;
      if (c == '.') point_gap_ = true;
    }
    ++at_;
  }

  void push(WordKind kind, std::uint32_t end) {
    Word word{at_, end, kind};
    word.blank_before = blanks_ == 1 && !other_gap_;
    word.break_before = point_gap_ && blanks_ == 0 && !words_.empty() && is_upper(at(at_));
    // A hyphen before an elision joins what stands right behind that, not a word after points or blanks.
    if (!words_.empty() && (blanks_ > 0 || other_gap_)) words_.back().link = 0;
    words_.push_back(word);
    at_ = end;
    blanks_ = 0;
    other_gap_ = point_gap_ = false;
  }

  // At a letter or digit that begins a word.
  void scan_word() {
    if (const auto length = elision_length(text_, at_); length > 0) {
      at_ += static_cast<std::uint32_t>(length);
      if (at(at_) == '\'') ++at_;
      return;
    }
    if (const auto scheme = scheme_length(); scheme > 0) {
      at_ += scheme;
      other_gap_ = true;
      return;
    }
    if (const auto acronym = acronym_end(at_); acronym > 0) {
      push(WordKind::kAcronym, acronym);
    } else if (const auto mail = mail_end(); mail > 0) {
      push(WordKind::kMail, mail);
    } else if (const auto host = host_end(); host > 0) {
      push(WordKind::kHost, host);
    } else if (is_digit(at(at_)) && scan_number()) {
      return;
    } else {
      scan_plain();
    }
    link();
  }

  // "https://" and "www." are no words.
  std::uint32_t scheme_length() const {
    std::uint32_t i = at_;
    while (i < size_ && i - at_ < 6 && is_ascii_letter(at(i))) ++i;
    if (at(i) == ':' && at(i + 1) == '/' && at(i + 2) == '/') return i + 3 - at_;
    return i - at_ == 3 && at(i) == '.' && word_char(i + 1) && lower(at_, i) == "www" ? 4 : 0;
  }

  // Single letters with points: I.A., U.S.A, P.-D.G. The end, last point included; 0 when there is none.
  std::uint32_t acronym_end(std::uint32_t i) const {
    std::uint32_t end = 0;
    for (int letters = 1; letter(i) && !word_char(i + 1); ++letters) {
      const bool point = at(i + 1) == '.';
      if (letters > 1) end = i + (point ? 2 : 1);
      if (!point) break;
      i += at(i + 2) == '-' && letter(i + 3) && at(i + 4) == '.' ? 3 : 2;
    }
    return end;
  }

  // Letters, digits, inner points and hyphens from `i` on.
  std::uint32_t host_characters_end(std::uint32_t i) const {
    while (word_char(i) || ((at(i) == '.' || at(i) == '-') && begins(i + 1))) ++i;
    return i;
  }

  std::uint32_t mail_end() {
    if (at_ < mail_seen_) return 0;
    std::uint32_t i = at_;
    while (word_char(i) || at(i) == '.' || at(i) == '_' || at(i) == '-' || at(i) == '+') ++i;
    mail_seen_ = i;
    if (at(i) != '@' || !begins(i + 1)) return 0;
    const std::uint32_t end = host_characters_end(i + 1);
    const auto has_point = std::any_of(text_.begin() + i, text_.begin() + end, [](auto& s) { return s.c == '.'; });
    return has_point ? end : 0;
  }

  std::uint32_t host_end() {
    if (at_ < host_seen_) return 0;
    const std::uint32_t end = host_seen_ = host_characters_end(at_);
    std::uint32_t point = end;
    while (point > at_ && at(point) != '.') --point;
    if (point == at_ || is_sentence_point(point)) return 0;
    return WordLists::builtin().domains.contains(lower(point + 1, end)) ? end : 0;
  }

  // "fonds.Le", "IA.Le": a point that someone forgot the blank behind.
  bool is_sentence_point(std::uint32_t point) const {
    return is_upper(at(point + 1)) && (is_lower(at(point - 1)) || is_lower(at(point + 2)));
  }

  bool is_dot_net(std::uint32_t i) const {
    if (at(i) != '.' || word_char(i + 4) || (i > 0 && word_char(i - 1))) return false;
    return i + 4 <= size_ && lower(i + 1, i + 4) == "net";
  }

  // Numbers with what is written at them; false when digits and letters are one word ("5G").
  bool scan_number() {
    std::string canonical;
    const auto end = static_cast<std::uint32_t>(read_number(text_, at_, canonical));
    std::uint32_t letters = end;
    while (letter(letters)) ++letters;
    const bool whole = letters == end && !word_char(end);
    const bool decimal =
        std::any_of(text_.begin() + at_, text_.begin() + end, [](auto& s) { return !is_digit(s.c); });
    const bool beside_currency = is_currency(at(letters)) || (at_ > 0 && is_currency(at(at_ - 1)));
    if (!whole && !decimal && !(beside_currency && is_magnitude(end, letters))) return false;
    push(WordKind::kNumber, end);
    if (whole) return link(), true;
    if (!word_char(letters) && is_magnitude(end, letters)) push(WordKind::kMagnitude, letters);
    return true;
  }

  bool is_magnitude(std::uint32_t begin, std::uint32_t end) const {
    return end > begin && end - begin <= 4 && WordLists::builtin().magnitudes.contains(lower(begin, end));
  }

  void scan_plain() {
    std::uint32_t end = at_;
    while (word_char(end) || (at(end) == '\'' && end > at_ && letter(end + 1))) ++end;
    if (std::any_of(text_.begin() + at_, text_.begin() + end, [](auto& s) { return !is_latin(s.c); })) {
      return push_by_icu(end);
    }
    if (const auto name = signed_name_end(end); name > end) return push(WordKind::kSignedName, name);
    if (is_currency(at(end)) && is_magnitude(at_, end)) return push(WordKind::kMagnitude, end);
    const std::uint32_t pointed = pointed_end(end);
    push(pointed > end ? WordKind::kPointed : WordKind::kPlain, pointed);
  }

  std::uint32_t pointed_end(std::uint32_t end) const {
    while (at(end) == '.' && begins(end + 1) && !is_sentence_point(end)) {
      ++end;
      while (word_char(end)) ++end;
    }
    return end;
  }

  // C++, C#, Canal+, R&D: the end of the name, or `end`.
  std::uint32_t signed_name_end(std::uint32_t end) const {
    const std::uint32_t size = end - at_;
    if (!letter(at_)) return end;
    if (at(end) == '+' && at(end + 1) == '+' && !word_char(end + 2)) return end + 2;
    if (at(end) == '+' && size > 1 && !word_char(end + 1)) return end + 1;
    if (at(end) == '#' && size == 1 && !word_char(end + 1)) return end + 1;
    if (at(end) != '&' || size > 3 || !letter(end + 1)) return end;
    std::uint32_t right = end + 1;
    while (right < size_ && right - end <= 4 && word_char(right)) ++right;
    return right - end - 1 <= 3 && !word_char(right) ? right : end;
  }

  void push_by_icu(std::uint32_t end) {
    if (!borders_) borders_ = std::make_unique<WordBorders>();
    borders_->for_each_word(text_, at_, end, [&](std::uint32_t from, std::uint32_t to) {
      at_ = from;
      while (at_ < to) {
        if (is_ideographic(at(at_))) {
          push(WordKind::kIdeograph, at_ + 1);
          continue;
        }
        std::uint32_t stop = at_ + 1;
        while (stop < to && !is_ideographic(at(stop))) ++stop;
        push(WordKind::kPlain, stop);
      }
    });
    at_ = end;
  }

  // Behind a word: does a hyphen, a slash or an underscore join it to the next one?
  void link() {
    const char32_t sign = at(at_);
    if (words_.empty() || !begins(at_ + 1)) return;
    if (sign == '-' || sign == '_' || (sign == '/' && is_short_pair())) {
      words_.back().link = static_cast<char>(sign);
      ++at_;
    }
  }

  // TCP/IP and I/O are names, OpenAI/Microsoft are two words.
  bool is_short_pair() const {
    std::uint32_t right = at_ + 1;
    while (right < size_ && right - at_ <= 5 && word_char(right)) ++right;
    return is_short(words_.back().end - words_.back().begin) && is_short(right - at_ - 1);
  }

  const SourceText& text_;
  std::vector<Word>& words_;
  std::unique_ptr<WordBorders>& borders_;
  std::uint32_t size_;
  std::uint32_t at_ = 0;
  std::uint32_t mail_seen_ = 0;  // no address begins before
  std::uint32_t host_seen_ = 0;
  std::uint32_t blanks_ = 0;  // since the last word
  bool other_gap_ = false;
  bool point_gap_ = false;
};

Tokenizer::Tokenizer() = default;
Tokenizer::~Tokenizer() = default;

void Tokenizer::run(const SourceText& text, std::vector<Word>& out) {
  out.clear();
  Scanner(text, out, borders_).run();
}

}  // namespace depeche::text
