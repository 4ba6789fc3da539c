#include "ingest/url.hh"

#include <gtest/gtest.h>

namespace depeche::ingest {
namespace {

TEST(Url, Resolution) {
  struct Row {
    std::string_view reference;
    std::string_view base;
    std::string_view url;
  };
  constexpr auto kRows = std::to_array<Row>({
      {"/a/b", "https://e.fr/x/y", "https://e.fr/a/b"},
      {"b", "https://e.fr/x/y", "https://e.fr/x/b"},
      {"../b?q=1", "https://e.fr/x/y/z", "https://e.fr/x/b?q=1"},
      {"//cdn.fr/b", "https://e.fr/x", "https://cdn.fr/b"},
      {"?p=2", "https://e.fr/x?p=1", "https://e.fr/x?p=2"},
      {"https://autre.fr/", "https://e.fr/", "https://autre.fr/"},
      {"javascript:alert(1)", "https://e.fr/", "javascript:alert(1)"},
      {"b", "", "b"},
      {"b", "https://e.fr", "https://e.fr/b"},
      {"../../../b", "https://e.fr/x", "https://e.fr/b"},
  });
  for (const Row& row : kRows) EXPECT_EQ(resolve_url(row.reference, row.base), row.url) << row.reference;
}

TEST(Url, CanonicalFormAndHost) {
  EXPECT_EQ(canonical_url("https://e.fr/a?utm_source=rss&id=3&fbclid=x#haut"), "https://e.fr/a?id=3");
  EXPECT_EQ(canonical_url("https://e.fr/a?xtor=RSS-1"), "https://e.fr/a");
  EXPECT_EQ(host_of("https://www.Exemple.fr:8080/a"), "exemple.fr");
  EXPECT_EQ(host_of("mailto:a@e.fr"), "");
  EXPECT_FALSE(is_web_url("javascript:alert(1)"));
}

}  // namespace
}  // namespace depeche::ingest
