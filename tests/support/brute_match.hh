// The reference model of matching: a query against one text, without an index.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/analyzer.hh"
#include "text/query_words.hh"

namespace depeche::test {

// Does the token fit the slot: by a shared lemma, or inside quotes by its exact form?
bool slot_fits(const text::Analysis& analysis, const text::Token& token, const text::Slot& slot);

// Do the slots of one alternative stand at successive positions of the text? A slot fits a token by a shared lemma,
// or inside quotes by its exact form.
bool has_alternative(const text::Analysis& analysis, const text::Alternative& alternative);

// Does the text have an alternative of every group? Stop words count only when there is nothing else. A query without
// groups matches nothing.
bool brute_match(const text::Analysis& analysis, std::span<const text::QueryGroup> groups);

// The default search for `query` on one text: words and "quoted phrases"; a quote that is never closed is text.
bool matches_query(text::Analyzer& analyzer, std::string_view text, std::string_view query);

}  // namespace depeche::test
