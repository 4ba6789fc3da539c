// A look at a page's tags before it is parsed: what the parser would have to build, and what it need not see.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/error.hh"

namespace depeche::ingest {

// The page without comments, style sheets and scripts (but JSON-LD), often less than half of it. An error for pages
// that would take unbounded time or memory: nested too deeply, with too many elements, or with too many formatting
// elements left open, each of which a parser has to repeat in every paragraph that follows (HTML § 13.2.4.3). Linear
// time.
Result<std::string> prescan_html(std::string_view html);

}  // namespace depeche::ingest
