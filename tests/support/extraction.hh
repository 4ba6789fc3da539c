// Extraction for tests: the built-in gazetteer is loaded once, and what is found is told as short strings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/annotations.hh"
#include "core/article.hh"

namespace depeche::testing {

Article article_of(std::string_view text, std::string_view title = {}, std::string_view date = {});
Annotations extract(const Article& article);
Annotations extract(std::string_view text);

// "org OpenAI", "place Paris": type and label of every mention, in order.
std::vector<std::string> names_in(std::string_view text);
// "6600000000 USD levee", "10000000 EUR low": value, currency, kind and end of a range of every amount.
std::vector<std::string> amounts_in(std::string_view text);
// "acquisition fact": type and polarity of every event.
std::vector<std::string> events_in(std::string_view text);

}  // namespace depeche::testing
