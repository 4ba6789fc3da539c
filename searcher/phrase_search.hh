// Finds a phrase in the coded bytes of the token stream without decoding them (schema/stream_code.hh).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "searcher/positions.hh"

namespace depeche::searcher {

// One slot, the one that is met least often, is searched as a string of bytes; only where it stands are the numbers
// around it decoded and compared. Immutable.
class PhraseSearch {
 public:
  // REQUIRES: `slots` outlives this, is not empty, and each slot has a form.
  explicit PhraseSearch(const SlotForms& slots);

  // Whether the slots stand at successive places of one sentence. `coded` is the stream of one document.
  bool is_in(std::string_view coded) const;

 private:
  bool stands_around(std::string_view coded, std::size_t begin, std::size_t end) const;

  const SlotForms& slots_;
  std::size_t anchor_ = 0;
  std::vector<std::string> codes_;  // of the anchor's forms
};

}  // namespace depeche::searcher
