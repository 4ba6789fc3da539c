#include "text/chunk.hh"

#include <algorithm>

#include "core/utf8.hh"
#include "text/analyzer.hh"
#include "text/chars.hh"
#include "text/numbers.hh"
#include "text/word_lists.hh"

namespace depeche::text {
namespace {

constexpr std::size_t kMaxJoinedParts = 8;
constexpr std::size_t kMaxLemmas = 48;

bool contains(const WordSet& words, std::string_view word) {
  return words.find(word) != words.end();
}

bool is_digits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string without(std::string_view s, char dropped) {
  std::string out(s);
  std::erase(out, dropped);
  return out;
}

bool is_plural(std::string_view folded) {
  return folded.size() > 3 && (folded.back() == 's' || folded.back() == 'x');
}

}  // namespace

std::size_t ChunkAnalyzer::analyze(std::string_view chunk, PiecePool& out) {
  const std::size_t invalid = normalise(chunk, text_);
  tokenizer_.run(text_, words_);
  for (std::size_t first = 0; first < words_.size();) {
    cut_clitics(first);
    const std::size_t last = compound_end(first);
    if (last == first) {
      add_word(words_[first], out);
    } else {
      add_compound(first, last, out);
    }
    first = last + 1;
  }
  return invalid;
}

// The last word of the compound that begins at `first`.
std::size_t ChunkAnalyzer::compound_end(std::size_t first) const {
  std::size_t last = first;
  while (words_[last].link != 0 && last + 1 < words_.size()) ++last;
  return last;
}

// "estime-t-il" is two words, "rendez-vous" is one: unlinks the pronoun of an inversion and removes its -t-.
void ChunkAnalyzer::cut_clitics(std::size_t first) {
  const std::size_t last = compound_end(first);
  if (last == first) return;
  const auto& lists = WordLists::builtin();
  std::string whole;
  std::string end;
  for (std::size_t i = first; i <= last && whole.size() < 64; ++i) {
    end.clear();
    for (std::uint32_t at = words_[i].begin; at < words_[i].end; ++at) append_utf8(end, to_lower(text_[at].c));
    if (i > first) whole.push_back('-');
    whole += end;
  }
  if (words_[last - 1].link != '-' || !contains(lists.clitics, end) || contains(lists.clitic_exceptions, whole)) {
    return;
  }
  words_[last - 1].link = 0;
  const bool linking_t = last > first + 1 && words_[last - 1].end - words_[last - 1].begin == 1 &&
                         to_lower(text_[words_[last - 1].begin].c) == 't';
  if (linking_t) {
    words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(last) - 1);
    words_[last - 2].link = 0;
  }
}

// Adds a piece with the terms at hand.
Piece& ChunkAnalyzer::push(std::uint32_t begin, std::uint32_t end, PiecePool& out) const {
  const auto exact = utf8_prefix(exact_, kMaxTermBytes);
  const std::size_t count = std::min(lemmas_.size(), kMaxLemmas);
  std::size_t size = exact.size();
  for (std::size_t i = 0; i < count; ++i) {
    const auto lemma = utf8_prefix(lemmas_[i], kMaxTermBytes);
    LemmaSpan span{0, static_cast<std::uint16_t>(lemma.size())};
    if (lemma != exact) {
      span.offset = static_cast<std::uint16_t>(size);
      size += lemma.size();
    }
    out.bytes.append(reinterpret_cast<const char*>(&span), sizeof span);
  }
  Piece piece;
  piece.text = static_cast<std::uint32_t>(out.bytes.size());
  out.bytes += exact;
  for (std::size_t i = 0; i < count; ++i) {
    if (const auto lemma = utf8_prefix(lemmas_[i], kMaxTermBytes); lemma != exact) out.bytes += lemma;
  }
  piece.begin = static_cast<std::uint16_t>(begin);
  piece.end = static_cast<std::uint16_t>(end);
  piece.bytes_size = static_cast<std::uint16_t>(size);
  piece.text_size = static_cast<std::uint8_t>(exact.size());
  piece.lemma_count = static_cast<std::uint8_t>(count);
  if (capitalised_) piece.flags |= kCapitalised;
  if (all_capitals_) piece.flags |= kAllCapitals;
  out.pieces.push_back(piece);
  return out.pieces.back();
}

// Fills lower_, bare_, exact_ and the marks of capitals.
void ChunkAnalyzer::spell(const Word& word) {
  lower_.clear();
  bare_.clear();
  exact_.clear();
  lemmas_.clear();
  std::size_t letters = 0;
  std::size_t capitals = 0;
  for (std::uint32_t i = word.begin; i < word.end; ++i) {
    const char32_t c = text_[i].c;
    letters += is_letter(c);
    capitals += is_upper(c);
    append_utf8(lower_, to_lower(c));
    const bool left_out = c == '\'' || (word.kind == WordKind::kAcronym && !is_letter(c));
    if (left_out) continue;
    append_utf8(bare_, to_lower(c));
    append_folded(exact_, c);
  }
  capitalised_ = is_upper(text_[word.begin].c);
  inner_capital_ = capitals > 0 && !capitalised_;
  all_capitals_ = letters > 1 && capitals == letters;
  plural_acronym_ = letters > 2 && capitals + 1 == letters && text_[word.end - 1].c == 's';
  if (exact_.empty()) exact_ = lower_;
}

void ChunkAnalyzer::add_word(const Word& word, PiecePool& out) {
  const auto& lists = WordLists::builtin();
  spell(word);
  switch (word.kind) {
    case WordKind::kPlain:
      add_plain_lemmas();
      break;
    case WordKind::kNumber:
      read_number(text_, word.begin, exact_);
      lemmas_.add(exact_);
      break;
    case WordKind::kPointed:
    case WordKind::kHost:
    case WordKind::kMail:
    case WordKind::kSignedName:
      add_pointed_lemmas(word);
      break;
    case WordKind::kSign:
      lemmas_.add(lists.symbols.at(lower_));
      break;
    case WordKind::kMagnitude:
      lemmas_.add(exact_);
      lemmas_.add(lists.magnitudes.at(lower_));
      break;
    case WordKind::kAcronym:
      lemmas_.add(exact_);
      add_lemmas({bare_, exact_, true, false}, lemmas_);  // as the same letters without points
      break;
    case WordKind::kIdeograph:
      lemmas_.add(exact_);
      break;
  }
  Piece& piece = push(text_[word.begin].begin, text_[word.end - 1].end, out);
  if (word.kind == WordKind::kPlain && contains(lists.stop_words, lower_)) piece.flags |= kStopWord;
  if (inner_capital_) piece.traits |= kInnerCapital;
  if (word.blank_before) piece.traits |= kBlankBefore;
  if (word.break_before) piece.traits |= kBreakBefore;
  if (word.kind == WordKind::kNumber) {
    if (is_group_head(exact_) && exact_ != "0") piece.traits |= kGroupHead;
    if (is_group_tail(exact_)) piece.traits |= kGroupTail;
  }
  const bool initial = word.kind == WordKind::kPlain && word.end - word.begin == 1 && capitalised_;
  if (initial || word.kind == WordKind::kAcronym || contains(lists.weak_abbreviations, lower_)) {
    piece.traits |= kWeakAbbreviation;
  }
  if (contains(lists.abbreviations, lower_)) piece.traits |= kAbbreviation;
}

void ChunkAnalyzer::add_plain_lemmas() {
  if (std::any_of(exact_.begin(), exact_.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    lemmas_.add(exact_);
  } else {
    add_lemmas({bare_, exact_, all_capitals_, plural_acronym_}, lemmas_);
  }
}

// The name itself first, then what else it is found by: "Node.js" by nodejs, "Amazon.fr" by amazon, an address by its
// host, "Disney+" by disney.
void ChunkAnalyzer::add_pointed_lemmas(const Word& word) {
  lemmas_.add(exact_);
  if (word.kind == WordKind::kMail) {
    lemmas_.add(std::string_view(exact_).substr(exact_.find('@') + 1));
  } else if (word.kind == WordKind::kSignedName) {
    const auto name = without(exact_, '+');
    if (exact_.ends_with('+') && name.size() > 2) lemmas_.add(name);
  } else {
    lemmas_.add(without(exact_, '.'));
    std::size_t begin = 0;
    for (std::size_t point = exact_.find('.'); point != std::string::npos; point = exact_.find('.', begin)) {
      const auto label = std::string_view(exact_).substr(begin, point - begin);
      if (label.size() > 2 && lemmas_.size() < kMaxLemmas) add_lemmas({label, label, false, false}, lemmas_);
      begin = point + 1;
    }
    const auto label = std::string_view(exact_).substr(begin);
    if (word.kind == WordKind::kPointed && label.size() > 2) add_lemmas({label, label, false, false}, lemmas_);
    const bool version = exact_.size() > 2 && exact_[0] == 'v' && exact_[1] >= '0' && exact_[1] <= '9';
    if (version) lemmas_.add(std::string_view(exact_).substr(1));
  }
}

// The parts at successive positions, and the joined form at the position of the first.
void ChunkAnalyzer::add_compound(std::size_t first, std::size_t last, PiecePool& out) {
  const auto add_part = [&](const Word& part) {
    add_word(part, out);
    out.pieces.back().traits &= static_cast<std::uint8_t>(~(kGroupHead | kGroupTail));
  };
  add_part(words_[first]);
  const bool first_capital = capitalised_;
  if (last - first < kMaxJoinedParts) {
    add_joined_lemmas(first, last);
    capitalised_ = first_capital;
    Piece& joined = push(text_[words_[first].begin].begin, text_[words_[last].end - 1].end, out);
    joined.flags |= kCompound;
    joined.advance = 0;
  }
  for (std::size_t i = first + 1; i <= last; ++i) add_part(words_[i]);
}

// Fills exact_ and lemmas_ with what the compound is in one word: "start-ups" → startups, startup.
void ChunkAnalyzer::add_joined_lemmas(std::size_t first, std::size_t last) {
  std::string lower;
  std::string exact;
  std::string lower_before;  // all parts but the last
  std::string exact_before;
  const char link = words_[first].link;
  bool numeric = true;
  bool capitals = true;
  bool plurals = true;
  for (std::size_t i = first; i <= last; ++i) {
    spell(words_[i]);
    if (words_[i].kind == WordKind::kNumber) read_number(text_, words_[i].begin, exact_);
    numeric = numeric && is_digits(exact_);
    capitals = capitals && all_capitals_;
    plurals = plurals && is_plural(exact_);
    lower_before = lower;
    exact_before = exact;
    if (i > first && link != '-') exact.push_back(link);
    lower += bare_;
    exact += exact_;
  }
  const std::string last_lower = bare_;
  const std::string last_exact = exact_;
  if (numeric && link == '-') exact.insert(exact_before.size(), 1, '-');
  exact_ = exact;
  all_capitals_ = capitals;
  lemmas_.clear();
  const std::string squeezed = without(without(exact, '/'), '_');
  if (numeric || link == '/') lemmas_.add(exact);
  if (numeric) return;
  add_lemmas({lower, squeezed, capitals, false}, lemmas_);
  if (link != '-') return;
  if (plurals && last == first + 1) {  // plates-formes
    const auto singular = lower_before.substr(0, lower_before.size() - 1) + last_lower;
    const auto folded = exact_before.substr(0, exact_before.size() - 1) + last_exact;
    add_lemmas({singular, folded, capitals, false}, lemmas_);
  }
  if (is_known_word(lower)) return;
  LemmaList ends;  // vidéo-surveillances → videosurveillance
  add_lemmas({last_lower, last_exact, capitals, false}, ends);
  for (std::size_t i = 0; i < ends.size(); ++i) lemmas_.add(exact_before, ends[i]);
}

}  // namespace depeche::text
