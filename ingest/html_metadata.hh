// Title, date, author and the like of a page, from JSON-LD, OpenGraph and other <meta>, microdata, and what is
// printed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hh"
#include "ingest/html_tree.hh"
#include "ingest/json_ld.hh"

namespace depeche::ingest {

struct PageMetadata {
  std::string title;
  std::string url;  // canonical, absolute; may be empty
  std::string publisher;
  std::string language;
  std::optional<Date> published;
  std::optional<Date> modified;
  std::vector<std::string> authors;
  std::vector<std::string> topics;
  std::vector<std::string> keywords;
  std::string description;
  std::string body;  // as JSON-LD states it; may hold tags
  bool paywalled = false;
};

// `page_url` is where the page was fetched, for relative addresses; `fetched` bounds what dates can be believed. Both
// optional.
PageMetadata read_metadata(const HtmlTree& tree, std::string_view page_url, const std::optional<Date>& fetched);

}  // namespace depeche::ingest
