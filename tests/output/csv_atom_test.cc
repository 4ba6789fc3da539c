#include <gtest/gtest.h>

#include "output/atom.hh"
#include "output/csv.hh"
#include "output/xml.hh"
#include "tests/support/fake_searcher.hh"

namespace depeche::output {
namespace {

TEST(Csv, Cells) {
  struct Case {
    std::string_view text, cell;
  };
  for (const auto& [text, cell] : std::vector<Case>{
           {"plain", "plain"},
           {"a,b", "\"a,b\""},
           {"say \"x\"", "\"say \"\"x\"\"\""},
           {"two\nlines", "\"two\nlines\""},
           {"=1+1", "'=1+1"},
           {"@cmd", "'@cmd"},
           {"-2", "'-2"},
           {"+3,4", "\"'+3,4\""},
           {"", ""},
       }) {
    EXPECT_EQ(csv_cell(text), cell);
  }
}

TEST(Csv, OneRowAHit) {
  testing::FakeSearcher searcher;
  const auto response = searcher.search({});
  const std::string csv = hits_csv(response->hits, 1, true);
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBFrank,id,title,date,url,score,snippet,org,"));
  std::size_t rows = 0;
  for (auto at = csv.find("\r\n"); at != csv.npos; at = csv.find("\r\n", at + 2)) ++rows;
  EXPECT_EQ(rows, response->hits.size() + 1);
}

TEST(Xml, EscapesAndDropsWhatXmlDoesNotKnow) {
  EXPECT_EQ(escaped("<a href=\"x\">&'é\x01\x1B\uFFFE\t"), "&lt;a href=&quot;x&quot;&gt;&amp;'é\t");
}

TEST(Atom, FeedOfHits) {
  testing::FakeSearcher searcher;
  auto state = state_from_parameters(parse_parameters("q=fonds"));
  const auto response = searcher.search(state->request);
  const std::string feed = search_atom(*state, *response, "http://127.0.0.1:8080", "2026-01-01T00:00:00Z");
  EXPECT_TRUE(feed.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"));
  EXPECT_NE(feed.find("<updated>2024-10-03T00:00:00Z</updated>"), feed.npos);
  EXPECT_NE(feed.find("<id>http://127.0.0.1:8080/article/fil/record.txt</id>"), feed.npos);
  EXPECT_NE(feed.find("rel=\"via\" type=\"text/html\" href=\"https://exemple.invalid/record\""), feed.npos);
  EXPECT_EQ(feed.find("javascript:"), feed.npos);
  EXPECT_EQ(feed.find("<script>"), feed.npos);
}

}  // namespace
}  // namespace depeche::output
