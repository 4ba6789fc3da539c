// Where a walk through all matches stands: behind one article in the order by date. Unlike a page number it has no
// greatest depth, costs the same everywhere, and stays right while articles are added or removed elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/date.hh"

namespace depeche::searcher {

// As text "2024-10-02/ID", without a date "-/ID".
struct Cursor {
  Day day = 0;  // kNoDay without a date
  std::string id;

  std::string to_text() const;
  static std::optional<Cursor> parse(std::string_view text);
};

}  // namespace depeche::searcher
