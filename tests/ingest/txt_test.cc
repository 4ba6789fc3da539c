#include <gtest/gtest.h>

#include "tests/ingest/ingest_testing.hh"

namespace depeche::ingest {
namespace {

struct TxtCase {
  std::string file;
  std::string date;
  std::string text;
};

TEST(Txt, SeedFormAndItsKin) {
  const std::vector<TxtCase> cases{
      {" date 2024-10 Après Tokyo, Paris.\n\n\" Nous y sommes. \"\n", "2024-10",
       "Après Tokyo, Paris.\n\n\" Nous y sommes. \""},
      {"date 2024-10-02 Une phrase.", "2024-10-02", "Une phrase."},
      {"date 2021 Une phrase.", "2021", "Une phrase."},
      {"date : 3 octobre 2024\n\nUne phrase.", "2024-10-03", "Une phrase."},
      {"Date: 2024-10-03\r\nUne phrase.\r\n\r\nUne autre.\r\n", "2024-10-03", "Une phrase.\n\nUne autre."},
      {"DATE 03/10/2024 Une phrase.", "2024-10-03", "Une phrase."},
      {"\xEF\xBB\xBF\n\n  date\t2024-10-03\tUne phrase.", "2024-10-03", "Une phrase."},
      {"date 2024-10-03T08:15:00+02:00 Une phrase.", "2024-10-03T08:15:00+02:00", "Une phrase."},
      {"Le 3 octobre 2024\nUne phrase.", "2024-10-03", "Une phrase."},
      {"Une phrase.\n \t \n\n\nUne autre.  \nsa suite", "", "Une phrase.\n\nUne autre.\nsa suite"},
      {"date de sortie repoussée pour la console.", "", "date de sortie repoussée pour la console."},
      {"2024 a été une année chargée.", "", "2024 a été une année chargée."},
      {"date 2024-13 Une phrase.", "", "Une phrase."},
      {"d\xE9j\xE0 l'\xE9t\xE9.", "", "déjà l'été."},
  };
  for (const TxtCase& row : cases) {
    const Collector out = parse_one(Format::kTxt, row.file);
    ASSERT_EQ(out.articles.size(), 1U) << row.file;
    const Article& article = out.articles[0];
    EXPECT_EQ(iso(article), row.date) << row.file;
    EXPECT_EQ(article.text, row.text);
    EXPECT_TRUE(article.title.empty());
    EXPECT_EQ(article.id, "given/test");
  }
}

TEST(Txt, AnUnreadableDateIsKeptAsItWasWritten) {
  EXPECT_EQ(parse_one(Format::kTxt, "date 2024-13 Une phrase.").articles.at(0).extra, R"("date":"2024-13")");
}

TEST(Txt, EmptyAndBinaryFilesAreRejected) {
  for (const std::string& file :
       {std::string(), std::string(" \n\n "), std::string("... !\n—"), std::string("date 2024-10-03")}) {
    const Collector out = parse_one(Format::kTxt, file);
    EXPECT_TRUE(out.articles.empty()) << file;
    ASSERT_EQ(out.rejected.size(), 1U) << file;
    EXPECT_EQ(out.rejected[0].where, "test");
  }
  EXPECT_EQ(parse_one(Format::kTxt, std::string("abc\0def\0", 8)).rejected.size(), 1U);
}

}  // namespace
}  // namespace depeche::ingest
