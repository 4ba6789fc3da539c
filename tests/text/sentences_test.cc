#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/analyzer.hh"

namespace depeche::text {
namespace {

struct SentenceCase {
  const char* name;
  std::string text;
  std::vector<std::string> sentences;
};

void PrintTo(const SentenceCase& row, std::ostream* out) {
  *out << row.name;
}

const SentenceCase kCases[] = {
    {"points", "Il part. Elle reste ! Pourquoi ? Rien…", {"Il part.", "Elle reste !", "Pourquoi ?", "Rien…"}},
    {"titles", "M. Musk et Mme. Dupont parlent. Fin.", {"M. Musk et Mme. Dupont parlent.", "Fin."}},
    {"initials", "Le livre de J. K. Rowling sort.", {"Le livre de J. K. Rowling sort."}},
    {"acronyms", "L'U.E. enquête sur l'I.A. générative.", {"L'U.E. enquête sur l'I.A. générative."}},
    {"acronym_at_the_end", "La société Orange S.A. Elle recrute.", {"La société Orange S.A.", "Elle recrute."}},
    {"decimals", "Le titre perd 3.5 points.", {"Le titre perd 3.5 points."}},
    {"small_letter", "Yahoo! a fermé. Fin", {"Yahoo! a fermé.", "Fin"}},
    {"names_in_small_letters", "Apple attend. iPhone ou rien.", {"Apple attend.", "iPhone ou rien."}},
    {"guillemets", "« C'est fini. » Il part.", {"« C'est fini. »", "Il part."}},
    {"quotes", "\" C'est fini. \" Il part.", {"\" C'est fini. \"", "Il part."}},
    {"opening_guillemet", "Il part. « Enfin ! »", {"Il part.", "« Enfin ! »"}},
    {"elision", "Il part. L'entreprise ferme.", {"Il part.", "L'entreprise ferme."}},
    {"joined", "Le groupe recrute.Il embauche.", {"Le groupe recrute.", "Il embauche."}},
    {"paragraphs", "Un titre\n\nUn texte sans point\n\n\nLa fin.", {"Un titre", "Un texte sans point", "La fin."}},
    {"heading", "La riposte\nApple a déposé plainte.", {"La riposte", "Apple a déposé plainte."}},
    {"wrapped_lines",
     "Le groupe, qui emploie des milliers de personnes dans le monde,\na ferme ses portes.",
     {"Le groupe, qui emploie des milliers de personnes dans le monde,\na ferme ses portes."}},
    {"etc", "Apple, Meta, etc. Le reste suit.", {"Apple, Meta, etc.", "Le reste suit."}},
    {"blank", "  Il part.  ", {"Il part."}},
    {"empty", " ", {}},
};

class Sentences : public testing::TestWithParam<SentenceCase> {};

TEST_P(Sentences, AreAsAReaderSeesThem) {
  Analyzer analyzer;
  Analysis analysis;
  analyzer.analyze(GetParam().text, analysis);
  std::vector<std::string> sentences;
  for (const ByteRange range : analysis.sentences()) sentences.emplace_back(range.of(GetParam().text));
  EXPECT_THAT(sentences, testing::ElementsAreArray(GetParam().sentences));
}

INSTANTIATE_TEST_SUITE_P(Table, Sentences, testing::ValuesIn(kCases), [](auto& row) { return row.param.name; });

}  // namespace
}  // namespace depeche::text
