#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/ingest/ingest_testing.hh"

namespace depeche::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> ids(const Collector& out) {
  std::vector<std::string> list;
  for (const Article& article : out.articles) list.push_back(article.id);
  return list;
}

TEST(Reader, FoldersAreWalkedInOrderWithIdsAndSources) {
  const TempFolder folder;
  folder.write("corpus/b.txt", "Bravo.");
  folder.write("corpus/a.txt", "Alfa.");
  folder.write("corpus/Le Fil/c.txt", "Charlie.");
  folder.write("corpus/notes.md", "Delta.");
  folder.write("corpus/x.png", "Echo.");
  const Collector out = read_all({folder.path("corpus/")});
  EXPECT_THAT(ids(out), ElementsAre("corpus/Le Fil/c.txt", "corpus/a.txt", "corpus/b.txt"));
  EXPECT_EQ(out.articles[0].source, "Le Fil");
  EXPECT_EQ(out.articles[1].source, "");
  EXPECT_EQ(out.passed_over, 2U);
  EXPECT_THAT(out.covered, ElementsAre("corpus"));
  EXPECT_TRUE(out.rejected.empty());
}

TEST(Reader, AFileNamedAloneHasTheIdItsFolderWouldGive) {
  const TempFolder folder;
  EXPECT_THAT(ids(read_all({folder.write("corpus/notes.md", "Alfa.")})), ElementsAre("corpus/notes.md"));
}

TEST(Reader, MissingPathsAreNamed) {
  const TempFolder folder;
  const Collector out = read_all({folder.path("nothing"), folder.write("a.txt", "Alfa.")});
  EXPECT_EQ(out.articles.size(), 1U);
  EXPECT_THAT(out.missing, ElementsAre(folder.path("nothing")));
  ASSERT_EQ(out.rejected.size(), 1U);
}

TEST(Reader, LinksAreNotFollowedAndPipesNotOpened) {
  const TempFolder folder;
  folder.write("in/a.txt", "Alfa.");
  std::filesystem::create_directory_symlink("..", folder.path("in/loop"));
  std::filesystem::create_symlink("/etc/passwd", folder.path("in/b.txt"));
  ASSERT_EQ(::mkfifo(folder.path("in/c.txt").c_str(), 0600), 0);
  const Collector out = read_all({folder.path("in")});
  EXPECT_THAT(ids(out), ElementsAre("in/a.txt"));
  EXPECT_EQ(out.passed_over, 3U);
}

TEST(Reader, ContentDecidesTheFormat) {
  const TempFolder folder;
  const std::string page = "<!DOCTYPE html><title>Titre</title><p>Bonjour à tous les lecteurs.</p>";
  folder.write("in/a.txt", R"({"id":"j","text":"Alfa."})");
  folder.write("in/b.xml", page);
  folder.write(
      "in/c.html",
      "<?xml version=\"1.0\"?><rss><channel><item><title>Un</title><guid>urn:1</guid></item></channel></rss>");
  folder.write("in/d.jsonl", gzip(R"({"id":"z","text":"Alfa."})"));
  const Collector out = read_all({folder.path("in")});
  EXPECT_THAT(ids(out), ElementsAre("j", "in/b.xml", "urn:1", "z"));
  EXPECT_EQ(out.articles[1].title, "Titre");
}

TEST(Reader, WhatIsNoArticleIsRejectedWithAReason) {
  struct Row {
    std::string name;
    std::string bytes;
    std::string why;
  };
  const std::vector<Row> rows{{"a.txt", "%PDF-1.7 …", "PDF"},
                              {"b.txt", std::string("\x89PNG\r\n\x1a\n\0\0", 10), "PNG"},
                              {"c.txt", std::string("abc\0\1\2", 6), "binary"},
                              {"d.xml", "<?xml version=\"1.0\"?><urlset><url/></urlset>", "<urlset>"},
                              {"e.xml", "texte", "no feed"},
                              {"f.xml", "", "empty"},
                              {"g.warc", "texte", "no WARC"},
                              {"h.tar", "texte", "no archive"},
                              {"i.html", "", "empty"},
                              {"j.txt", "", "empty"}};
  const TempFolder folder;
  for (const Row& row : rows) folder.write("in/" + row.name, row.bytes);
  const Collector out = read_all({folder.path("in")});
  EXPECT_TRUE(out.articles.empty());
  ASSERT_EQ(out.rejected.size(), rows.size());
  for (const Row& row : rows) {
    const auto found = std::find_if(out.rejected.begin(), out.rejected.end(),
                                    [&](const Message& m) { return m.where.ends_with(row.name); });
    ASSERT_NE(found, out.rejected.end()) << row.name;
    EXPECT_THAT(found->why, HasSubstr(row.why)) << row.name;
  }
}

TEST(Reader, CompressionAndArchivesOfAnyOfThem) {
  const std::string line = "{\"id\":\"a\",\"text\":\"Alfa.\"}\n{\"id\":\"b\",\"text\":\"Bravo.\"}\n";
  const std::vector<Member> members{
      {"2024/Le Fil/été.txt", "date 2024-10-03 Charlie."}, {"l.jsonl.gz", gzip(line)}, {"x.png", "no"}};
  for (const bool zip : {false, true}) {
    const TempFolder folder;
    const std::string packed = pack(members, zip);
    folder.write("in/a.tar", packed);
    const Collector out = read_all({folder.path("in")});
    EXPECT_THAT(ids(out), ElementsAre("in/a.tar/2024/Le Fil/été.txt", "a", "b"));
    EXPECT_EQ(out.articles[0].source, "Le Fil");
    EXPECT_EQ(out.places[2], folder.path("in/a.tar") + "/l.jsonl.gz:2");
    EXPECT_EQ(out.passed_over, 1U);
    EXPECT_TRUE(out.rejected.empty());

    const TempFolder packed_folder;
    EXPECT_EQ(read_all({packed_folder.write("b.zst", zstd(packed))}).articles.size(), 3U);
    EXPECT_EQ(read_all({packed_folder.write("c.gz", gzip(packed))}).articles.size(), 3U);
  }
}

TEST(Reader, NamesThatLeaveAnArchiveAreRejectedAndLinksPassedOver) {
  const TempFolder folder;
  const std::string file = folder.write("a.tar", pack({{"../../etc/a.txt", "Alfa."},
                                                       {"/abs.txt", "Bravo."},
                                                       {"l.txt", "", "/etc/passwd"},
                                                       {"good.txt", "Charlie."}},
                                                      false));
  const Collector out = read_all({file});
  ASSERT_EQ(out.articles.size(), 1U);
  EXPECT_EQ(out.articles[0].text, "Charlie.");
  EXPECT_EQ(out.rejected.size(), 2U);
  EXPECT_EQ(out.passed_over, 1U);
}

TEST(Reader, BombsAreCut) {
  const TempFolder folder;
  std::string line = "{\"id\":\"a\",\"text\":\"" + std::string(900, 'a') + "\"}\n";
  std::string many;
  while (many.size() < (80u << 20)) many += line;
  // Not the lines but what they are packed in is refused; those before the cut are kept.
  const Collector out = read_all({folder.write("a.jsonl.gz", gzip(many))}, {.max_unpacked_ratio = 20});
  ASSERT_EQ(out.rejected.size(), 1U);
  EXPECT_THAT(out.rejected[0].why, HasSubstr("more than 20 times"));
  const Collector zip = read_all({folder.write(
      "b.zip", pack({{"a.txt", std::string(60u << 20, 'a')}, {"b.txt", std::string(60u << 20, 'b')}}, true))});
  EXPECT_FALSE(zip.rejected.empty());
  EXPECT_LE(zip.articles.size(), 1U);
}

TEST(Reader, ArchivesWithinArchivesEndSomewhere) {
  std::string packed = pack({{"a.txt", "Alfa."}}, false);
  for (int i = 0; i < 6; ++i) packed = pack({{"n.tar", packed}}, false);
  const TempFolder folder;
  const Collector out = read_all({folder.write("n.tar", packed)});
  EXPECT_TRUE(out.articles.empty());
  ASSERT_EQ(out.rejected.size(), 1U);
  EXPECT_THAT(out.rejected[0].why, HasSubstr("nested too deeply"));
}

TEST(Reader, TruncatedAndDamagedGzip) {
  std::string lines;
  for (int i = 0; i < 5000; ++i)
    lines += "{\"id\":\"" + std::to_string(i * 7919) + "\",\"text\":\"Alfa " + std::to_string(i * 104729) + "\"}\n";
  const std::string packed = gzip(lines);
  const TempFolder folder;
  const Collector cut = read_all({folder.write("a.jsonl.gz", packed.substr(0, packed.size() / 2))});
  EXPECT_GT(cut.articles.size(), 1500U);
  ASSERT_EQ(cut.rejected.size(), 1U);
  EXPECT_THAT(cut.rejected[0].why, HasSubstr("cut off"));

  const Collector whole_file = read_all({folder.write("b.txt.gz", gzip("Un texte.").substr(0, 20))});
  EXPECT_TRUE(whole_file.articles.empty());
  EXPECT_EQ(whole_file.rejected.size(), 1U);

  std::string damaged = packed;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  const Collector out = read_all({folder.write("c.jsonl.gz", damaged)});
  EXPECT_FALSE(out.rejected.empty());
  EXPECT_GT(out.articles.size(), 1500U);
}

TEST(Reader, LongLinesAndManyBlocksKeepTheirNumbers) {
  std::string file;
  for (int i = 1; i <= 40000; ++i)
    file +=
        i == 30000 ? "nonsense\n" : "{\"id\":" + std::to_string(i) + ",\"text\":\"Alfa Bravo Charlie Delta Echo\"}\n";
  file += "{\"id\":\"long\",\"text\":\"" + std::string(10u << 20, 'a') + "\"}\n{\"id\":\"last\",\"text\":\"b\"}";
  const TempFolder folder;
  const std::string path = folder.write("a.jsonl", file);
  const Collector out = read_all({path});
  EXPECT_EQ(out.articles.size(), 40001U);
  ASSERT_EQ(out.rejected.size(), 1U);
  EXPECT_EQ(out.rejected[0].where, path + ":30000");
  EXPECT_EQ(out.places.back(), path + ":40002");

  const Collector small = read_all({path}, {.max_record_bytes = 2u << 20});
  EXPECT_EQ(small.articles.size(), 40000U);
  ASSERT_EQ(small.rejected.size(), 2U);
  EXPECT_EQ(small.rejected[1].where, path + ":40001");
}

TEST(Reader, ManyEmptyFilesAreQuick) {
  const TempFolder folder;
  std::vector<Member> members(10000);
  for (std::size_t i = 0; i < members.size(); ++i) members[i].name = std::to_string(i) + ".txt";
  const Collector out = read_all({folder.write("a.tar", pack(members, false))});
  EXPECT_TRUE(out.articles.empty());
  EXPECT_EQ(out.rejected.size(), members.size());
}

}  // namespace
}  // namespace depeche::ingest
