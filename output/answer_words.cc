#include "output/answer_words.hh"

namespace depeche::output {
namespace {

using searcher::Bonus;
using searcher::NoteKind;

std::string_view key_of(Bonus bonus) {
  switch (bonus) {
    case Bonus::kExact:
      return "why.exact";
    case Bonus::kCoverage:
      return "why.coverage";
    case Bonus::kLead:
      return "why.lead";
    case Bonus::kTogether:
      return "why.together";
  }
  return {};
}

std::string_view key_of(NoteKind kind) {
  switch (kind) {
    case NoteKind::kUnknownField:
      return "note.unknown_field";
    case NoteKind::kNothingAfterField:
      return "note.nothing_after_field";
    case NoteKind::kFieldOfParentheses:
      return "note.field_of_parentheses";
    case NoteKind::kOpenQuote:
      return "note.open_quote";
    case NoteKind::kOpenParenthesis:
      return "note.open_parenthesis";
    case NoteKind::kExtraParenthesis:
      return "note.extra_parenthesis";
    case NoteKind::kLoneOperator:
      return "note.lone_operator";
    case NoteKind::kNothingToExclude:
      return "note.nothing_to_exclude";
    case NoteKind::kNearOperands:
      return "note.near_operands";
    case NoteKind::kNearDistance:
      return "note.near_distance";
    case NoteKind::kTooDeep:
      return "note.too_deep";
    case NoteKind::kLongPhrase:
      return "note.long_phrase";
    case NoteKind::kShortPrefix:
      return "note.short_prefix";
    case NoteKind::kManyPrefixes:
      return "note.many_prefixes";
    case NoteKind::kBadRange:
      return "note.bad_range";
    case NoteKind::kNoSuchValue:
      return "note.no_such_value";
    case NoteKind::kNoWord:
      return "note.no_word";
  }
  return {};
}

}  // namespace

ScoreText score_text(const searcher::ScorePart& part, const Strings& t) {
  if (part.bonus) {
    const std::string key(key_of(*part.bonus));
    return {t[key], t[key + "_reason"]};
  }
  std::string places;
  if (part.in_title > 0) places = t.count("why.in_title", part.in_title);
  if (part.in_text > 0) places += (places.empty() ? "" : ", ") + t.count("why.in_text", part.in_text);
  return {part.label, places.empty() ? t["why.elsewhere"] : places};
}

std::string note_text(const searcher::Note& note, const Strings& t) {
  const std::string& what = note.what;
  const auto equals = what.find('=');
  const std::string type = "type." + what.substr(0, equals);
  if (equals != what.npos && t.has(type)) {  // "org=inconnu"
    return t.fill(key_of(note.kind), {{"what", what.substr(equals + 1)}, {"field", t[type]}});
  }
  return t.fill(key_of(note.kind), {{"what", what}, {"field", ""}});
}

std::string amount_kind_text(std::string_view kind, const Strings& t) {
  const std::string key = "kind." + std::string(kind);
  return t.has(key) ? t[key] : std::string(kind);
}

}  // namespace depeche::output
