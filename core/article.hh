// One article as it was read, before any analysis.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hh"

namespace depeche {

struct Article {
  std::string id;     // stable, unique in an index; 1 to 240 bytes
  std::string title;  // may be empty: then its first sentence stands in
  std::string text;   // paragraphs separated by a blank line
  std::string url;    // as given; may be anything, never to be trusted as a link
  std::string source;
  std::vector<std::string> authors;
  std::optional<Date> date;

  // Values that the input states for a facet field ("org", "topic", …), by its JSON name. A list that is here, even
  // an empty one, replaces extraction for that field. NFC, trimmed, each once.
  std::map<std::string, std::vector<std::string>, std::less<>> given;

  // Unknown keys of the input, kept as the members of a JSON object: `"abstract":"…","section":"…"`. May be empty.
  std::string extra;

  // False when no title was given: the title shown is made from the text and is no part of it twice.
  bool has_title() const { return !title.empty(); }
};

}  // namespace depeche
