#include "entities/topics.hh"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/extraction.hh"

namespace depeche::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Topics, AreOneToThreeOfTheList) {
  const auto topics =
      extract(
          "OpenAI présente un nouveau modèle d'intelligence artificielle pour ChatGPT. L'IA générative progresse, "
          "et Mistral AI comme Anthropic entraînent leurs modèles.")
          .topics;
  EXPECT_GE(topics.size(), 1u);
  EXPECT_LE(topics.size(), 3u);
  EXPECT_THAT(topics, Contains("IA"));
  for (const std::string& topic : topics) {
    EXPECT_NE(std::find(entities::kTopicNames.begin(), entities::kTopicNames.end(), topic),
              entities::kTopicNames.end());
  }
}

TEST(Topics, TellSectionsApart) {
  EXPECT_EQ(
      extract("Le député et la sénatrice débattent à l'Assemblée nationale de la motion de censure contre le Premier "
              "ministre. Le président de la République réunit son parti.")
          .topics.at(0),
      "politique");
}

TEST(Topics, AreNoneWithoutWords) {
  EXPECT_THAT(extract("1 234 !").topics, IsEmpty());
}

}  // namespace
}  // namespace depeche::testing
