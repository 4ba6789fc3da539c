// Finds a few forms in the token stream of an article without decoding the others: only where a byte stands that one of
// them begins with, a number is looked at.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "schema/part_layout.hh"
#include "schema/stream_code.hh"
#include "searcher/word_stream.hh"

namespace depeche::searcher {

class FormScan {
 public:
  void look_for(Form form) {
    constexpr Form kLast = schema::kLastByte;
    stops_[form < kLast ? form | kLast : form % kLast] = true;
  }

  // Calls `each(form, word, begin)` in order for every form of the title, or of the text, that is looked for, and for
  // some others. `word` counts the words up to this one, the title's first; `begin` is the byte where its number begins.
  template <class Each>
  void run(std::string_view coded, Each&& each) const {
    const std::size_t title_end = schema::find_title_end(coded);
    const std::uint32_t words = run(coded, 0, title_end, 0, each);
    run(coded, title_end + 1, coded.size(), words, each);
  }
  // Of the text alone, its words counted from 1. The ends of its sentences are told, too, as kSentenceEnd.
  template <class Each>
  void run_text(std::string_view coded, Each&& each) const {
    FormScan with_ends = *this;
    with_ends.look_for(schema::stream::kSentenceEnd);
    with_ends.run(coded, schema::find_title_end(coded) + 1, coded.size(), 0, each);
  }

 private:
  // Returns how many words there have been.
  template <class Each>
  std::uint32_t run(std::string_view coded, std::size_t from, std::size_t to, std::uint32_t words, Each&& each) const {
    constexpr unsigned char kSentenceEnd = schema::stream::kSentenceEnd | schema::kLastByte;  // ends no other number
    bool begins = true;
    for (std::size_t at = from; at < to; ++at) {
      const auto byte = static_cast<unsigned char>(coded[at]);
      if (stops_[byte] && begins) {
        std::size_t end = at;
        each(schema::get_stream_number(coded, end), words + 1, at);
      }
      begins = schema::ends_number(coded[at]);
      words += begins && byte != kSentenceEnd;
    }
    return words;
  }

  std::array<bool, 256> stops_{};  // by first byte
};

}  // namespace depeche::searcher
