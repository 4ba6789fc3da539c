#include "entities/agencies.hh"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/extraction.hh"

namespace depeche::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Agencies, AreThoseThatTheTextCredits) {
  EXPECT_THAT(extract("Le groupe n'a pas répondu. (avec AFP et Reuters)").agencies, ElementsAre("AFP", "Reuters"));
  EXPECT_THAT(extract("PARIS (AFP) - Le groupe n'a pas répondu.").agencies, ElementsAre("AFP"));
  EXPECT_THAT(extract("Le groupe n'a pas répondu, avec l'AFP.").agencies, ElementsAre("AFP"));
  EXPECT_THAT(extract("Le groupe n'a pas répondu.\n\nAgence France-Presse").agencies, ElementsAre("AFP"));
}

TEST(Agencies, AreNotThoseThatAreTalkedAbout) {
  EXPECT_THAT(extract("Le ministre l'a dit à l'AFP.").agencies, IsEmpty());
  EXPECT_THAT(extract("Reuters (groupe Thomson) recrute.").agencies, IsEmpty());
}

TEST(Agencies, StandInSourceAndByline) {
  Article article = article_of("Rien de neuf.");
  article.source = "Orange avec AFP";
  article.authors = {"Reuters"};
  EXPECT_THAT(extract(article).agencies, ElementsAre("AFP", "Reuters"));
}

}  // namespace
}  // namespace depeche::testing
