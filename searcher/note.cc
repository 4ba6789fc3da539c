#include "searcher/note.hh"

#include <string_view>

namespace depeche::searcher {
namespace {

// "{}" is where Note::what stands.
struct Texts {
  std::string_view english, french;
};

Texts texts(NoteKind kind) {
  switch (kind) {
    case NoteKind::kUnknownField:
      return {"there is no field \"{}\"", "champ inconnu « {} »"};
    case NoteKind::kNothingAfterField:
      return {"nothing behind the name of a field", "rien derrière le nom du champ"};
    case NoteKind::kFieldOfParentheses:
      return {"a field takes a word or quotes, no parentheses",
              "un champ demande un mot ou des guillemets, sans parenthèses"};
    case NoteKind::kOpenQuote:
      return {"a quote is never closed", "guillemet sans fin"};
    case NoteKind::kOpenParenthesis:
      return {"a parenthesis is never closed", "parenthèse sans fin"};
    case NoteKind::kExtraParenthesis:
      return {"a closing parenthesis too many", "parenthèse fermante de trop"};
    case NoteKind::kLoneOperator:
      return {"{} needs a word on each side", "« {} » demande un mot de chaque côté"};
    case NoteKind::kNothingToExclude:
      return {"nothing to exclude", "rien à exclure"};
    case NoteKind::kNearOperands:
      return {"NEAR joins words and phrases only", "NEAR ne relie que des mots et des expressions"};
    case NoteKind::kNearDistance:
      return {"NEAR takes 1 to {} words", "NEAR va de 1 à {} mots"};
    case NoteKind::kTooDeep:
      return {"more than {} nested parentheses", "plus de {} parenthèses emboîtées"};
    case NoteKind::kLongPhrase:
      return {"more than {} words in quotes", "plus de {} mots entre guillemets"};
    case NoteKind::kShortPrefix:
      return {"* needs at least {} letters", "« * » demande au moins {} lettres"};
    case NoteKind::kManyPrefixes:
      return {"more than {} words with *", "plus de {} mots tronqués"};
    case NoteKind::kBadRange:
      return {"{} is no date, amount or range", "« {} » n’est pas une période ou un montant"};
    case NoteKind::kNoSuchValue:
      return {"no article has {}", "aucun article n’a {}"};
    case NoteKind::kNoWord:
      return {"there is no word in {}", "aucun mot dans {}"};
  }
  return {};
}

std::string filled(std::string_view text, const std::string& what) {
  std::string out(text);
  if (const auto at = out.find("{}"); at != out.npos) out.replace(at, 2, what);
  return out;
}

}  // namespace

std::string in_english(const Note& note) {
  return filled(texts(note.kind).english, note.what);
}
std::string in_french(const Note& note) {
  return filled(texts(note.kind).french, note.what);
}

}  // namespace depeche::searcher
