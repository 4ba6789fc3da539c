#include "indexer/content_hash.hh"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace depeche::indexer {
namespace {

Article sample() {
  Article a;
  a.id = "1";
  a.title = "Titre";
  a.text = "Texte";
  a.url = "https://e.fr";
  a.source = "AFP";
  a.authors = {"Jeanne", "Paul"};
  a.date = parse_date("2024-10-02");
  a.given["org"] = {"OpenAI"};
  a.extra = "\"x\":1";
  return a;
}

TEST(ContentHash, DependsOnEverythingThatAnArticleSays) {
  const std::function<void(Article&)> changes[] = {
      [](Article& a) { a.id = "2"; },
      [](Article& a) { a.title += "s"; },
      [](Article& a) { a.text += "s"; },
      [](Article& a) { a.url.clear(); },
      [](Article& a) { a.source = "Reuters"; },
      [](Article& a) { a.authors = {"Jeanne"}; },
      [](Article& a) { a.authors = {"JeannePaul"}; },
      [](Article& a) { a.date.reset(); },
      [](Article& a) { a.date = parse_date("2024-10"); },
      [](Article& a) { a.date = parse_date("2024-10-02T08:00"); },
      [](Article& a) { a.given["org"].clear(); },
      [](Article& a) { a.given.clear(); },
      [](Article& a) { a.given["person"] = {}; },
      [](Article& a) { a.extra = "\"x\":2"; },
      [](Article& a) { std::swap(a.title, a.text); },
      [](Article& a) { a.title += a.text, a.text.clear(); },
  };
  std::set<std::uint64_t> hashes = {content_hash(sample(), "rules"), content_hash(sample(), "other rules")};
  for (const auto& change : changes) {
    Article article = sample();
    change(article);
    EXPECT_TRUE(hashes.insert(content_hash(article, "rules")).second);
  }
  EXPECT_EQ(content_hash(sample(), "rules"), content_hash(sample(), "rules"));
}

}  // namespace
}  // namespace depeche::indexer
