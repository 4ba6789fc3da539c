// The distance of misspelt words: what French writers mix up is nearer than what nobody does.
#include "searcher/spelling.hh"

#include <gtest/gtest.h>


namespace depeche::searcher {
namespace {

struct DistanceCase {
  std::string_view typed, meant;
  SpellingCost at_least, at_most;
};

TEST(Spelling, SlipsAreNear) {
  constexpr DistanceCase kCases[] = {
      {"ouverture", "ouverture", 0, 0},
      {"mistrale", "mistral", 1, 6},         // mute ending
      {"chapaz", "chappaz", 1, 4},           // doubled letter
      {"livrezon", "livraison", 1, 10},      // s z, e ai
      {"entreprize", "entreprise", 1, 4},
      {"foto", "photo", 1, 9},
      {"informatik", "informatique", 1, 10},
      {"bato", "bateau", 1, 4},
      {"apel", "appel", 1, 4},
      {"opital", "hopital", 1, 9},
      {"entreprsie", "entreprise", 1, 6},    // swapped
      {"entteprise", "entreprise", 1, 7},    // r and t are neighbours
      {"entrepise", "entreprise", 10, 10},   // left out
      {"entreprisse", "entreprise", 1, 4},
      {"xntreprise", "entreprise", 14, 14},  // a wrong first letter costs more
      {"4g", "5g", 16, 20},                  // a digit is meant
      {"marche", "marbre", 11, 30},
      {"chat", "chien", 14, 40},
  };
  for (const DistanceCase& c : kCases) {
    const SpellingCost cost = spelling_distance(c.typed, c.meant);
    EXPECT_GE(cost, c.at_least) << c.typed << " → " << c.meant;
    EXPECT_LE(cost, c.at_most) << c.typed << " → " << c.meant;
  }
}

TEST(Spelling, HasLimits) {
  EXPECT_EQ(tolerance(2), 0u);
  EXPECT_LT(tolerance(3), tolerance(6));
  const std::string longest(kLongestMisspelt, 'a');
  EXPECT_EQ(spelling_distance(longest, longest), 0u);
  EXPECT_GT(spelling_distance(longest + "a", longest), tolerance(longest.size()));
}

}  // namespace
}  // namespace depeche::searcher
