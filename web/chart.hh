// The timeline and the histogram of amounts as values for templates: paths of an inline SVG, ticks that are links.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output/request_url.hh"
#include "searcher/request.hh"
#include "web/page.hh"

namespace depeche::web {

// Buckets whose count stands out from the year before them: at least 5 articles, more than twice the mean
// of the (up to) 12 buckets before, more than three standard deviations above it, and a tenth of the tallest one.
// Indexes into `buckets`.
std::vector<std::size_t> bursts(const std::vector<searcher::DateBucket>& buckets);

// Nothing when there is no date at all.
std::optional<Object> timeline(const searcher::DateHistogram& dates, const Visit& visit,
                               const output::SearchState& state);
inline std::optional<Object> timeline(const searcher::DateHistogram& dates, const Visit& visit) {
  return timeline(dates, visit, visit.state);
}
std::optional<Object> amounts_chart(const searcher::AmountHistogram& amounts, const Visit& visit);

// A link for each value, year and slice repeats the state. Where that has grown long they are buttons of a form,
// which says it once.
bool has_short_url(const output::SearchState& state);
// The "url" of a template that has a link, or a button where there is none.
Value link_or_button(bool link, const output::SearchState& to, std::string_view path = "/");

// Hidden fields that carry the state without the ranges of `field`: a form of that field says them anew. They lead to
// the first page.
List hidden_fields(const output::SearchState& state, std::optional<schema::FieldId> without = std::nullopt);
// The same with the page it is.
List all_hidden_fields(const output::SearchState& state);

}  // namespace depeche::web
