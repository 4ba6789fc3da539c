// What is read by programs: JSON, CSV, Atom, OpenSearch, health and metrics.
#pragma once

#include <string>

#include "web/metrics.hh"
#include "web/page.hh"

namespace depeche::web {

Reply search_json(Visit& visit);
Reply search_csv(Visit& visit);
Reply search_atom(Visit& visit);
Reply facet_json(Visit& visit, schema::FieldId field);
// prefix, limit, lang; `format=opensearch` in the form that browsers ask for.
Reply suggest_json(const Visit& visit);
Reply problem(int status, const Error& error);
Reply opensearch(const Visit& visit);
Reply health(const Visit& visit);
Reply metrics_text(const Visit& visit, const Metrics& metrics);

}  // namespace depeche::web
