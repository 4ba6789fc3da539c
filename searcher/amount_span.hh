// Sums of money as a reader asks for them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace depeche::searcher {

struct AmountSpan {
  double low = 0, high = 0;  // inclusive; high may be infinite
  std::string currency;      // empty: euros, by the rate of the article's year
};

// Reads "10M..100M", ">1Md", "..500k", "50M USD", "1,5 Md€"; nothing for anything else. A span whose low end is above
// its high one is returned as it is, for the caller to refuse.
std::optional<AmountSpan> parse_amount_span(std::string_view text);

}  // namespace depeche::searcher
