#include "searcher/hot_postings.hh"

#include <map>

#include <gtest/gtest.h>
#include <xapian.h>

#include "indexer/columns.hh"
#include "schema/part_layout.hh"
#include "schema/sidecar_key.hh"
#include "tests/support/temp_folder.hh"
#include "tests/support/temp_index.hh"

namespace depeche::test {
namespace {

using Model = std::map<std::string, std::map<std::uint32_t, std::uint32_t>>;  // term, document, frequency

// Documents far apart, on both sides of the blocks' edges.
Model some_postings() {
  Model model;
  for (std::uint32_t i = 0; i < 400; ++i) model["début"][i + 1] = i % 300 + 1;
  for (std::uint32_t i = 0; i < 600; ++i) model["partout"][i * 500 + 1] = i % 5 + 1;
  for (std::uint32_t i = 0; i < 300; ++i) {
    model["bords"][65'536 * (i % 3 + 1) + i - 150] = 1;
    model["fin"][300'000 - i] = 2;
  }
  for (std::uint32_t i = 0; i < 40; ++i) model["rare"][i * 7'000 + 3] = 1;
  return model;
}

void write(const std::string& path, const Model& model) {
  Xapian::WritableDatabase db(path, Xapian::DB_CREATE_OR_OVERWRITE);
  std::map<std::uint32_t, Xapian::Document> documents;
  for (const auto& [term, postings] : model) {
    for (const auto& [doc, wdf] : postings) documents[doc].add_term(term, wdf);
  }
  for (const auto& [number, document] : documents) db.replace_document(number, document);
  db.commit();
}

TEST(HotPostings, AreThoseOfTheDatabaseBlockByBlock) {
  const TempFolder folder;
  const std::string path = folder / "part";
  const Model model = some_postings();
  write(path, model);
  ASSERT_TRUE(indexer::write_hot_postings(path, false));
  const auto sidecar = schema::Sidecar::open(path + "/" + std::string(schema::kHotFile),
                                             schema::sidecar_key(Xapian::Database(path), schema::kHotFormat));
  ASSERT_TRUE(sidecar) << sidecar.error().message;
  const auto hot = searcher::HotPostings::open(*sidecar);
  ASSERT_TRUE(hot) << hot.error().message;
  EXPECT_FALSE(hot->find("rare"));
  EXPECT_FALSE(hot->find("absent"));
  for (const std::string term : {"bords", "début", "fin", "partout"}) {
    const auto postings = hot->find(term);
    ASSERT_TRUE(postings) << term;
    std::map<std::uint32_t, std::uint32_t> found;
    for (std::size_t b = 0; b < postings->blocks(); ++b) {
      const searcher::PostingBlock block = postings->block(b);
      for (std::size_t i = 0; i < block.docs.size(); ++i) {
        const std::uint32_t doc = block.base + block.docs[i];
        EXPECT_EQ(schema::hot::block_of(doc), b) << term;
        found[doc] = block.wdfs[i];
      }
    }
    auto expected = model.at(term);
    for (auto& [doc, wdf] : expected) wdf = std::min(wdf, 255u);
    EXPECT_EQ(found, expected) << term;
    EXPECT_EQ(postings->size(), expected.size()) << term;
    EXPECT_TRUE(postings->block(postings->blocks()).docs.empty()) << term;
  }
}

// More articles than a block holds.
TEST(HotPostings, AreMatchedAcrossBlocks) {
  constexpr int kArticles = 70'000;
  std::string lines;
  for (int i = 0; i < kArticles; ++i) {
    lines += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"mot" + (i % 3 == 0 ? " tiers" : "") +
             (i % 1'000 == 0 ? " millier" : "") + "\"}\n";
  }
  TempIndex index;
  index.add_lines(lines);
  const std::pair<std::string_view, std::uint64_t> rows[] = {
      {"mot", 70'000}, {"tiers", 23'334},        {"millier", 70},           {"tiers mot", 23'334},
      {"millier tiers", 24}, {"millier -tiers", 46}, {"millier OU tiers", 23'380}, {"\"mot tiers millier\"", 24},
  };
  for (const auto& [query, total] : rows) EXPECT_EQ(index.search(asking(std::string(query))).total, total) << query;
}

}  // namespace
}  // namespace depeche::test
