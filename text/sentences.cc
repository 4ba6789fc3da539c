#include "text/sentences.hh"

namespace depeche::text {

void SentenceTracker::open(std::uint32_t begin) {
  if (pending() && !has_next_) {
    has_next_ = true;
    next_begin_ = begin;
  }
  if (open_) return;
  open_ = true;
  begin_ = begin;
}

void SentenceTracker::close(std::uint32_t end) {
  if (open_ && end > begin_) out_.push_back({begin_, end});
  open_ = false;
  pending_ = SentenceEnd::kNone;
  has_next_ = false;
}

void SentenceTracker::visible(std::uint32_t begin, std::uint32_t end) {
  open(begin);
  last_ = end;
}

void SentenceTracker::terminator(std::uint32_t begin, std::uint32_t end, SentenceEnd strength) {
  if (!open_) open(begin);
  last_ = end;
  if (strength == SentenceEnd::kNone) return;
  if (!pending() || strength == SentenceEnd::kStrong) pending_ = strength;
  if (!has_next_) pending_end_ = end;
}

void SentenceTracker::closer(std::uint32_t begin, std::uint32_t end) {
  if (!pending() || has_next_) return visible(begin, end);
  last_ = pending_end_ = end;
}

bool SentenceTracker::token(ByteRange range, bool begins_small, bool stop_word) {
  bool ended = false;
  if (pending()) {
    const std::uint32_t next = unit_begin(range.begin);
    ended = !begins_small && (pending_ == SentenceEnd::kStrong || stop_word);
    if (ended) {
      close(pending_end_);
      open(next);
    }
    pending_ = SentenceEnd::kNone;
    has_next_ = false;
  }
  open(range.begin);
  last_ = range.end;
  return ended;
}

void SentenceTracker::cut(std::uint32_t end) {
  close(end);
}

void SentenceTracker::paragraph() {
  close(last_);
}

}  // namespace depeche::text
