#include "entities/key_hash.hh"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "entities/latin.hh"
#include "entities/tokens.hh"
#include "text/fold.hh"

namespace depeche::entities {
namespace {

TEST(KeyHash, IsThatOfTheKeyForm) {
  for (const char* name : {"Mistral AI", "États-Unis", "L’Oréal", "Œuvre", "Škoda", "AT&T", "iPhone 16", "Łódź"}) {
    EXPECT_EQ(key_hash(name).value, hash_of_key(text::value_key(name))) << name;
  }
}

TEST(KeyHash, JoinsNeighbours) {
  EXPECT_EQ(joined(key_hash("Mistral"), key_hash("AI")), key_hash("mistral-ai"));
  EXPECT_EQ(joined(key_hash(""), key_hash("AI")), key_hash("AI"));
  EXPECT_EQ(joined(joined(key_hash("a"), key_hash("b")), key_hash("c")),
            joined(key_hash("a"), joined(key_hash("b"), key_hash("c"))));
}

// The light folding of extraction and the one of the index must agree, or filters would miss what extraction found.
TEST(KeyHash, AgreesWithTheIndexOnEveryNameThatWeShip) {
  for (const char* list : {"org", "person", "place", "product"}) {
    std::ifstream in(std::string(DEPECHE_SOURCE_DIR "/entities/data/gazetteer-") + list + ".tsv");
    ASSERT_TRUE(in.is_open()) << list;
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line[0] == '#') continue;
      const std::string label = line.substr(0, line.find('\t'));
      if (key_hash(label).empty()) continue;
      EXPECT_EQ(key_hash(label).value, hash_of_key(text::value_key(label))) << label;
    }
  }
}

}  // namespace
}  // namespace depeche::entities
