// Finds the sentences of a text while it is read, from punctuation, capitals and paragraphs.
#pragma once

#include <cstdint>
#include <vector>

#include "core/range.hh"

namespace depeche::text {

// How surely a mark ends a sentence: a weak one (the point of "Inc." or of "U.E.") only before an article or pronoun.
enum class SentenceEnd : std::uint8_t { kNone, kWeak, kStrong };

class SentenceTracker {
 public:
  explicit SentenceTracker(std::vector<ByteRange>& out) : out_(out) { out_.clear(); }

  // Something visible that is no token: punctuation, an elided article.
  void visible(std::uint32_t begin, std::uint32_t end);
  void terminator(std::uint32_t begin, std::uint32_t end, SentenceEnd strength);
  // A quote or bracket that closes: belongs to the sentence that just ended.
  void closer(std::uint32_t begin, std::uint32_t end);
  // Tells that a token follows; `begins_small` when it cannot begin a sentence. True when a sentence ended before it.
  bool token(ByteRange range, bool begins_small, bool stop_word);
  // Inside a chunk a sentence ends at `end`.
  void cut(std::uint32_t end);
  void paragraph();
  void finish() { paragraph(); }

  // Where the next sentence would begin: the first visible byte since the last mark.
  std::uint32_t unit_begin(std::uint32_t token_begin) const { return has_next_ ? next_begin_ : token_begin; }
  bool pending() const { return pending_ != SentenceEnd::kNone; }

 private:
  void open(std::uint32_t begin);
  void close(std::uint32_t end);

  std::vector<ByteRange>& out_;
  bool open_ = false;
  std::uint32_t begin_ = 0;
  std::uint32_t last_ = 0;  // end of what was seen last
  SentenceEnd pending_ = SentenceEnd::kNone;
  std::uint32_t pending_end_ = 0;
  bool has_next_ = false;
  std::uint32_t next_begin_ = 0;
};

}  // namespace depeche::text
