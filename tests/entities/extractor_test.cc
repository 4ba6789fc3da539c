#include "entities/extractor.hh"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <sstream>

#include "core/utf8.hh"
#include "entities/gazetteer.hh"
#include "tests/support/extraction.hh"

namespace depeche::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

TEST(Extractor, FindsNamesOfAllTypes) {
  EXPECT_THAT(
      names_in("À Paris, la secrétaire d'État Clara Chappaz reçoit le patron d'OpenAI Sam Altman, père de ChatGPT."),
      ElementsAre("place Paris", "person Clara Chappaz", "org OpenAI", "person Sam Altman", "product ChatGPT"));
}

TEST(Extractor, FindsNamesThatNoListHas) {
  EXPECT_THAT(names_in("La société Zorglub Énergie, fondée par Marguerite Vautrinel, a embauché douze ingénieurs."),
              ElementsAre("org Zorglub Énergie", "person Marguerite Vautrinel"));
}

TEST(Extractor, KeepsTitlesAndElisionsOutside) {
  const std::string text = "Selon M. Altman, l'arrivée d'OpenAI réjouit le ministre Bruno Le Maire.";
  std::vector<std::string> surfaces;
  for (const Mention& mention : extract(text).mentions) surfaces.emplace_back(mention.range.of(text));
  EXPECT_THAT(surfaces, ElementsAre("Altman", "OpenAI", "Bruno Le Maire"));
}

TEST(Extractor, LabelsASurnameByTheFullName) {
  EXPECT_THAT(names_in("Marguerite Vautrinel dirige la maison. Hier, Vautrinel a parlé longuement."),
              ElementsAre("person Marguerite Vautrinel", "person Marguerite Vautrinel"));
}

TEST(Extractor, LabelsAnInitialismByWhatItStandsFor) {
  const auto names = names_in("L'Office régional du numérique breton (ORNB) a tranché. L'ORNB publiera son avis.");
  ASSERT_FALSE(names.empty());
  EXPECT_EQ(names.front(), names.back());
  EXPECT_THAT(names_in("Le Conseil vendéen des réseaux ouverts et solidaires (CVROS) proteste."),
              ElementsAre("org Conseil vendéen des réseaux ouverts et solidaires",
                          "org Conseil vendéen des réseaux ouverts et solidaires"));
}

struct SpellingCase {
  const char* text;
  const char* name;
};

class Spellings : public ::testing::TestWithParam<SpellingCase> {};

// The label is that of the name, not that of the spelling, so the order of articles cannot change it.
TEST_P(Spellings, HaveOneLabel) {
  EXPECT_THAT(names_in(GetParam().text), Contains(GetParam().name)) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Labels, Spellings,
                         ::testing::ValuesIn(std::vector<SpellingCase>{{"Hier, OpenAI a parlé.", "org OpenAI"},
                                                                       {"Hier, OPENAI a parlé.", "org OpenAI"},
                                                                       {"Hier, Open AI a parlé.", "org OpenAI"},
                                                                       {"Il vit aux Etats-Unis.", "place États-Unis"},
                                                                       {"Il vit aux États Unis.", "place États-Unis"},
                                                                       {"Le groupe Apple Inc. recrute.", "org Apple"},
                                                                       {"Il l'a lu dans Le Monde.", "org Le Monde"},
                                                                       {"Il l'a dit au Figaro.", "org Le Figaro"}}));

TEST(Extractor, MarksTitleAndTextApart) {
  const Annotations found = extract(article_of("Le patron d'OpenAI était à Paris.", "OpenAI à Paris"));
  ASSERT_EQ(found.mentions.size(), 4u);
  EXPECT_EQ(found.mentions[0].in, Part::kTitle);
  EXPECT_EQ(found.mentions[2].in, Part::kText);
  EXPECT_EQ(found.mentions[2].range, (ByteRange{12, 18}));
}

TEST(Extractor, ReadsShoutedHeadlines) {
  EXPECT_THAT(names_in("OPENAI OUVRE UN BUREAU À PARIS"), IsSupersetOf({"org OpenAI", "place Paris"}));
}

TEST(Extractor, ReadsTextsWithoutCapitals) {
  EXPECT_THAT(names_in("openai ouvre un bureau à singapour avec l'aide de mistral ai"),
              IsSupersetOf({"org OpenAI", "org Mistral AI"}));
}

TEST(Extractor, SurvivesOtherLanguagesAndScripts) {
  EXPECT_THAT(names_in("OpenAI is opening an office in Paris, says Sam Altman."),
              IsSupersetOf({"org OpenAI", "person Sam Altman"}));
  extract("Компания OpenAI открывает офис. 东京的公司 OpenAI 宣布。 شركة في باريس");
}

// Everything that is promised of any article: order, no overlap, code-point borders, ranges inside the part.
void expect_well_formed(const Article& article) {
  const Annotations found = extract(article);
  std::pair<int, std::uint32_t> end = {0, 0};
  for (const Mention& mention : found.mentions) {
    const std::string& part = mention.in == Part::kTitle ? article.title : article.text;
    const std::pair<int, std::uint32_t> begin = {static_cast<int>(mention.in), mention.range.begin};
    EXPECT_GE(begin, end);
    EXPECT_LT(mention.range.begin, mention.range.end);
    ASSERT_LE(mention.range.end, part.size());
    EXPECT_TRUE(is_valid_utf8(mention.range.of(part)));
    EXPECT_FALSE(mention.label.empty());
    end = {begin.first, mention.range.end};
  }
}

TEST(Extractor, KeepsItsPromisesOnAnything) {
  for (const char* text : {"",
                           " ",
                           ".",
                           "(((((",
                           "«»",
                           "d'",
                           "l’l’l’l’",
                           "A",
                           "€",
                           "1",
                           "10-",
                           "$",
                           "M.",
                           "-- OpenAI --",
                           "OpenAI\n\nOpenAI\r\n\tOpenAI",
                           "entre 10 et",
                           "&&&&",
                           "É",
                           "…",
                           "C++ C# F#"}) {
    expect_well_formed(article_of(text, text));
  }
  unsigned state = 1;
  const std::vector<std::string> pieces = {"OpenAI", " ",      "d'",        "Paris", "É", "€", "10",
                                           ",",      ".",      "\n\n",      "M.",    "(", ")", "l’",
                                           "Sam",    "Altman", "milliards", "-",     "«", "œ"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525 + 1013904223;
      text += pieces[(state >> 16) % pieces.size()];
    }
    expect_well_formed(article_of(text));
  }
}

TEST(Extractor, GivesTheSameForTheSame) {
  const char* text = "Sam Altman (OpenAI) et Orange lèvent 10 millions d'euros à Orange.";
  const auto first = names_in(text);
  extract("Un autre article sur Free, Meta et X.");
  EXPECT_EQ(names_in(text), first);
}

TEST(Extractor, IsLinearInAHugeArticle) {
  std::string text;
  while (text.size() < 10'000'000) text += "Le patron d'OpenAI Sam Altman lève 6,6 milliards de dollars à Paris. ";
  const Annotations found = extract(text);
  EXPECT_GT(found.mentions.size(), 300'000u);
  EXPECT_GT(found.amounts.size(), 100'000u);
}

// Quadratic steps would take hours here.
TEST(Extractor, IsLinearInOneEndlessSentence) {
  for (const std::string_view word : {"A ", "Autorité Nouvelle (AN) ", "d'", "M. ", "( ", "aaaa", "3 millions "}) {
    std::string text;
    while (text.size() < 1'000'000) text += word;
    const Annotations found = extract(text);
    for (const Mention& mention : found.mentions) ASSERT_LE(mention.range.end, text.size());
  }
}

TEST(Extractor, HasAFingerprintThatTheGazetteerIsPartOf) {
  const auto gazetteer = entities::Gazetteer::load();
  EXPECT_NE(entities::extractor_fingerprint(*gazetteer).find(gazetteer->fingerprint()), std::string::npos);
}

}  // namespace
}  // namespace depeche::testing
