#include "text/analyzer.hh"

#include <array>

#include "text/byte_class.hh"
#include "text/chunk.hh"
#include "text/chunk_scanner.hh"
#include "text/numbers.hh"
#include "text/piece_cache.hh"
#include "text/sentences.hh"
#include "text/short_bytes.hh"

namespace depeche::text {
namespace {

constexpr std::size_t kShortLine = 60;  // bytes; a shorter line without a final point is a paragraph of its own

std::uint32_t u32(std::size_t value) {
  return static_cast<std::uint32_t>(value);
}

bool is_small_letter(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return byte >= 'a' && byte <= 'z';
  const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
  return (byte == 0xC3 && next >= 0xA0) || (byte == 0xC5 && next == 0x93);
}

}  // namespace

// Reads a text once, chunk by chunk. Tokens and their terms come from the cache; positions, sentences, paragraphs and
// numbers in groups are decided here.
class AnalyzerImpl {
 public:
  void analyze(std::string_view text, Analysis& out);

 private:
  class Reader;
  ChunkAnalyzer chunks_;
  PieceCache cache_;
};

// The chunks of a text, some ahead of the reader, so that the cache can fetch their entries in the meantime.
class Lookahead {
 public:
  Lookahead(std::string_view text, const PieceCache& cache) : text_(text), cache_(cache) {
    for (std::size_t i = 0; i < kDistance; ++i) scan();
  }

  struct Item {
    Chunk chunk;
    std::uint32_t hash = 0;
  };

  Item next() {
    const Item item = items_[scanned_ % kDistance];
    scan();
    cache_.prefetch_entry(items_[(scanned_ + kDistance / 2) % kDistance].hash);
    return item;
  }

 private:
  static constexpr std::size_t kDistance = 8;

  void scan() {
    Item& item = items_[scanned_++ % kDistance];
    item.chunk = next_chunk(text_, at_);
    at_ = item.chunk.end;
    item.hash = PieceCache::hash(text_.substr(item.chunk.begin, at_ - item.chunk.begin));
    cache_.prefetch_slot(item.hash);
  }

  std::string_view text_;
  const PieceCache& cache_;
  std::array<Item, kDistance> items_;
  std::size_t scanned_ = 0;
  std::size_t at_ = 0;
};

class AnalyzerImpl::Reader {
 public:
  Reader(AnalyzerImpl& impl, std::string_view text, Analysis& out)
      : impl_(impl), text_(text), out_(out), sentences_(out.sentences_) {}

  void run() {
    Lookahead chunks(text_, impl_.cache_);
    while (true) {
      const auto [chunk, hash] = chunks.next();
      pass_gap(chunk.begin);
      if (chunk.begin == text_.size()) break;
      read_chunk(chunk, hash);
    }
    sentences_.finish();
  }

 private:
  void pass_gap(std::size_t end);
  void pass_blank(SeenChar seen);
  void pass_point(SeenChar seen);
  void end_line();
  void read_chunk(const Chunk& chunk, std::uint32_t hash);
  void add(const Piece& piece, const PiecePool& pool, std::size_t chunk_begin);
  bool join_group(const Piece& piece, const PiecePool& pool, ByteRange range);
  SentenceEnd strength_of_point() const;

  AnalyzerImpl& impl_;
  std::string_view text_;
  Analysis& out_;
  SentenceTracker sentences_;
  std::size_t at_ = 0;
  std::uint32_t position_ = 0;

  // Since the last token.
  std::uint32_t blanks_ = 0;
  bool points_ = false;
  std::uint32_t newlines_ = 0;
  bool paragraph_mark_ = false;

  std::size_t line_begin_ = 0;
  std::size_t last_visible_ = 0;  // end of it
  bool new_paragraph_ = true;     // the next token begins one
  bool quote_open_ = false;       // of the straight kind, in this paragraph
  std::uint8_t last_traits_ = 0;  // of the last token
  bool group_open_ = false;       // the last token may head a number in groups
};

void AnalyzerImpl::analyze(std::string_view text, Analysis& out) {
  out.arena_.clear();
  out.tokens_.clear();
  out.lemmas_.clear();
  out.invalid_bytes_ = 0;
  Reader(*this, text.substr(0, UINT32_MAX), out).run();
}

// Reads the blanks and points up to the next chunk.
void AnalyzerImpl::Reader::pass_gap(std::size_t end) {
  while (at_ < end) {
    const SeenChar seen = see(text_, at_);
    if (seen.kind == ByteClass::kBlank) {
      pass_blank(seen);
      continue;
    }
    if (newlines_ > 0 || paragraph_mark_) end_line();
    pass_point(seen);
  }
  if (end < text_.size() && (newlines_ > 0 || paragraph_mark_)) end_line();
}

void AnalyzerImpl::Reader::pass_blank(SeenChar seen) {
  const char last = text_[at_ + seen.size - 1];
  const bool separator = seen.size == 3 && text_[at_] == '\xE2' && text_[at_ + 1] == '\x80';
  if (separator && last == '\xA9') paragraph_mark_ = true;
  const bool line_end = seen.size == 1 ? last == '\n' || last == '\f' || last == '\v'
                                       : (separator && last == '\xA8') || (text_[at_] == '\xC2' && last == '\x85');
  newlines_ += line_end;
  ++blanks_;
  at_ += seen.size;
}

// A character that parts chunks.
void AnalyzerImpl::Reader::pass_point(SeenChar seen) {
  const auto begin = u32(at_);
  const auto end = u32(at_ + seen.size);
  const std::string_view point = text_.substr(at_, seen.size);
  if (point == ".") {
    sentences_.terminator(begin, end, strength_of_point());
  } else if (point == "!" || point == "?" || point == "…") {
    sentences_.terminator(begin, end, SentenceEnd::kStrong);
  } else if (point == "\"") {
    quote_open_ = !quote_open_;
    quote_open_ ? sentences_.visible(begin, end) : sentences_.closer(begin, end);
  } else if (point == "»" || point == "”" || point == ")" || point == "]" || point == "›") {
    sentences_.closer(begin, end);
  } else {
    sentences_.visible(begin, end);
  }
  points_ = true;
  last_visible_ = at_ = end;
}

SentenceEnd AnalyzerImpl::Reader::strength_of_point() const {
  const bool at_word = !out_.tokens_.empty() && out_.tokens_.back().range.end == at_;
  if (!at_word) return SentenceEnd::kStrong;
  if ((last_traits_ & kAbbreviation) != 0) return SentenceEnd::kNone;
  return (last_traits_ & kWeakAbbreviation) != 0 ? SentenceEnd::kWeak : SentenceEnd::kStrong;
}

// At the first visible character of a line.
void AnalyzerImpl::Reader::end_line() {
  const bool heading =
      !sentences_.pending() && !points_ && last_visible_ - line_begin_ < kShortLine && !is_small_letter(text_, at_);
  if (newlines_ > 1 || paragraph_mark_ || heading) {
    sentences_.paragraph();
    new_paragraph_ = true;
    quote_open_ = false;
  }
  newlines_ = 0;
  paragraph_mark_ = false;
  line_begin_ = at_;
}

void AnalyzerImpl::Reader::read_chunk(const Chunk& chunk, std::uint32_t hash) {
  const std::size_t begin = chunk.begin;
  at_ = last_visible_ = chunk.end;
  if (chunk.elision) {
    sentences_.visible(u32(begin), u32(chunk.end));
    return;
  }
  const auto found = impl_.cache_.find(text_.substr(begin, chunk.end - begin), hash, impl_.chunks_);
  out_.invalid_bytes_ += found.invalid;
  if (found.pieces.empty() || found.pieces.front().begin > 0) sentences_.visible(u32(begin), u32(chunk.end));
  for (const Piece& piece : found.pieces) add(piece, *found.pool, begin);
  if (found.pieces.empty()) {
    points_ = true;
    return;
  }
  sentences_.visible(u32(chunk.end), u32(chunk.end));
  if (text_[chunk.end - 1] == '.' && (last_traits_ & kWeakAbbreviation) != 0) {
    sentences_.terminator(u32(chunk.end - 1), u32(chunk.end), SentenceEnd::kWeak);
  }
}

void AnalyzerImpl::Reader::add(const Piece& piece, const PiecePool& pool, std::size_t chunk_begin) {
  Token token;
  token.range = {u32(chunk_begin) + piece.begin, u32(chunk_begin) + piece.end};
  token.flags = piece.flags;
  if (join_group(piece, pool, token.range)) return;
  if ((piece.traits & kBreakBefore) != 0) {
    sentences_.cut(token.range.begin);
    token.flags |= kSentenceStart;
  }
  const bool small =
      (piece.traits & kInnerCapital) == 0 && is_small_letter(text_, sentences_.unit_begin(token.range.begin));
  if (piece.advance > 0 && sentences_.token(token.range, small, (piece.flags & kStopWord) != 0)) {
    token.flags |= kSentenceStart;
  }
  if (new_paragraph_) token.flags |= kSentenceStart | kParagraphStart;
  const bool gap = (token.flags & kSentenceStart) != 0 && position_ > 0;
  position_ += gap ? kSentenceGap : piece.advance;
  new_paragraph_ = false;
  token.position = position_;

  const auto base = u32(out_.arena_.size());
  out_.arena_.resize(base + piece.bytes_size);
  copy_bytes(out_.arena_.data() + base, pool.bytes.data() + piece.text, piece.bytes_size);
  token.exact_begin = base;
  token.exact_end = base + piece.text_size;
  token.lemma_begin = u32(out_.lemmas_.size());
  for (std::size_t i = 0; i < piece.lemma_count; ++i) {
    const LemmaSpan lemma = pool.lemma(piece, i);
    out_.lemmas_.emplace_back(base + lemma.offset, base + lemma.offset + lemma.size);
  }
  token.lemma_end = u32(out_.lemmas_.size());
  out_.tokens_.push_back(token);
  last_traits_ = piece.traits;
  group_open_ = (piece.traits & kGroupHead) != 0;
  blanks_ = 0;
  points_ = false;
}

// "1 000", "1 234,5": appends a group of three digits to the number before it. One token, one position, one range.
bool AnalyzerImpl::Reader::join_group(const Piece& piece, const PiecePool& pool, ByteRange range) {
  const bool near = (blanks_ == 1 && !points_ && piece.begin == 0) || (piece.traits & kBlankBefore) != 0;
  if (!group_open_ || !near || (piece.traits & kGroupTail) == 0 || new_paragraph_) return false;
  Token& head = out_.tokens_.back();
  const std::size_t size = head.exact_end - head.exact_begin + piece.text_size;
  if (size > kMaxTermBytes) return false;
  const auto begin = u32(out_.arena_.size());
  out_.arena_.append(out_.arena_, head.exact_begin, head.exact_end - head.exact_begin);
  out_.arena_.append(pool.bytes, piece.text, piece.text_size);
  head.exact_begin = begin;
  head.exact_end = begin + u32(size);
  out_.lemmas_.resize(head.lemma_begin);
  out_.lemmas_.emplace_back(head.exact_begin, head.exact_end);
  head.lemma_end = u32(out_.lemmas_.size());
  head.range.end = range.end;
  group_open_ = (piece.traits & kGroupHead) != 0;
  sentences_.token(range, true, false);
  last_traits_ = 0;
  blanks_ = 0;
  points_ = false;
  return true;
}

Analyzer::Analyzer() : impl_(std::make_unique<AnalyzerImpl>()) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

void Analyzer::analyze(std::string_view text, Analysis& out) {
  impl_->analyze(text, out);
}

}  // namespace depeche::text
