#include "text/fold.hh"

#include <gtest/gtest.h>

#include <algorithm>

namespace depeche::text {
namespace {

struct FoldCase {
  const char* text;
  const char* folded;
};

TEST(Fold, DropsCaseAccentsAndLigatures) {
  const FoldCase cases[] = {
      {"Élysée", "elysee"},     {"ŒUVRE", "oeuvre"},    {"Łódź", "lodz"}, {"Straße", "strasse"},
      {"d’IA", "d'ia"},         {"e\xCC\x81", "e"},     {"ﬁn", "fin"},    {"CO₂", "co2"},
      {"İstanbul", "istanbul"}, {"ΣΊΣΥΦΟΣ", "σισυφοσ"}, {"", ""},         {"Ærø", "aero"},
      {"\xFF", "\xEF\xBF\xBD"},
  };
  for (const auto& row : cases) EXPECT_EQ(fold(row.text), row.folded) << row.text;
}

TEST(ValueKey, IsWhatFacetValuesAreMatchedBy) {
  const FoldCase cases[] = {
      {"Mistral AI", "mistral-ai"},
      {"États-Unis", "etats-unis"},
      {"L’Oréal", "l-oreal"},
      {"  OpenAI  ", "openai"},
      {"AT&T", "at-t"},
      {"C++", "c"},
      {"+++", "+++"},
      {"levée-de-fonds", "levee-de-fonds"},
      {"E\xCC\x81lyse\xCC\x81"
       "e",
       "elysee"},
      {"华为", "华为"},
  };
  for (const auto& row : cases) EXPECT_EQ(value_key(row.text), row.folded) << row.text;
}

TEST(CleanLabel, ComposesAndTrims) {
  EXPECT_EQ(clean_label("  Mistral\xC2\xA0\n AI "), "Mistral AI");
  EXPECT_EQ(clean_label("e\xCC\x81"), "é");
  EXPECT_EQ(clean_label(" "), "");
}

TEST(CollationKey, SortsLikeAFrenchDictionary) {
  std::vector<std::string> words = {"Zola", "été", "etape", "Étape", "eta", "œuvre", "ocre", "ovni"};
  std::sort(words.begin(), words.end(),
            [](const auto& a, const auto& b) { return collation_key(a) < collation_key(b); });
  EXPECT_EQ(words, (std::vector<std::string>{"eta", "etape", "Étape", "été", "ocre", "œuvre", "ovni", "Zola"}));
}

}  // namespace
}  // namespace depeche::text
