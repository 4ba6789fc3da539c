// The hits of an answer as an Atom 1.0 feed (RFC 4287).
#pragma once

#include <string>

#include "output/request_url.hh"
#include "searcher/request.hh"

namespace depeche::output {

// `base` is what URLs of ours begin with, without a slash at the end: "http://127.0.0.1:8080"; `now` an RFC 3339 time
// that stands in where no hit has a date.
std::string search_atom(const SearchState& state, const searcher::SearchResponse& response, const std::string& base,
                        const std::string& now);
// The time of the clock, in seconds and UTC: "2024-10-02T16:45:00Z".
std::string rfc3339_now();

}  // namespace depeche::output
