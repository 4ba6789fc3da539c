#include "indexer/near_duplicates.hh"

#include <gtest/gtest.h>

#include <random>

namespace depeche::indexer {
namespace {

class NearDuplicatesTest : public ::testing::Test {
 protected:
  Signature of(std::string_view title, std::string_view text) {
    analyzer_.analyze(title, title_);
    analyzer_.analyze(text, text_);
    return signature_of(title_, text_);
  }
  // Words that hardly ever repeat.
  std::vector<std::string> words(std::size_t n) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < n; ++i) out.push_back("mot" + std::to_string(random_() % 100'000));
    return out;
  }
  static std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& w : words) (out += w) += ' ';
    return out;
  }

  text::Analyzer analyzer_;
  text::Analysis title_, text_;
  std::mt19937 random_{9};
};

TEST_F(NearDuplicatesTest, ASignatureThereAndBack) {
  for (const std::size_t n : {0u, 5u, 29u, 30u, 400u}) {
    const Signature s = of("Titre", joined(words(n)));
    EXPECT_EQ(s.comparable, n >= kShortestText);
    const auto back = unpack_signature(pack_signature(s));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->id, s.id);
    EXPECT_EQ(back->comparable, s.comparable);
    EXPECT_EQ(back->values, s.values);
  }
  EXPECT_FALSE(unpack_signature("short"));
}

TEST_F(NearDuplicatesTest, NearCopiesAreFoundAndOthersAreNot) {
  GroupFinder groups;
  std::size_t found = 0, wrong = 0;
  constexpr std::size_t kTexts = 300;
  for (std::size_t i = 0; i < kTexts; ++i) {
    auto text = words(60 + random_() % 300);
    const std::uint64_t group = groups.find_or_add(of("Titre", joined(text)));
    wrong += group != of("Titre", joined(text)).id;
    for (std::size_t k = 0; k < text.size() / 25; ++k)
      text[random_() % text.size()] = "autre" + std::to_string(random_());
    found += groups.find_or_add(of("Autre titre", joined(text))) == group;  // 4 % of the words are others
  }
  EXPECT_EQ(found, kTexts);
  EXPECT_EQ(wrong, 0u);
}

TEST_F(NearDuplicatesTest, ShortTextsAreTheSameOnlyWithTheirTitles) {
  GroupFinder groups;
  const auto group = groups.find_or_add(of("Titre", "Lire la suite"));
  EXPECT_EQ(groups.find_or_add(of("TITRE", "Lire la suite.")), group);
  EXPECT_NE(groups.find_or_add(of("Autre titre", "Lire la suite")), group);
  EXPECT_NE(groups.find_or_add(of("Titre", "Lire la suite ici")), group);
  EXPECT_NE(groups.find_or_add(of("Titre", "")), groups.find_or_add(of("Autre titre", "")));
  EXPECT_NE(groups.find_or_add(of("Le", "")), groups.find_or_add(of("", "Le")));
}

TEST_F(NearDuplicatesTest, GroupsOfTheIndexAreFoundAgain) {
  const auto text = joined(words(100));
  GroupFinder first;
  const auto group = first.find_or_add(of("", text));
  GroupFinder later;
  later.add(*unpack_signature(pack_signature(of("", text))), group);
  EXPECT_EQ(later.find_or_add(of("", text + " fin")), group);
}

}  // namespace
}  // namespace depeche::indexer
