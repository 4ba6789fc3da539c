// Finds the gazetteer's names in a document.
#pragma once

#include <vector>

#include "entities/amounts.hh"
#include "entities/gazetteer.hh"
#include "entities/gazetteer_data.hh"
#include "entities/tokens.hh"

namespace depeche::entities {

// A known name in the text. `form` is the first of the spelling's forms that fit how it is written; form->next leads
// to the same name with other meanings.
struct NameMatch {
  TokenSpan tokens;
  const NameForm* form = nullptr;
};

class Matcher {
 public:
  explicit Matcher(const Gazetteer& gazetteer) : data_(*gazetteer.data_) {}

  // Appends the longest matches from left to right, none overlapping. `any_case` takes names without their capitals,
  // for texts that have none.
  void find(const Document& document, bool any_case, std::vector<NameMatch>& found) const;

  // The match that is exactly tokens [first, last), however the names around it lie.
  const NameForm* exact(const Document& document, TokenSpan tokens, bool any_case) const;

  const GazetteerEntry& entry(const NameForm& form) const { return data_.entries[form.entry]; }
  const NameForm* next(const NameForm& form) const { return data_.next(form); }
  const NameForm* first(std::uint64_t key) const { return data_.first(key); }

  // The entry of that type among the forms of a key, however they are written; null when there is none.
  const GazetteerEntry* entry_of(std::uint64_t key, EntityType type) const;

  // Whether a person of the gazetteer has that first name.
  bool is_given_name(std::uint64_t key) const { return data_.given_names.find(key | 1) != nullptr; }

  // The only person of that surname in the gazetteer; null when there is none or more.
  const GazetteerEntry* person_of_surname(std::uint64_t key) const;

 private:
  // "iPhones" are the product iPhone; null for another word.
  const NameForm* singular(const Document& document, std::uint32_t at) const;
  bool fits(const NameForm& form, const Document& document, TokenSpan tokens, bool any_case) const;
  const NameForm* fitting(std::uint64_t key, const Document& document, TokenSpan tokens, bool any_case) const;

  const GazetteerData& data_;
};

}  // namespace depeche::entities
