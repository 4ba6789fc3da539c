// Articles out of web pages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/article.hh"
#include "core/error.hh"

namespace depeche::ingest {

// What is known of a page besides its bytes.
struct PageContext {
  std::string_view url;         // where it was fetched; may be empty
  std::string_view encoding;    // from the HTTP header; may be empty
  std::optional<Date> fetched;  // when; the date of last resort
};

// Reads one page. An error when it cannot be parsed in bounded time and memory or has no article.
// The id of the result is empty: its URL or the caller decides. Thread-safe.
Result<Article> read_page(std::string_view bytes, const PageContext& context);

// The text of a piece of HTML that is known to be an article's body (a feed's content:encoded, the "html" of JSONL):
// paragraphs separated by a blank line, without captions, pointers to other articles, and the title where it is
// repeated. An error when it cannot be parsed in bounded time and memory.
Result<std::string> fragment_text(std::string_view html, std::string_view title);

}  // namespace depeche::ingest
