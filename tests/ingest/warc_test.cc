#include <gtest/gtest.h>

#include "tests/ingest/ingest_testing.hh"

namespace depeche::ingest {
namespace {

const std::string kBody =
    "<html><head><title>Titre</title></head><body><article><p>Une phrase assez longue pour compter comme du texte "
    "courant, avec sa "
    "fin.</p></article></body></html>";

std::string http(const std::string& body, const std::string& headers = {}) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + headers + "\r\n" + body;
}

std::string record(const std::string& block, const std::string& url, std::ptrdiff_t wrong_by = 0,
                   const std::string& type = "response") {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + url +
         "\r\nWARC-Date: 2024-10-03T10:00:00Z\r\nContent-Type: application/http; "
         "msgtype=response\r\nContent-Length: " +
         std::to_string(static_cast<std::ptrdiff_t>(block.size()) + wrong_by) + "\r\n\r\n" + block + "\r\n\r\n";
}

Collector read(const std::string& bytes, const std::string& name = "a.warc") {
  const TempFolder folder;
  return read_all({folder.write(name, bytes)}, {.french_only = false});
}

std::vector<std::string> ids(const Collector& out) {
  std::vector<std::string> list;
  for (const Article& article : out.articles) list.push_back(article.id);
  return list;
}

const std::vector<std::string> kBoth{"https://e.fr/1", "https://e.fr/2"};

TEST(Warc, RecordsAreReadOneByOne) {
  const std::string info = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n";
  const std::string file = info + record(http(kBody), "https://e.fr/1") +
                           record("GET / HTTP/1.1\r\n\r\n", "https://e.fr/1", 0, "request") +
                           record(http(kBody), "<https://e.fr/2>");
  for (const Collector& out :
       {read(file), read(gzip(file), "a.warc.gz"), read(zstd(file), "a.warc.zst"),
        read(gzip(info) + gzip(record(http(kBody), "https://e.fr/1")) + gzip(record(http(kBody), "https://e.fr/2")),
             "b.warc.gz")}) {
    EXPECT_EQ(ids(out), kBoth);
    EXPECT_TRUE(out.rejected.empty());
    EXPECT_EQ(out.articles.at(0).title, "Titre");
    // The page states no date: the crawl's stands in, and is said to.
    EXPECT_EQ(iso(out.articles.at(0)), "2024-10-03");
    EXPECT_EQ(out.articles.at(0).extra, R"("date_from":"crawl")");
  }
}

TEST(Warc, WrongLengthsSpoilNothing) {
  for (const std::ptrdiff_t wrong_by : {-50, -1, 1, 40, 100000}) {
    const Collector out =
        read(record(http(kBody), "https://e.fr/1", wrong_by) + record(http(kBody), "https://e.fr/2"));
    EXPECT_EQ(ids(out), kBoth) << wrong_by;
  }
  std::string none = record(http(kBody), "https://e.fr/1");
  none.replace(none.find("Content-Length"), 14, "X-Other-Header");
  EXPECT_EQ(ids(read(none + record(http(kBody), "https://e.fr/2"))), kBoth);
}

TEST(Warc, RubbishBetweenRecordsIsRejectedWithItsOffset) {
  const std::string first = record(http(kBody), "https://e.fr/1");
  const Collector out = read(first + "rubbish\r\nmore\r\n" + record(http(kBody), "https://e.fr/2"));
  // The length of the first is doubted, since no record follows it: its end is found by the next one.
  EXPECT_EQ(ids(out), kBoth);
  const Collector bad = read("WARC/1.0\r\nno blank line here\r\n");
  ASSERT_EQ(bad.rejected.size(), 1U);
  EXPECT_TRUE(bad.rejected[0].where.ends_with("a.warc@0")) << bad.rejected[0].where;
}

TEST(Warc, WholeRecordsBeforeACutAreKept) {
  const std::string first = record(http(kBody), "https://e.fr/1");
  const std::string both = first + record(http(kBody), "https://e.fr/2");
  const Collector plain = read(both.substr(0, both.size() - 60));
  EXPECT_EQ(ids(plain), std::vector<std::string>{"https://e.fr/1"});
  EXPECT_EQ(plain.rejected.size(), 1U);
  const std::string packed = gzip(first) + gzip(record(http(kBody), "https://e.fr/2"));
  const Collector cut = read(packed.substr(0, packed.size() - 40), "a.warc.gz");
  EXPECT_EQ(ids(cut), std::vector<std::string>{"https://e.fr/1"});
  EXPECT_FALSE(cut.rejected.empty());
}

TEST(Warc, BodiesInTransferAndContentEncodings) {
  const std::string chunked =
      "20\r\n" + kBody.substr(0, 32) + "\r\n" + "400;x=1\r\n" + kBody.substr(32) + "\r\n0\r\n\r\n";
  const std::string chunk_header = "Transfer-Encoding: chunked\r\n";
  for (const std::string& message :
       {http(chunked, chunk_header), http(kBody, chunk_header), http(gzip(kBody), "Content-Encoding: gzip\r\n"),
        http(kBody, "Content-Encoding: gzip\r\n"), http(kBody, "Content-Encoding: br\r\n")}) {
    const Collector out = read(record(message, "https://e.fr/1"));
    ASSERT_EQ(out.articles.size(), 1U);
    EXPECT_NE(out.articles[0].text.find("Une phrase assez longue"), std::string::npos);
  }
}

TEST(Warc, WhatIsNoPageIsSkipped) {
  const Collector out =
      read(record("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>", "https://e.fr/1") +
           record("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG", "https://e.fr/2"));
  EXPECT_TRUE(out.articles.empty());
  EXPECT_TRUE(out.rejected.empty());
  EXPECT_EQ(out.skipped.size(), 2U);
}

TEST(Warc, RecordsBeyondTheLimitAreRejectedAlone) {
  const TempFolder folder;
  const std::string large = record(http(kBody + std::string(3 << 20, 'x')), "https://e.fr/0");
  const std::string file =
      folder.write("a.warc", large + record(http(kBody), "https://e.fr/1") + record(http(kBody), "https://e.fr/2"));
  const Collector out = read_all({file}, {.french_only = false, .max_record_bytes = 1 << 20});
  EXPECT_EQ(ids(out), kBoth);
  ASSERT_EQ(out.rejected.size(), 1U);
  EXPECT_NE(out.rejected[0].why.find("larger"), std::string::npos);
}

}  // namespace
}  // namespace depeche::ingest
