// What a page says of its article in JSON-LD (schema.org).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace depeche::ingest {

// Strings as they are given, entities resolved; empty where nothing is.
struct StatedArticle {
  std::string headline;
  std::string published;
  std::string modified;
  std::vector<std::string> authors;
  std::string publisher;
  std::string url;
  std::string language;
  std::vector<std::string> sections;
  std::vector<std::string> keywords;
  std::string body;
  std::string description;
  bool paywalled = false;
};

// The article that one or more <script type="application/ld+json"> describe: of @graph, lists and mainEntity the
// object of an article type that says most; references by @id are followed. Raw line breaks, comments and trailing
// commas are forgiven. Nothing when there is none.
std::optional<StatedArticle> read_json_ld(const std::vector<std::string>& scripts);

// Resolves HTML character references ("&eacute;", "&#039;") and drops tags; texts of metadata are often escaped
// twice.
std::string plain_text(std::string_view text);

}  // namespace depeche::ingest
