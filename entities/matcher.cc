#include "entities/matcher.hh"

namespace depeche::entities {
namespace {

bool may_follow(const Token& token) {
  return token.is(Token::kLetter) || token.is(Token::kDigit);
}

}  // namespace

bool Matcher::fits(const NameForm& form, const Document& document, TokenSpan tokens, bool any_case) const {
  const Token& first = document.tokens[tokens.first];
  const bool plus = document.text_of(tokens.last - 1).back() == '+';
  if (plus != form.is(NameForm::kPlus)) return false;
  if (any_case) return !form.is(NameForm::kAmbiguous) && !form.is(NameForm::kCapitals);
  if (form.is(NameForm::kCapitals)) {
    for (std::uint32_t at = tokens.first; at < tokens.last; ++at) {
      const Token& token = document.tokens[at];
      if (token.is(Token::kLetter) && !token.is(Token::kAllUpper) &&
          !(token.length == 1 && token.is(Token::kUpper))) {
        return false;
      }
    }
    return true;
  }
  return form.is(NameForm::kSmall) || first.is(Token::kUpper) || !first.is(Token::kLetter);
}

const NameForm* Matcher::fitting(std::uint64_t key, const Document& document, TokenSpan tokens, bool any_case) const {
  for (const NameForm* form = data_.first(key); form != nullptr; form = data_.next(*form)) {
    if (fits(*form, document, tokens, any_case)) return form;
  }
  return nullptr;
}

const NameForm* Matcher::singular(const Document& document, std::uint32_t at) const {
  const Token& token = document.tokens[at];
  const std::string_view text = document.text_of(at);
  if (text.size() < 4 || text.back() != 's' || !(token.is(Token::kUpper) || token.is(Token::kInnerUpper))) {
    return nullptr;
  }
  const std::uint64_t key = key_hash(text.substr(0, text.size() - 1)).value;
  for (const NameForm* form = data_.first(key); form != nullptr; form = data_.next(*form)) {
    if (entry(*form).type == EntityType::kProduct && !form->is(NameForm::kAmbiguous)) return form;
  }
  return nullptr;
}

void Matcher::find(const Document& document, bool any_case, std::vector<NameMatch>& found) const {
  for (const Sentence& sentence : document.sentences) {
    for (std::uint32_t at = sentence.first; at < sentence.last;) {
      const Token& token = document.tokens[at];
      const std::uint8_t* longest = may_follow(token) ? data_.longest_from.find(token.key.value) : nullptr;
      if (longest == nullptr) {
        if (const NameForm* form = singular(document, at)) found.push_back({{at, at + 1}, form});
        ++at;
        continue;
      }
      NameMatch best;
      KeyHash key;
      unsigned words = 0;
      for (std::uint32_t end = at; end < sentence.last && words < *longest; ++end) {
        const Token& next = document.tokens[end];
        if (may_follow(next)) {
          key = joined(key, next.key);
          ++words;
        } else if (next.punct != '\'' && next.punct != '!' && next.punct != '.' && next.punct != '/' &&
                   next.punct != '-') {
          break;
        } else {
          continue;
        }
        const NameForm* form = fitting(key.value, document, {at, end + 1}, any_case);
        if (form != nullptr) best = {{at, end + 1}, form};
      }
      if (best.form != nullptr) found.push_back(best);
      at = best.form != nullptr ? best.tokens.last : at + 1;
    }
  }
}

const GazetteerEntry* Matcher::entry_of(std::uint64_t key, EntityType type) const {
  for (const NameForm* form = data_.first(key); form != nullptr; form = data_.next(*form)) {
    if (entry(*form).type == type) return &entry(*form);
  }
  return nullptr;
}

const GazetteerEntry* Matcher::person_of_surname(std::uint64_t key) const {
  const std::uint32_t* person = data_.by_surname.find(key | 1);
  if (person == nullptr || *person == 0 || *person == GazetteerData::kSeveral) return nullptr;
  return &data_.entries[*person - 1];
}

const NameForm* Matcher::exact(const Document& document, TokenSpan tokens, bool any_case) const {
  KeyHash key;
  for (std::uint32_t at = tokens.first; at < tokens.last; ++at) key = joined(key, document.tokens[at].key);
  return key.empty() ? nullptr : fitting(key.value, document, tokens, any_case);
}

}  // namespace depeche::entities
