#include "text/query_words.hh"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <set>

#include "text/synonyms.hh"

namespace depeche::text {
namespace {

// "levee+lever fond | startup 0.9: …": each group with its alternatives, to compare as text.
std::string show(const std::vector<QueryGroup>& groups) {
  std::string out;
  for (const QueryGroup& group : groups) {
    out += group.stop_word ? "(" : "[";
    for (const Alternative& alternative : group.alternatives) {
      if (&alternative != &group.alternatives.front()) out += " | ";
      for (const Slot& slot : alternative.slots) {
        if (&slot != &alternative.slots.front()) out += " ";
        out += slot.exact_only ? "=" + slot.exact : slot.exact;
      }
    }
    out += group.stop_word ? ")" : "]";
  }
  return out;
}

class QueryWords : public testing::Test {
 protected:
  std::string words(std::string_view query, std::set<std::string, std::less<>> index = {}) {
    return show(queries_.words(query, [&](std::string_view term) { return index.contains(term); }));
  }

  Analyzer analyzer_;
  Synonyms none_;
  QueryAnalyzer queries_{analyzer_, none_};
};

TEST_F(QueryWords, MarksStopWords) {
  EXPECT_EQ(words("la levée de fonds"), "(la)[levee](de)[fonds]");
  EXPECT_EQ(words("le maïs"), "(le)[mais]");
  EXPECT_EQ(words("Tour de série A"), "[tour](de)[serie][a]");
  EXPECT_EQ(words(""), "");
  EXPECT_EQ(words("!?"), "");
}

TEST_F(QueryWords, AsksForPartsOrTheJoinedForm) {
  EXPECT_EQ(words("une start-up"), "(une)[start up | startup]");
  EXPECT_EQ(words("TCP/IP"), "[tcp ip | tcp/ip]");
}

TEST_F(QueryWords, JoinsNeighboursThatTheIndexHasJoined) {
  EXPECT_EQ(words("start up"), "[start][up]");
  EXPECT_EQ(words("start up", {"startup"}), "[start | startup][up | startup]");
  EXPECT_EQ(words("Pixtral 12 B", {"12b"}), "[pixtral][12 | 12b][b | 12b]");
}

TEST_F(QueryWords, CutsWordsThatTheIndexHasOpen) {
  EXPECT_EQ(words("startup"), "[startup]");
  EXPECT_EQ(words("startup", {"start", "up"}), "[startup | start up]");
  EXPECT_EQ(words("iphone15", {"iphone", "15"}), "[iphone15 | iphone 15]");
  EXPECT_EQ(words("portail", {"port", "ail"}), "[portail]");  // a known word is not cut
}

TEST_F(QueryWords, AsksForAnAmountAsAWhole) {
  EXPECT_EQ(words("10 M€"), "[10 m € | 10 m de € | € 10 m]");
  EXPECT_EQ(words("3,5 %"), "[3.5][%]");
}

TEST_F(QueryWords, KeepsTheAccentedFormForRanking) {
  const auto groups = queries_.words("côté cœur plat", [](std::string_view) { return false; });
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[0].alternatives[0].slots[0].accented, "côté");
  EXPECT_EQ(groups[1].alternatives[0].slots[0].accented, "cœur");
  EXPECT_EQ(groups[2].alternatives[0].slots[0].accented, "");
  EXPECT_EQ(groups[0].range, (ByteRange{0, 6}));
}

TEST_F(QueryWords, AWordWithoutAccentsMeansAllThatFoldToIt) {
  const auto groups = queries_.words("marche", [](std::string_view) { return false; });
  EXPECT_THAT(groups[0].alternatives[0].slots[0].lemmas, testing::IsSupersetOf({"marche", "marcher"}));
}

TEST_F(QueryWords, PhrasesAreExact) {
  EXPECT_EQ(show(queries_.phrase("levée de fonds d’OpenAI")), "[=levee =de =fonds =openai]");
  EXPECT_EQ(show(queries_.phrase("un câble sous-marin")), "[=un =cable =sous =marin]");
  EXPECT_TRUE(queries_.phrase(" … ").empty());
}

TEST_F(QueryWords, AListedCompoundInQuotesIsFoundInItsPartsToo) {
  EXPECT_EQ(show(queries_.phrase("startup")), "[=startup | =start =up]");
  EXPECT_EQ(show(queries_.phrase("une startup")), "[=une =startup]");
}

TEST(Synonyms, WidenWordsWithLessWeight) {
  Analyzer analyzer;
  const Synonyms synonyms = Synonyms::parse("IA | intelligence artificielle # same\n\nseul |\n");
  QueryAnalyzer queries(analyzer, synonyms);
  const HasTerm none = [](std::string_view) { return false; };
  const auto groups = queries.words("l'IA", none);
  EXPECT_EQ(show(groups), "[ia | intelligence artificielle]");
  EXPECT_EQ(groups[0].alternatives[0].weight, 1.0);
  EXPECT_LT(groups[0].alternatives[1].weight, 1.0);
  EXPECT_EQ(show(queries.words("intelligences artificielles", none)), "[intelligences | ia][artificielles | ia]");
  EXPECT_EQ(show(queries.words("intelligence humaine", none)), "[intelligence][humaine]");
  EXPECT_EQ(show(queries.phrase("IA")), "[=ia]");
}

TEST(Synonyms, AreReadFromAFile) {
  const std::string path = testing::TempDir() + "/synonyms.txt";
  std::ofstream(path) << "chat | félin\n";
  const auto loaded = load_synonyms(path);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->groups().size(), 1U);
  std::remove(path.c_str());
  const auto missing = load_synonyms(path);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, ErrorCode::kIo);
}

TEST(Synonyms, BuiltinOnesAreThere) {
  EXPECT_GT(Synonyms::builtin().groups().size(), 50U);
}

}  // namespace
}  // namespace depeche::text
