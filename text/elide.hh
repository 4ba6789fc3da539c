// The elided article and its likes: l', d', qu', jusqu'… Cut off, they leave no token and take no position.
#pragma once

#include <cstddef>

#include "text/normalise.hh"

namespace depeche::text {

// How many characters at `at` are an elision, its apostrophe included; 0 when none. "aujourd'hui", "O'Reilly" and the
// listed exceptions ("N'Golo") have none.
std::size_t elision_length(const SourceText& text, std::size_t at);

}  // namespace depeche::text
