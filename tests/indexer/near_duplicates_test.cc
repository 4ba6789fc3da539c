#include "indexer/near_duplicates.hh"

#include <gtest/gtest.h>

#include <algorithm>
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

// Groups must not depend on the order in which the threads of an earlier run put articles into a part.
TEST_F(NearDuplicatesTest, TheOrderOfWhatIsKnownChangesNothing) {
  for (int round = 0; round < 20; ++round) {
    // A row of texts, each with a third of its words changed from the one before: near its neighbours, not the others.
    auto text = words(120);
    std::vector<Signature> row;
    for (int i = 0; i < 12; ++i) {
      row.push_back(of("Titre", joined(text)));
      for (std::size_t k = 0; k < 14; ++k) text[random_() % text.size()] = "autre" + std::to_string(random_());
    }
    std::vector<std::pair<Signature, std::uint64_t>> known;
    for (std::size_t i = 0; i < row.size(); i += 2) known.emplace_back(row[i], random_());
    std::vector<std::uint64_t> expected;
    for (int order = 0; order < 4; ++order) {
      GroupFinder groups;
      for (const auto& [signature, group] : known) groups.add(signature, group);
      std::vector<std::uint64_t> got;
      for (std::size_t i = 1; i < row.size(); i += 2) got.push_back(groups.find_or_add(row[i]));
      if (expected.empty()) expected = got;
      EXPECT_EQ(got, expected);
      std::shuffle(known.begin(), known.end(), random_);
    }
  }
}

TEST_F(NearDuplicatesTest, NothingIsGroupedWithWhatWasRemoved) {
  const auto text = words(100);
  const Signature first = of("Titre", joined(text)), near = of("Titre", joined(text) + " fin");
  GroupFinder groups;
  groups.remove(first);  // of nothing
  const auto group = groups.find_or_add(first);
  EXPECT_EQ(groups.find_or_add(first), group);
  groups.remove(first);
  EXPECT_EQ(groups.find_or_add(near), group);  // one of the two is still there
  groups.remove(near);
  groups.remove(first);
  EXPECT_EQ(groups.find_or_add(near), near.id);
  EXPECT_EQ(groups.find_or_add(first), near.id);  // and comes back into the new group
}

}  // namespace
}  // namespace depeche::indexer
