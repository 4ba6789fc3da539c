// What a kill, a full disk or a careless hand leaves behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "schema/index_folder.hh"
#include "schema/part_layout.hh"
#include "tests/support/temp_index.hh"

namespace depeche::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kLines =
    "{\"id\":\"a\",\"title\":\"OpenAI\",\"text\":\"Une levée de fonds.\",\"org\":[\"OpenAI\"]}\n"
    "{\"id\":\"b\",\"title\":\"Orange\",\"text\":\"Une panne de réseau.\",\"org\":[\"Orange\"]}\n";

class Damage : public ::testing::Test {
 protected:
  void SetUp() override { index_.add_lines(kLines); }
  std::string file(std::string_view name) const { return index_.parts().at(0) + "/" + std::string(name); }

  TempIndex index_;
};

TEST_F(Damage, WhatADeadRunLeftIsRemovedByTheNext) {
  fs::create_directories(index_.path() + "/build-2");
  write_file(index_.path() + "/build-2/0-0-0/postlist.glass", "half");
  write_file(index_.path() + "/part-000002-1/postlist.glass", "half");
  write_file(index_.path() + "/XAPIANDB.new", "# depeche rev");
  EXPECT_EQ(index_.search(asking("openai")).total, 1u);
  index_.add_lines("{\"id\":\"c\",\"title\":\"Nouveau\"}\n", "more");
  EXPECT_FALSE(fs::exists(index_.path() + "/build-2"));
  EXPECT_EQ(index_.search({}).total, 3u);
  EXPECT_THAT(value_of(indexer::check_index(index_.path(), false)).problems, IsEmpty());
}

TEST_F(Damage, AFirstRunThatDiedLeavesAFolderThatCanBeWrittenTo) {
  TempIndex fresh;
  fs::create_directories(fresh.path() + "/build-1");
  write_file(fresh.path() + "/LOCK", "process 1\n");
  EXPECT_EQ(searcher::Searcher::open(fresh.path()).error().code, ErrorCode::kIndexMissing);
  EXPECT_EQ(fresh.add_lines(kLines).added, 2u);
}

TEST_F(Damage, SidecarsAreMadeAgain) {
  const std::function<void(const std::string&)> damages[] = {
      [](const std::string& path) { fs::remove(path); },
      [](const std::string& path) { fs::resize_file(path, fs::file_size(path) / 2); },
      [](const std::string& path) { fs::resize_file(path, 10); },
      [](const std::string& path) { write_file(path, ""); },
      [](const std::string& path) { write_file(path, std::string(5000, 'x')); },
  };
  auto request = asking("\"levée de fonds\"");
  request.facets = searcher::all_facets();
  for (const std::string_view name : {schema::kColumnsFile, schema::kStreamFile, schema::kHotFile}) {
    for (const auto& damage : damages) {
      damage(file(name));
      const auto opened = searcher::Searcher::open(index_.path());
      ASSERT_FALSE(opened.has_value()) << name;
      EXPECT_EQ(opened.error().code, ErrorCode::kIndexDamaged);
      EXPECT_THAT(opened.error().message, HasSubstr(std::string(name)));
      EXPECT_EQ(opened.error().hint, "run `depeche check --repair`");
      EXPECT_THAT(value_of(indexer::check_index(index_.path(), false)).problems, SizeIs(1));
      const auto report = value_of(indexer::check_index(index_.path(), true));
      EXPECT_THAT(report.problems, IsEmpty());
      EXPECT_THAT(report.repaired, SizeIs(1));
      EXPECT_THAT(value_of(indexer::check_index(index_.path(), false)).problems, IsEmpty());
      const auto response = index_.search(request);
      EXPECT_EQ(response.total, 1u);
      EXPECT_EQ(response.facets.at(0).values.at(0).label, "OpenAI");
    }
  }
}

TEST_F(Damage, WithoutSuggestionsAnIndexIsSearchedAndCheckMissesThem) {
  for (const bool cut : {false, true}) {
    if (cut) fs::resize_file(file(schema::kSuggestFile), 100);
    else fs::remove(file(schema::kSuggestFile));
    EXPECT_EQ(index_.search(asking("openai")).total, 1u);
    EXPECT_THAT(value_of(indexer::check_index(index_.path(), false)).problems, SizeIs(1));
    EXPECT_THAT(value_of(indexer::check_index(index_.path(), true)).repaired, SizeIs(1));
    EXPECT_THAT(value_of(indexer::check_index(index_.path(), false)).problems, IsEmpty());
  }
}

TEST_F(Damage, ASidecarMadeAgainIsTheSame) {
  for (const std::string_view name :
       {schema::kColumnsFile, schema::kStreamFile, schema::kHotFile, schema::kSuggestFile}) {
    const std::string before = read_file(file(name));
    fs::remove(file(name));
    value_of(indexer::check_index(index_.path(), true));
    EXPECT_EQ(read_file(file(name)), before) << name;
  }
}

TEST_F(Damage, AChangedByteInASidecarIsFoundByCheck) {
  std::string bytes = read_file(file(schema::kColumnsFile));
  const std::size_t at = bytes.find("OpenAI");
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 'X';
  write_file(file(schema::kColumnsFile), bytes);
  EXPECT_THAT(value_of(indexer::check_index(index_.path(), false)).problems, SizeIs(1));
  EXPECT_THAT(value_of(indexer::check_index(index_.path(), true)).repaired, SizeIs(1));
  EXPECT_THAT(value_of(indexer::check_index(index_.path(), false)).problems, IsEmpty());
}

TEST_F(Damage, ARunOverDamagedSidecarsMakesThemAgain) {
  fs::remove(file(schema::kStreamFile));
  index_.add_lines("{\"id\":\"a\",\"title\":\"OpenAI encore\"}\n", "more");  // copies the part without the old one
  const auto response = index_.search(asking("\"panne de réseau\""));
  EXPECT_EQ(response.total, 1u);
}

TEST_F(Damage, ABrokenDatabaseOrStubIsAnErrorNotACrash) {
  const std::string stub = index_.path() + "/XAPIANDB", whole = read_file(stub);
  write_file(stub, "nonsense");
  EXPECT_EQ(searcher::Searcher::open(index_.path()).error().code, ErrorCode::kIndexDamaged);
  EXPECT_EQ(indexer::check_index(index_.path(), false).error().code, ErrorCode::kIndexDamaged);
  EXPECT_EQ(index_.try_run({index_.in("articles")}).error().code, ErrorCode::kIndexDamaged);
  EXPECT_EQ(read_file(stub), "nonsense");  // nothing is written over it

  write_file(stub, whole + "auto part-none\n");
  EXPECT_EQ(searcher::Searcher::open(index_.path()).error().code, ErrorCode::kIndexDamaged);
  EXPECT_THAT(value_of(indexer::check_index(index_.path(), true)).problems, SizeIs(1));

  write_file(stub, whole);
  const std::string postings = file("postlist.glass"), good = read_file(postings);
  write_file(postings, good.substr(0, good.size() / 2));
  EXPECT_THAT(value_of(indexer::check_index(index_.path(), false)).problems, SizeIs(1));
  write_file(postings, good);
  EXPECT_THAT(value_of(indexer::check_index(index_.path(), false)).problems, IsEmpty());
}

}  // namespace
}  // namespace depeche::test
