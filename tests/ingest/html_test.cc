#include "ingest/html.hh"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ingest/ingest_testing.hh"

namespace depeche::ingest {
namespace {

Article page(std::string_view html, std::string_view url = "https://www.exemple.fr/a") {
  const auto article = read_page(html, {.url = url, .encoding = {}, .fetched = parse_date("2024-10-05")});
  EXPECT_TRUE(article) << (article ? "" : article.error().message);
  return article ? *article : Article{};
}

TEST(Html, JsonLdGraphAndReferences) {
  const Article article = page(
      R"(<html lang="fr"><script type="application/ld+json">{"@context":"https://schema.org","@graph":[
      {"@type":"WebSite","name":"Site"},{"@type":["Article","NewsArticle"],"headline":"Un titre &amp; demi",
      "datePublished":"2024-10-03T08:15:00+02:00","dateModified":"2024-10-04","author":[{"@id":"#p"},{"@type":"Person","name":"B"}],
      "publisher":{"name":"Le Journal"},"articleSection":["Tech","IA"],"keywords":"x","isAccessibleForFree":"False"},
      {"@type":"Person","@id":"#p","name":"A"}]}</script><p>Texte.</p>)");
  EXPECT_EQ(article.title, "Un titre & demi");
  EXPECT_EQ(iso(article), "2024-10-03T08:15:00+02:00");
  EXPECT_EQ(article.authors, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(article.source, "Le Journal");
  EXPECT_EQ(article.given.at("topic"), (std::vector<std::string>{"Tech", "IA"}));
  EXPECT_THAT(article.extra, ::testing::HasSubstr(R"("paywalled":true)"));
  EXPECT_THAT(article.extra, ::testing::HasSubstr(R"("modified":"2024-10-04")"));
  EXPECT_EQ(article.url, "https://www.exemple.fr/a");
}

TEST(Html, PaywallsAreMarked) {
  const std::string_view kMark = R"("paywalled":true)";
  EXPECT_THAT(page("<p>Texte.</p><p>Cet article est réservé aux abonnés</p>").extra, ::testing::HasSubstr(kMark));
  EXPECT_THAT(page("<p>Texte.</p><p>Il vous reste 72 % de cet article à lire.</p>").extra,
              ::testing::HasSubstr(kMark));
  EXPECT_THAT(page("<p>Un article sur les abonnés de Netflix.</p>").extra,
              ::testing::Not(::testing::HasSubstr(kMark)));
}

TEST(Html, CanonicalAddresses) {
  EXPECT_EQ(page(R"(<link rel="canonical" href="/b?utm_source=x"><p>Texte.)").url, "https://www.exemple.fr/b");
  EXPECT_EQ(page(R"(<meta property="og:url" content="https://autre.fr/c#d"><p>Texte.)").url, "https://autre.fr/c");
  EXPECT_EQ(page(R"(<link rel="canonical" href="https://www.exemple.fr/"><p>Texte.)").url,
            "https://www.exemple.fr/a");
  EXPECT_EQ(page("<p>Texte.", "").url, "");
}

TEST(Html, TitlesWithoutTheSite) {
  EXPECT_EQ(page("<title>Une histoire de puces | Le Journal</title><p>Texte.").title, "Une histoire de puces");
  EXPECT_EQ(page("<title>Une histoire de puces - Exemple.fr</title><p>Texte.").title, "Une histoire de puces");
  EXPECT_EQ(page("<title>Accueil</title><h1>Le Journal</h1><p>Texte.").title, "Accueil");
  EXPECT_EQ(page(R"(<meta property="og:title" content="L&#039;&amp;eacute;t&amp;eacute;"><p>Texte.)").title, "L'été");
  EXPECT_EQ(
      page(
          R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"Une histoire de puces qui n'en finit"}</script>
                 <h1>Une histoire de puces qui n'en finit pas de finir</h1><p>Texte.)")
          .title,
      "Une histoire de puces qui n'en finit pas de finir");
}

TEST(Html, DatesInOrderOfTrust) {
  EXPECT_EQ(
      iso(page(
          R"(<meta property="article:published_time" content="2024-10-03T10:00:00Z"><time datetime="2024-01-01">x</time>)")),
      "2024-10-03T10:00:00Z");
  EXPECT_EQ(
      iso(page(
          "<nav><time datetime='2024-01-01'></time></nav><h1>T</h1><time datetime='2024-10-03'>3 oct.</time><p>x")),
      "2024-10-03");
  EXPECT_EQ(iso(page("<h1>Un titre</h1><p>Publié le 3 octobre 2024 à 10h15</p><p>x")), "2024-10-03T10:15");
  EXPECT_EQ(iso(page("<h1>T</h1><p>x", "https://e.fr/2024/10/03/titre")), "2024-10-03");
  EXPECT_EQ(iso(page("<h1>T</h1><p>il y a 2 jours</p>")), "2024-10-03");
  // The beginning of Unix time and the future are mistakes of a program: the next best is asked.
  EXPECT_EQ(
      iso(page(
          R"(<meta property="article:published_time" content="1970-01-01T00:00:00Z"><h1>T</h1><time datetime="2024-10-03">)")),
      "2024-10-03");
  EXPECT_EQ(iso(page(R"(<meta name="date" content="2099-01-01"><h1>T</h1><p>Le 3 octobre 2024</p>)")), "2024-10-03");
  EXPECT_EQ(iso(page("<h1>T</h1><p>x")), "2024-10-05");
}

TEST(Html, HostilePagesAreRefusedOrReadInBoundedTime) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  EXPECT_FALSE(read_page(deep + "Texte.", {}));
  std::string spans;
  for (int i = 0; i < 100000; ++i) spans += "<span><b>";
  EXPECT_FALSE(read_page(spans, {}));
  std::string fonts;
  for (int i = 0; i < 900; ++i) fonts += "<font color=" + std::to_string(i) + ">";
  for (int i = 0; i < 100000; ++i) fonts += "<p>x";
  EXPECT_FALSE(read_page(fonts, {}));
  EXPECT_FALSE(read_page(std::string(50u << 20, 'x'), {}));
  for (const std::string_view open : {"<a ", "<title>", "<!--", "<script ", "<x y=\"", "&amp", "<table><tr>"}) {
    std::string many;
    while (many.size() < (1u << 20)) many += open;
    (void)read_page(many, {});
  }
  // Left open as HTML allows, or closed: neither is deep.
  std::string flat;
  for (int i = 0; i < 20000; ++i) flat += "<p>Un<li>Deux<div>Trois</div><br><b>x</b>";
  EXPECT_TRUE(read_page(flat, {}));
  EXPECT_TRUE(read_page("<", {}));
  EXPECT_TRUE(read_page("<script>" + std::string(1000, '<'), {}));
}

TEST(Html, FragmentsKeepTheirParagraphs) {
  EXPECT_EQ(*fragment_text("<p>Un<br>deux.</p>Trois&nbsp;!<ul><li>a</li></ul>", {}),
            "Un\ndeux.\n\nTrois\u00A0!\n\na");
  EXPECT_EQ(*fragment_text("Sans balise.\n\nDeux.", {}), "Sans balise.\n\nDeux.");
}

TEST(Html, ForeignPagesAreSkippedUnlessAskedFor) {
  const std::string english =
      "<p>The start-up from Lyon has shown its new computing accelerator, which uses half the power of the one "
      "before. The first units "
      "will be delivered in the spring, and the management counts on three industrial customers for the coming "
      "year.</p>";
  EXPECT_EQ(parse_one(Format::kHtml, english + english).skipped.size(), 1U);
  EXPECT_EQ(parse_one(Format::kHtml, english + english, {.french_only = false}).articles.size(), 1U);
}

}  // namespace
}  // namespace depeche::ingest
