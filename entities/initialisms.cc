#include <algorithm>

#include "entities/folded_token.hh"
#include "entities/names.hh"

namespace depeche::entities {
namespace {

constexpr std::uint32_t kLongestName = 20;  // tokens

char first_letter(const Token& token) {
  const unsigned used = std::min<unsigned>(token.length, 4);
  return used == 0 ? '\0' : static_cast<char>(token.head >> (8 * (used - 1)) & 0xFF);
}

bool may_be_inside(const Token& token) {
  return !token.is(Token::kPunct) || token.punct == ',' || token.punct == '-' || token.punct == '\'';
}

// Whether the letters are the initials of words of the tokens, in order, the first of the first.
bool spells(const Document& document, TokenSpan tokens, std::string_view letters) {
  std::size_t next = 0;
  for (std::uint32_t at = tokens.first; at < tokens.last && next < letters.size(); ++at) {
    if (first_letter(document.tokens[at]) == letters[next]) ++next;
    if (next == 0) return false;
  }
  return next == letters.size();
}

// The name that the initialism in brackets at `open` stands for; empty when none before it does.
TokenSpan explained(const Document& document, std::uint32_t open, std::string_view letters) {
  const std::uint32_t first = document.sentences[document.sentence_of[open]].first;
  for (std::uint32_t at = open; at > first && open - at < kLongestName;) {
    const Token& token = document.tokens[--at];
    if (!may_be_inside(token)) break;
    if (token.is(Token::kUpper) && !token.is(Token::kElision) && spells(document, {at, open}, letters)) {
      return {at, open};
    }
  }
  return {open, open};
}

}  // namespace

void expand_initialisms(const NameContext& context, std::vector<NameSpan>& names) {
  constexpr unsigned kShortest = 3;
  constexpr unsigned kLongest = 8;
  const Document& document = context.document;
  std::vector<NameSpan> added;
  for (std::uint32_t open = 2; open + 2 < document.tokens.size(); ++open) {
    const Token& brief = document.tokens[open + 1];
    if (document.tokens[open].punct != '(' || document.tokens[open + 2].punct != ')') continue;
    if (!brief.is(Token::kUpper) || brief.is(Token::kDigit) || brief.length < kShortest || brief.length > kLongest)
      continue;
    if (document.sentence_of[open] != document.sentence_of[open + 2]) continue;
    const TokenSpan full = explained(document, open, FoldedToken(document, open + 1).view());
    if (full.last - full.first < 2) continue;
    const GazetteerEntry* entry = context.matcher.entry_of(key_of(document, full).value, EntityType::kOrg);
    added.push_back({full, EntityType::kOrg, entry, entry != nullptr ? "gazetteer" : "initialism", {}});
    const TokenSpan initials = {open + 1, open + 2};
    const GazetteerEntry* known = context.matcher.entry_of(brief.key.value, EntityType::kOrg);
    added.push_back({initials, EntityType::kOrg, known, known != nullptr ? "gazetteer" : "initialism", {}});
  }
  if (added.empty()) return;
  std::erase_if(names, [&](const NameSpan& name) {
    return std::any_of(added.begin(), added.end(), [&](const NameSpan& other) {
      return name.tokens.first < other.tokens.last && other.tokens.first < name.tokens.last;
    });
  });
  names.insert(names.end(), added.begin(), added.end());
  std::sort(names.begin(), names.end(),
            [](const NameSpan& a, const NameSpan& b) { return a.tokens.first < b.tokens.first; });
}

}  // namespace depeche::entities
