// The timeline and the histogram of amounts as values for templates: paths of an inline SVG, ticks that are links.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "output/request_url.hh"
#include "searcher/request.hh"
#include "web/template.hh"

namespace depeche::web {

// Buckets whose count stands out from the year before them: at least 5 articles, more than twice the mean
// of the (up to) 12 buckets before, and more than three standard deviations above it. Indexes into `buckets`.
std::vector<std::size_t> bursts(const std::vector<searcher::DateBucket>& buckets);

// Nothing when there is no date at all.
std::optional<Object> timeline(const searcher::DateHistogram& dates, const output::SearchState& state,
                               const output::Strings& t);
std::optional<Object> amounts_chart(const searcher::AmountHistogram& amounts, const output::SearchState& state,
                                    const output::Strings& t);

// Hidden fields that carry the state without the ranges of `field`: a form of that field says them anew.
List hidden_fields(const output::SearchState& state, std::optional<schema::FieldId> without = std::nullopt);

}  // namespace depeche::web
