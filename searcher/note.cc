#include "searcher/note.hh"

#include <string_view>

namespace depeche::searcher {
namespace {

// "{}" is where Note::what stands.
std::string_view text_of(NoteKind kind) {
  switch (kind) {
    case NoteKind::kUnknownField:
      return "there is no field \"{}\"";
    case NoteKind::kNothingAfterField:
      return "nothing behind the name of a field";
    case NoteKind::kFieldOfParentheses:
      return "a field takes a word or quotes, no parentheses";
    case NoteKind::kOpenQuote:
      return "a quote is never closed";
    case NoteKind::kOpenParenthesis:
      return "a parenthesis is never closed";
    case NoteKind::kExtraParenthesis:
      return "a closing parenthesis too many";
    case NoteKind::kLoneOperator:
      return "{} needs a word on each side";
    case NoteKind::kNothingToExclude:
      return "nothing to exclude";
    case NoteKind::kNearOperands:
      return "NEAR joins words and phrases only";
    case NoteKind::kNearDistance:
      return "NEAR takes 1 to {} words";
    case NoteKind::kTooDeep:
      return "more than {} nested parentheses";
    case NoteKind::kLongPhrase:
      return "more than {} words in quotes";
    case NoteKind::kShortPrefix:
      return "* needs at least {} letters";
    case NoteKind::kManyPrefixes:
      return "more than {} words with *";
    case NoteKind::kBadRange:
      return "{} is no date, amount or range";
    case NoteKind::kNoSuchValue:
      return "no article has {}";
    case NoteKind::kNoWord:
      return "there is no word in {}";
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
  return filled(text_of(note.kind), note.what);
}

}  // namespace depeche::searcher
