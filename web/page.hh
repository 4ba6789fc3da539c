// What every page has in common: who asks, in which language, of which index; masthead, footer, and how values become
// a reply.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "output/request_url.hh"
#include "output/strings.hh"
#include "searcher/searcher.hh"
#include "web/message.hh"
#include "web/template.hh"

namespace depeche::web {

// One request on its way through a handler.
struct Visit {
  const Call& call;
  std::shared_ptr<searcher::Searcher> index;  // null where there is none; pages then say so
  output::Language language = output::Language::kFrench;
  output::SearchState state = {};  // what the URL says; links keep its language
  bool writing = false;            // the next revision of the index is being made
  std::optional<output::BadBounds> bad =
      {};  // typed into a form of the page that is answered, and to be mended there

  const output::Strings& t() const { return output::strings(language); }
};

// `lang=`, else what the browser prefers, else French.
output::Language choose_language(const Call& call);

// Puts the query as it was typed into the state, of which nothing else could be understood.
void keep_query(Visit& visit);

// With the hash of its content.
Url asset_url(std::string_view path);
// Masthead, footer and language links. `title` is the page's own, without the name of the site.
Object frame(const Visit& visit, std::string_view title);
// Renders the template of that name as a page. Answers of an index get an ETag.
Reply page(const Visit& visit, std::string_view name, const Object& values, int status = 200);

Reply error_page(const Visit& visit, int status, const Error& error);
// Without an index the page says how to make one; 503.
Reply index_error_page(const Visit& visit, const Error& error);
Reply redirect(std::string url);

}  // namespace depeche::web
