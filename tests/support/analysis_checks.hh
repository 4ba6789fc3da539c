// What is true of every analysis, whatever the text.
#pragma once

#include <string>
#include <string_view>

#include "text/analyzer.hh"

namespace depeche::test {

// The first invariant that `analysis` of `text` breaks, in words; empty when all hold: ranges lie in the text and on
// code-point borders, increase and nest; positions increase; every token has terms, none too long; sentences are
// ordered and hold every token.
std::string broken_invariant(std::string_view text, const text::Analysis& analysis);

// All terms with their positions, one a line: for comparing two texts.
std::string terms_of(const text::Analysis& analysis);

}  // namespace depeche::test
