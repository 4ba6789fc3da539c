#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/extraction.hh"

namespace depeche::testing {
namespace {

using Strings = std::vector<std::string>;

struct AmountCase {
  const char* text;
  Strings amounts;
};

class Amounts : public ::testing::TestWithParam<AmountCase> {};

TEST_P(Amounts, AreRead) {
  EXPECT_EQ(amounts_in(GetParam().text), GetParam().amounts) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Writings, Amounts,
                         ::testing::ValuesIn(std::vector<AmountCase>{
                             {"Cela représente 6,6 milliards de dollars.", {"6600000000 USD"}},
                             {"Cela représente 450 M€.", {"450000000 EUR"}},
                             {"Cela représente 1,2 Md$.", {"1200000000 USD"}},
                             {"Cela représente 7,4 mds d'euros.", {"7400000000 EUR"}},
                             {"Cela représente plus de 300 000 euros.", {"300000 EUR"}},
                             {"Cela représente 1\u202f200\u202f000\u00a0€.", {"1200000 EUR"}},
                             {"Cela représente 200.000 euros.", {"200000 EUR"}},
                             {"Cela représente 12,07 dollars.", {"12.07 USD"}},
                             {"Cela représente $10 millions.", {"10000000 USD"}},
                             {"Cela représente 500K€ et 3 M£.", {"500000 EUR", "3000000 GBP"}},
                             {"Cela représente 25 millions US$.", {"25000000 USD"}},
                             {"Cela représente 255 millions de dollars canadiens.", {"255000000 CAD"}},
                             {"Cela représente 12 millions de francs suisses.", {"12000000 CHF"}},
                             {"Cela représente 2,7 millions de livres.", {"2700000 GBP"}},
                             {"Cela représente 3 milliards de yuans ou 40 milliards de yens.",
                              {"3000000000 CNY", "40000000000 JPY"}},
                             {"Cela représente deux milliards d'euros.", {"2000000000 EUR"}},
                             {"Cela représente un demi-milliard d'euros.", {"500000000 EUR"}},
                             {"Cela représente un million et demi d'euros.", {"1500000 EUR"}},
                             {"Cela représente une centaine de millions d'euros.", {"100000000 EUR"}},
                             {"Les pirates réclament cinquante bitcoins.", {"50 BTC"}}}));

INSTANTIATE_TEST_SUITE_P(
    Ranges, Amounts,
    ::testing::ValuesIn(std::vector<AmountCase>{
        {"Il faudra entre 10 et 12 millions d'euros.", {"10000000 EUR low", "12000000 EUR high"}},
        {"Il faudra de 150 à 200 millions d'euros.", {"150000000 EUR low", "200000000 EUR high"}},
        {"Il faudra 2 ou 3 milliards de dollars.", {"2000000000 USD low", "3000000000 USD high"}},
        {"Il faudra entre 800 000 et 1,5 million d'euros.", {"800000 EUR low", "1500000 EUR high"}},
        {"Il faudra entre 10 millions d'euros et 12 millions d'euros.", {"10000000 EUR low", "12000000 EUR high"}},
        {"Sa dette est ramenée de 24 à 15,5 milliards d'euros.", {"15500000000 EUR"}}}));

INSTANTIATE_TEST_SUITE_P(NoMoney, Amounts,
                         ::testing::ValuesIn(std::vector<AmountCase>{
                             {"Il compte 250 millions d'utilisateurs.", {}},
                             {"Elle a vendu 300 000 livres en 2024.", {}},
                             {"La levée atteint 10 millions.", {}},
                             {"Au moment de l'annonce, pas un dollar n'avait été utilisé.", {}}}));

INSTANTIATE_TEST_SUITE_P(
    Kinds, Amounts,
    ::testing::ValuesIn(std::vector<AmountCase>{
        {"Sa valorisation a atteint 157 milliards de dollars.", {"157000000000 USD valorisation"}},
        {"Elle boucle une levée de fonds de 40 millions d'euros.", {"40000000 EUR levee"}},
        {"La CNIL lui inflige une amende de 50 millions d'euros.", {"50000000 EUR amende"}},
        {"Le rachat est conclu pour 6,4 milliards de dollars.", {"6400000000 USD rachat"}},
        {"Son chiffre d'affaires atteint 9 milliards d'euros.", {"9000000000 EUR chiffre-affaires"}},
        {"L'appareil coûte 469,99 €.", {"469.99 EUR prix"}},
        {"Il investira 30 millions d'euros dans cette usine.", {"30000000 EUR investissement"}}}));

TEST(AmountRanges, LieOnTheFigureAndItsCurrency) {
  const std::string text = "Elle a levé « plus de 450 M€ » hier, entre 10 et 12 millions d'euros.";
  const Annotations found = extract(text);
  ASSERT_EQ(found.amounts.size(), 3u);
  EXPECT_EQ(found.amounts[0].range.of(text), "450 M€");
  EXPECT_EQ(found.amounts[1].range.of(text), "10");
  EXPECT_EQ(found.amounts[2].range.of(text), "12 millions d'euros");
}

}  // namespace
}  // namespace depeche::testing
