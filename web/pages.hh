// The pages, one function each: a request's state → the index → values → a template.
#pragma once

#include "web/page.hh"

namespace depeche::web {

Reply search_page(Visit& visit);  // results, overview or no result
Reply overview_page(Visit& visit);
Reply no_result_page(Visit& visit, const searcher::SearchResponse& response);
Reply article_page(Visit& visit, const std::string& id);
Reply entity_page(Visit& visit, schema::FieldId field, const std::string& label);
Reply facet_page(Visit& visit, schema::FieldId field);

// An error of the searcher as the page that fits it.
Reply failed(const Visit& visit, const Error& error);

}  // namespace depeche::web
