// Names in a document: which tokens, of what type, decided by what.
#pragma once

#include <string>
#include <vector>

#include "core/annotations.hh"
#include "entities/lexicon.hh"
#include "entities/matcher.hh"
#include "entities/tokens.hh"

namespace depeche::entities {

struct NameSpan {
  TokenSpan tokens;
  EntityType type = EntityType::kOrg;
  const GazetteerEntry* entry = nullptr;  // null for a name that no list has
  const char* why = "";                   // Mention::why
  std::string label;                      // set by label_names()
};

// Turns gazetteer matches into names where the context bears them out, and finds people by first names and titles.
// The result is in order and does not overlap.
void find_names(const Document& document, const std::vector<WordClasses>& classes, const Matcher& matcher,
                const std::vector<NameMatch>& matches, std::vector<NameSpan>& names);

// Gives every name its label, one for all its spellings in the document: a surname gets the full name that the
// document has, an unlisted name the form that it is written in most.
void label_names(const Document& document, const Matcher& matcher, std::vector<NameSpan>& names);

}  // namespace depeche::entities
