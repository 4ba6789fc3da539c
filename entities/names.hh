// Names in a document: which tokens, of what type, under what label, decided by what.
#pragma once

#include <string>
#include <vector>

#include "core/annotations.hh"
#include "entities/lexicon.hh"
#include "entities/matcher.hh"
#include "entities/tagger.hh"
#include "entities/tokens.hh"

namespace depeche::entities {

struct NameSpan {
  TokenSpan tokens;
  EntityType type = EntityType::kOrg;
  const GazetteerEntry* entry = nullptr;  // null for a name that no list has
  const char* why = "";                   // Mention::why
  std::string label;                      // set by label_names()
};

// What the steps below work on; all of one document.
struct NameContext {
  const Document& document;
  const std::vector<WordClasses>& classes;
  const Matcher& matcher;
  const std::vector<NameMatch>& matches;
  bool any_case = false;  // a text without capitals
};

// Joins what the tagger found with what the gazetteer knows. The result is in order and does not overlap.
void merge_names(const NameContext& context, const std::vector<TaggedSpan>& tagged, std::vector<NameSpan>& names);

// "Autorité de régulation … (Arcep)": an organisation is all that its initialism in brackets spells.
void expand_initialisms(const NameContext& context, std::vector<NameSpan>& names);

// Makes a document agree with itself: one type for one spelling, and a name found once is found wherever it is
// written, a surname after its full name among them. Keeps the order.
void make_consistent(const NameContext& context, std::vector<NameSpan>& names);

// Gives every name its label, one for all its spellings in the document: a surname gets the full name that the
// document has, an initialism the name that it is explained by.
void label_names(const NameContext& context, std::vector<NameSpan>& names);

// The hash of a name's key form: alike for all its spellings.
KeyHash key_of(const Document& document, TokenSpan tokens);

}  // namespace depeche::entities
