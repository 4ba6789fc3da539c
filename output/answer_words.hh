// What an answer's values say to a reader: why a hit has its score, what was not understood of a question, what a sum
// of money was.
#pragma once

#include <string>
#include <string_view>

#include "output/strings.hh"
#include "searcher/note.hh"
#include "searcher/request.hh"

namespace depeche::output {

// « openai », « une fois dans le titre, 6 fois dans le texte »; « mots proches », « mots tout près les uns des autres
// ».
struct ScoreText {
  std::string label, reason;
};
ScoreText score_text(const searcher::ScorePart& part, const Strings& t);

// A sentence: « Aucun article n’a la valeur « zzz » (organisation). »
std::string note_text(const searcher::Note& note, const Strings& t);

// "levee" → « levée »; a kind that is not ours comes back as it is.
std::string amount_kind_text(std::string_view kind, const Strings& t);

}  // namespace depeche::output
