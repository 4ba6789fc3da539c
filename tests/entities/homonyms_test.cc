// Names that are also something else: both readings, in sentences as they stand in newspapers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/extraction.hh"

namespace depeche::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::Not;
using ::testing::StartsWith;

struct HomonymCase {
  const char* text;
  const char* name;  // "org Orange"; begins with "not " where nothing of that label may be found
};

class Homonyms : public ::testing::TestWithParam<HomonymCase> {};

TEST_P(Homonyms, AreToldApart) {
  const std::string wanted = GetParam().name;
  const auto names = names_in(GetParam().text);
  if (wanted.starts_with("not ")) {
    EXPECT_THAT(names, Not(Contains(EndsWith(wanted.substr(3))))) << GetParam().text;
  } else {
    EXPECT_THAT(names, Contains(wanted)) << GetParam().text;
  }
}

INSTANTIATE_TEST_SUITE_P(Readings, Homonyms,
                         ::testing::ValuesIn(std::vector<HomonymCase>{
                             {"L'opérateur Orange supprime des postes dans ses boutiques.", "org Orange"},
                             {"Orange a annoncé mardi le déploiement de la fibre.", "org Orange"},
                             {"Le festival se tient à Orange, dans le Vaucluse.", "place Orange"},
                             {"La vigilance orange a été levée en fin de journée.", "not Orange"},
                             {"Free allume la 5G sur 5 000 sites.", "org Free"},
                             {"Les abonnés de Free ont reçu un courriel.", "org Free"},
                             {"Le terme anglais free veut dire libre ou gratuit.", "not Free"},
                             {"Meta va licencier 11 000 salariés.", "org Meta"},
                             {"Le groupe Meta, maison mère de Facebook, conteste l'amende.", "org Meta"},
                             {"Une méta-analyse publiée mardi le confirme.", "not Meta"},
                             {"Le réseau social X a été suspendu au Brésil.", "org X"},
                             {"Une plainte contre X a été déposée au parquet.", "not X"},
                             {"Apple présente son nouvel iPhone.", "org Apple"},
                             {"La messagerie Signal séduit les journalistes.", "product Signal"},
                             {"Le signal du réseau est faible à la campagne.", "not Signal"},
                             {"La start-up Mistral AI lève des fonds.", "org Mistral AI"},
                             {"Le mistral souffle fort dans la vallée du Rhône.", "not Mistral AI"},
                             {"L'hébergeur Box publie ses résultats.", "org Box"},
                             {"La box du salon est en panne.", "not Box"},
                             {"Les réunions se tiennent sur Microsoft Teams.", "product Microsoft Teams"},
                             {"Anthropic améliore son assistant Claude.", "product Claude"},
                             {"Claude Dupont, 54 ans, habite à Lyon.", "person Claude Dupont"},
                             {"Google intègre son modèle Gemini à Android.", "product Gemini"},
                             {"Le langage Java a trente ans.", "product Java"},
                             {"Un séisme a frappé l'île de Java, en Indonésie.", "place Java"},
                             {"Les développeurs écrivent surtout en Python.", "product Python"},
                             {"Un python de trois mètres a été capturé.", "not Python"},
                             {"Amazon ouvre un entrepôt à Metz.", "org Amazon"},
                             {"La forêt d'Amazonie brûle le long de l'Amazone.", "not Amazon"},
                             {"Microsoft met à jour Windows 11.", "product Windows 11"},
                             {"À Orange, le théâtre antique accueille des concerts.", "place Orange"},
                             {"Il croque une pomme, « apple » en anglais.", "not Apple"},
                             {"La fondation Signal appelle à protéger le chiffrement.", "org Signal"},
                             {"L'entreprise Figures lève dix millions d'euros.", "org Figures"},
                             {"Les figures de la tech se retrouvent à Paris.", "not Figures"},
                             {"Mistral a dévoilé un nouveau modèle de langage.", "org Mistral AI"},
                             {"Le poète Frédéric Mistral est né à Maillane.", "person Frédéric Mistral"},
                             {"Teams et Slack se disputent les entreprises.", "product Microsoft Teams"},
                             {"Les teams de développement travaillent à distance.", "not Microsoft Teams"},
                             {"Bing répond désormais en français.", "product Bing"},
                             {"Le professeur Stephen Bing enseigne à Chicago.", "person Stephen Bing"},
                             {"Claude répond désormais en français, annonce Anthropic.", "product Claude"},
                             {"Les Gémeaux, gemini en latin, sont un signe du zodiaque.", "not Gemini"},
                             {"Elle a fait poser de nouvelles windows, dit-il en anglais.", "not Windows"},
                             {"Le bassin de l'Amazone perd ses arbres.", "not Amazon"}}));

}  // namespace
}  // namespace depeche::testing
