#include "output/answer_words.hh"

#include <gtest/gtest.h>

namespace depeche::output {
namespace {

using searcher::NoteKind;

constexpr NoteKind kLastNote = NoteKind::kNoWord;

TEST(AnswerWords, PartsOfAScore) {
  const Strings &fr = strings(Language::kFrench), &en = strings(Language::kEnglish);
  struct Row {
    searcher::ScorePart part;
    const char *label, *french, *english;
  };
  for (const auto& [part, label, french, english] :
       {Row{{"openai", {}, 1, 3, 2.5},
            "openai",
            "une fois dans le titre, 3 fois dans le texte",
            "once in the title, 3 times in the text"},
        Row{{"openai", {}, 2, 0, 2.5}, "openai", "2 fois dans le titre", "2 times in the title"},
        Row{{"openai", {}, 0, 1, 2.5}, "openai", "une fois dans le texte", "once in the text"},
        Row{{"openai", {}, 0, 0, 2.5}, "openai", "dans la notice de l’article", "in what is known of the article"}}) {
    EXPECT_EQ(score_text(part, fr).label, label);
    EXPECT_EQ(score_text(part, fr).reason, french);
    EXPECT_EQ(score_text(part, en).reason, english);
  }
  for (std::size_t i = 0; i < searcher::kBonusCount; ++i) {
    const searcher::ScorePart part{"", static_cast<searcher::Bonus>(i), 0, 0, 1};
    for (const Strings* t : {&fr, &en}) {
      EXPECT_FALSE(score_text(part, *t).label.empty());
      EXPECT_EQ(score_text(part, *t).label.find("⟦"), std::string::npos) << i;
      EXPECT_EQ(score_text(part, *t).reason.find("⟦"), std::string::npos) << i;
    }
  }
}

TEST(AnswerWords, EveryNoteIsASentence) {
  for (int i = 0; i <= static_cast<int>(kLastNote); ++i) {
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
      const std::string text = note_text({static_cast<NoteKind>(i), "org=zzz"}, strings(language));
      EXPECT_EQ(text.find("⟦"), std::string::npos) << text;
      EXPECT_EQ(text.find("{"), std::string::npos) << text;
      EXPECT_EQ(text.find("org="), std::string::npos) << text;
      EXPECT_TRUE(text.ends_with('.')) << text;
    }
  }
  EXPECT_EQ(note_text({NoteKind::kNoSuchValue, "org=Société X"}, strings(Language::kFrench)),
            "Aucun article n’a la valeur «\u202FSociété X\u202F» (organisation).");
  EXPECT_EQ(note_text({NoteKind::kUnknownField, "couleur"}, strings(Language::kEnglish)),
            "There is no field \"couleur\".");
  EXPECT_EQ(note_text({NoteKind::kBadRange, "date:hier"}, strings(Language::kEnglish)),
            "\"date:hier\" is neither a period nor an amount.");
}

TEST(AnswerWords, KindsOfAmounts) {
  EXPECT_EQ(amount_kind_text("levee", strings(Language::kFrench)), "levée");
  EXPECT_EQ(amount_kind_text("rancon", strings(Language::kEnglish)), "ransom");
  EXPECT_EQ(amount_kind_text("autre", strings(Language::kFrench)), "autre");
  EXPECT_EQ(amount_kind_text("", strings(Language::kFrench)), "");
}

}  // namespace
}  // namespace depeche::output
