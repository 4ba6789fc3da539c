// The news agencies that an article credits: "(AFP)", "(avec AFP et Reuters)", "Orange avec AFP" as its source.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entities/tokens.hh"

namespace depeche::entities {

// Adds the agencies that the document's text credits to `agencies`, each once. An agency that is only talked about
// ("a appris l'AFP") is no credit.
void find_agencies(const Document& document, std::vector<std::string>& agencies);

// Adds those that a source or byline names: every agency in it counts.
void find_agencies_in_byline(std::string_view byline, std::vector<std::string>& agencies);

}  // namespace depeche::entities
