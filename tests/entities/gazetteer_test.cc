#include "entities/gazetteer.hh"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "entities/extractor.hh"

namespace depeche::entities {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class UserGazetteer : public ::testing::Test {
 protected:
  std::string write(const std::string& lines) {
    std::ofstream(path_, std::ios::binary) << lines;
    return path_;
  }
  void TearDown() override { std::filesystem::remove(path_); }

  std::string path_ = (std::filesystem::temp_directory_path() /
                       ("depeche-gazetteer-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
                        "-" + ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".tsv"))
                          .string();
};

std::vector<std::string> labels(const Gazetteer& gazetteer, const std::string& text) {
  Extractor extractor(gazetteer);
  Article article;
  article.text = text;
  std::vector<std::string> labels;
  for (const Mention& mention : extractor.extract(article).mentions) labels.push_back(mention.label);
  return labels;
}

TEST(Gazetteer, IsOfTheSizeAndHasNoBadLine) {
  std::vector<GazetteerProblem> problems;
  const Result<Gazetteer> gazetteer = Gazetteer::load("", &problems);
  ASSERT_TRUE(gazetteer.has_value());
  EXPECT_GE(gazetteer->size(), 3000u);
  for (const GazetteerProblem& problem : problems) ADD_FAILURE() << problem.where << ": " << problem.why;
}

TEST(Gazetteer, FindsEverySpelling) {
  const Result<Gazetteer> gazetteer = Gazetteer::load();
  ASSERT_TRUE(gazetteer.has_value());
  for (const char* name : {"OpenAI", "openai", "OPENAI", "Open AI", "open-ai"}) {
    const GazetteerEntry* entry = gazetteer->find(name);
    ASSERT_NE(entry, nullptr) << name;
    EXPECT_EQ(entry->label, "OpenAI");
  }
  EXPECT_EQ(gazetteer->find("Etats Unis")->label, "États-Unis");
  EXPECT_EQ(gazetteer->find("Orange", EntityType::kPlace)->type, EntityType::kPlace);
  EXPECT_EQ(gazetteer->find("Orange", EntityType::kOrg)->type, EntityType::kOrg);
  EXPECT_EQ(gazetteer->find("Ce nom que personne ne porte"), nullptr);
  EXPECT_EQ(gazetteer->find(""), nullptr);
}

TEST_F(UserGazetteer, AddsNamesThatAreFound) {
  const Result<Gazetteer> gazetteer = Gazetteer::load(write("Zorblax\torg\tZBX|Groupe Zorblax\n"));
  ASSERT_TRUE(gazetteer.has_value());
  EXPECT_THAT(labels(*gazetteer, "Hier, Zorblax a parlé. Le cours de ZBX monte."), ElementsAre("Zorblax", "Zorblax"));
}

TEST_F(UserGazetteer, WinsOverTheBuiltInNames) {
  const Result<Gazetteer> gazetteer = Gazetteer::load(write("OpenAI Inc.\torg\tOpenAI\n"));
  ASSERT_TRUE(gazetteer.has_value());
  EXPECT_THAT(labels(*gazetteer, "Hier, OpenAI a parlé."), ElementsAre("OpenAI Inc."));
  EXPECT_NE(gazetteer->fingerprint(), Gazetteer::load()->fingerprint());
}

// A name that is also a word is left to context, and takes no other reading away.
TEST_F(UserGazetteer, LeavesAmbiguousNamesToContext) {
  const Result<Gazetteer> gazetteer =
      Gazetteer::load(write("Cigale\tproduct\tLa Cigale?\tambiguous\nOrange (couleur)\tproduct\n"));
  ASSERT_TRUE(gazetteer.has_value());
  EXPECT_THAT(labels(*gazetteer, "L'éditeur français a présenté son logiciel Cigale."), ElementsAre("Cigale"));
  EXPECT_THAT(labels(*gazetteer, "La cigale chante tout l'été."), IsEmpty());
  EXPECT_EQ(gazetteer->find("Orange", EntityType::kOrg)->label, "Orange");
  EXPECT_EQ(gazetteer->find("Orange", EntityType::kProduct)->label, "Orange");
}

TEST_F(UserGazetteer, MayBeEmpty) {
  const Result<Gazetteer> gazetteer = Gazetteer::load(write(""));
  ASSERT_TRUE(gazetteer.has_value());
  EXPECT_EQ(gazetteer->size(), Gazetteer::load()->size());
}

TEST_F(UserGazetteer, MayBeginWithAByteOrderMark) {
  const Result<Gazetteer> gazetteer = Gazetteer::load(write("\xEF\xBB\xBFZorblax\torg\n"));
  ASSERT_TRUE(gazetteer.has_value());
  EXPECT_THAT(labels(*gazetteer, "Hier, Zorblax a parlé."), ElementsAre("Zorblax"));
}

TEST_F(UserGazetteer, TellsBadLinesAndLoadsTheRest) {
  std::vector<GazetteerProblem> problems;
  const Result<Gazetteer> gazetteer = Gazetteer::load(
      write("# a "
            "comment\nZorblax\torg\nseul\nKlonk\tfirme\n\torg\nPlonk\torg\t\tcertain\n\xFF\torg\nBlink\tperson\r\n"),
      &problems);
  ASSERT_TRUE(gazetteer.has_value());
  ASSERT_EQ(problems.size(), 5u);
  EXPECT_EQ(problems[0].where, path_ + ":3");
  EXPECT_EQ(problems[1].where, path_ + ":4");
  EXPECT_EQ(problems[4].where, path_ + ":7");
  EXPECT_NE(gazetteer->find("Zorblax"), nullptr);
  EXPECT_NE(gazetteer->find("Blink"), nullptr);
}

TEST(Gazetteer, SaysWhatIsWrongWithAFileThatCannotBeRead) {
  for (const char* path : {"/nowhere/names.tsv", "/"}) {
    const Result<Gazetteer> gazetteer = Gazetteer::load(path);
    ASSERT_FALSE(gazetteer.has_value()) << path;
    EXPECT_EQ(gazetteer.error().code, ErrorCode::kIo);
    EXPECT_FALSE(gazetteer.error().hint.empty());
  }
}

}  // namespace
}  // namespace depeche::entities
