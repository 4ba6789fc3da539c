#include "text/trace.hh"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace depeche::text {
namespace {

TEST(Trace, ShowsHowTheTextIsCut) {
  const std::string text = "L’IA d'« Apple » : 6,6\xE2\x80\xAFM€, U.E., C++, lemonde.fr, a@b.fr, lev&eacute;e";
  std::vector<std::string> shown;
  for (const TracedWord& word : trace_words(text)) {
    shown.push_back(std::string(word.kind) + " " + word.normalised + " < " + std::string(word.range.of(text)));
  }
  EXPECT_THAT(shown, testing::ElementsAre("elision L' < L’", "word IA < IA", "elision d' < d'", "word Apple < Apple",
                                          "number 6,6 < 6,6", "magnitude M < M", "sign € < €", "acronym U.E. < U.E.",
                                          "signed name C++ < C++", "host lemonde.fr < lemonde.fr",
                                          "mail a@b.fr < a@b.fr", "word levée < lev&eacute;e"));
}

}  // namespace
}  // namespace depeche::text
