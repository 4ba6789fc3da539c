#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/extraction.hh"

namespace depeche::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct EventCase {
  const char* text;
  std::vector<std::string> events;
};

class Events : public ::testing::TestWithParam<EventCase> {};

TEST_P(Events, AreFound) {
  EXPECT_EQ(events_in(GetParam().text), GetParam().events) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Facts, Events,
                         ::testing::ValuesIn(std::vector<EventCase>{
                             {"La jeune pousse lève 40 millions d'euros auprès d'Eurazeo.", {"levee-de-fonds fact"}},
                             {"Elle boucle un tour de table de 12 M€.", {"levee-de-fonds fact"}},
                             {"IBM rachète HashiCorp pour 6,4 milliards de dollars.", {"acquisition fact"}},
                             {"Microsoft s'offre GitHub.", {"acquisition fact"}},
                             {"Intel va supprimer 15 000 postes.", {"licenciements fact"}},
                             {"L'hôpital a été victime d'une cyberattaque.", {"cyberattaque fact"}},
                             {"Une panne mondiale a touché Facebook.", {"panne fact"}},
                             {"La CNIL inflige une amende de 50 millions d'euros à Google.", {"sanction fact"}},
                             {"L'association porte plainte contre Clearview.", {"proces fact"}},
                             {"Apple a lancé l'iPhone 16.", {"lancement fact"}},
                             {"Christel Heydemann est nommée directrice générale d'Orange.", {"nomination fact"}},
                             {"OpenAI ouvre un bureau à Paris.", {"implantation fact"}}}));

INSTANTIATE_TEST_SUITE_P(Polarity, Events,
                         ::testing::ValuesIn(std::vector<EventCase>{
                             {"La société n'a pas levé 40 millions d'euros.", {"levee-de-fonds denied"}},
                             {"Le groupe dément vouloir racheter SFR.", {"acquisition denied"}},
                             {"Apple pourrait racheter Perplexity.", {"acquisition rumour"}},
                             {"Aucun licenciement n'est prévu.", {"licenciements denied"}},
                             {"Selon des rumeurs, Intel supprimerait 10 000 postes.", {"licenciements rumour"}}}));

INSTANTIATE_TEST_SUITE_P(OtherSenses, Events,
                         ::testing::ValuesIn(std::vector<EventCase>{
                             {"Le ministre a cédé aux syndicats.", {}},
                             {"Il a levé les yeux au ciel.", {}},
                             {"Elle lance un appel au calme.", {}},
                             {"Le studio a prêté ses séries à d'autres chaînes.", {}},
                             {"La situation est en train de se calmer.", {}}}));

TEST(EventDetails, AreTheSentenceAndWhoTakesPart) {
  const std::string text = "Il fait beau. OpenAI ouvre un bureau à Paris. La mairie est ravie.";
  const Annotations found = extract(text);
  ASSERT_EQ(found.events.size(), 1u);
  EXPECT_EQ(found.events[0].range.of(text), "OpenAI ouvre un bureau à Paris.");
  EXPECT_THAT(found.events[0].participants, ElementsAre("OpenAI", "Paris"));
}

TEST(EventDetails, ResolveTheStartUp) {
  const Annotations found = extract("Mistral AI grandit vite.\n\nLa start-up a levé 385 millions d'euros.");
  ASSERT_EQ(found.events.size(), 1u);
  EXPECT_THAT(found.events[0].participants, ElementsAre("Mistral AI"));
}

}  // namespace
}  // namespace depeche::testing
