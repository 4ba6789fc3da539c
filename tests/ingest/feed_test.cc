#include <gtest/gtest.h>

#include "tests/ingest/ingest_testing.hh"

namespace depeche::ingest {
namespace {

Collector parse(std::string xml) {
  return parse_one(Format::kFeed, std::move(xml), {.french_only = false});
}

std::string rss(const std::string& items, const std::string& head = {}) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">)"
         "<channel><title>Le Journal</title><link>https://www.exemple.fr/</link>" +
         head + items + "</channel></rss>";
}

TEST(Feed, Rss2WithContent) {
  const Collector out = parse(
      rss("<item><title><![CDATA[L'IA &amp; nous]]></title><link>/2024/10/a.html?utm_source=rss</link>"
          "<guid isPermaLink=\"false\">42</guid><pubDate>jeu., 03 oct. 2024 10:15:00 +0200</pubDate>"
          "<dc:creator>Jeanne Kervella</dc:creator><category>IA</category><category><![CDATA[Puces]]></category>"
          "<description>Le résumé.</description><content:encoded><![CDATA[<p>Un "
          "&eacute;t&eacute;.</p><figure><figcaption>Une "
          "légende</figcaption></figure><p>Lire aussi : <a href='/b'>autre "
          "chose</a></p><p>Deux.</p><p>L’article <a href='/a'>L’IA</a> est apparu en premier sur <a href='/'>Le "
          "Journal</a>.</p>]]></content:encoded></item>"));
  ASSERT_EQ(out.articles.size(), 1U);
  const Article& article = out.articles[0];
  EXPECT_EQ(article.title, "L'IA & nous");
  EXPECT_EQ(article.url, "https://www.exemple.fr/2024/10/a.html");
  EXPECT_EQ(article.id, article.url);
  EXPECT_EQ(iso(article), "2024-10-03T10:15:00+02:00");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Jeanne Kervella"});
  EXPECT_EQ(article.given.at("topic"), (std::vector<std::string>{"IA", "Puces"}));
  EXPECT_EQ(article.source, "Le Journal");
  EXPECT_EQ(article.text, "Un été.\n\nDeux.");
  EXPECT_EQ(article.extra, R"("description":"Le résumé.")");
}

TEST(Feed, Rss1AndAtom) {
  const Collector rdf = parse(
      R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">)"
      R"(<channel rdf:about="https://e.fr/"><title>E</title><link>https://e.fr/</link></channel>)"
      R"(<item rdf:about="https://e.fr/1"><title>Un</title><link>https://e.fr/1</link><dc:date>2024-10-03T08:00:00+02:00</dc:date>)"
      R"(<dc:subject>IA</dc:subject><description>Texte.</description></item></rdf:RDF>)");
  ASSERT_EQ(rdf.articles.size(), 1U);
  EXPECT_EQ(iso(rdf.articles[0]), "2024-10-03T08:00:00+02:00");
  EXPECT_EQ(rdf.articles[0].text, "Texte.");
  EXPECT_EQ(rdf.articles[0].source, "E");

  const Collector atom = parse(
      R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://e.fr/"><title>E</title><author><name>Maud</name></author>)"
      R"(<entry><id>tag:e.fr,2024:1</id><title type="html">A &amp;amp; B</title><link rel="self" href="/self"/><link href="x/1"/>)"
      R"(<published>2024-10-03T10:00:00+02:00</published><updated>2024-10-05T10:00:00Z</updated><category term="ia" label="IA"/>)"
      R"(<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un <b>mot</b>.</p><p>Deux.</p></div></content></entry></feed>)");
  ASSERT_EQ(atom.articles.size(), 1U);
  const Article& entry = atom.articles[0];
  EXPECT_EQ(entry.id, "tag:e.fr,2024:1");
  EXPECT_EQ(entry.title, "A & B");
  EXPECT_EQ(entry.url, "https://e.fr/x/1");
  EXPECT_EQ(iso(entry), "2024-10-03T10:00:00+02:00");
  EXPECT_EQ(entry.text, "Un mot.\n\nDeux.");
  EXPECT_EQ(entry.authors, std::vector<std::string>{"Maud"});
}

TEST(Feed, BadItemsAreRejectedAloneAndPodcastsSkipped) {
  const std::string good = "<item><title>Bon</title><link>https://e.fr/b</link><pubDate>2024-10-03</pubDate></item>";
  const Collector out = parse(rss(good + "<item><title>Mal <b>fermé</title></item>" + good +
                                  "<item><title>Épisode 3</title><enclosure url=\"a.mp3\" "
                                  "type=\"audio/mpeg\"/><itunes:duration>12:00</itunes:duration></item>" +
                                  "<item></item>"));
  EXPECT_EQ(out.articles.size(), 2U);
  ASSERT_EQ(out.rejected.size(), 2U);
  EXPECT_EQ(out.rejected[0].where, "test#2");
  EXPECT_EQ(out.rejected[1].where, "test#5");
  ASSERT_EQ(out.skipped.size(), 1U);
  EXPECT_EQ(out.skipped[0].why, "is a podcast");
}

TEST(Feed, WholeItemsOfACutFeedAreKept) {
  const std::string item = "<item><title>Un</title><link>https://e.fr/1</link></item>";
  const std::string whole = rss(item + "<item><title>Deux</title><link>https://e.fr/2</link></item>");
  const Collector out = parse(whole.substr(0, whole.find("Deux") + 2));
  ASSERT_EQ(out.articles.size(), 1U);
  EXPECT_EQ(out.articles[0].title, "Un");
  ASSERT_EQ(out.rejected.size(), 1U);
  EXPECT_EQ(out.rejected[0].why, "the item is cut off");
}

TEST(Feed, WrongEncodingsAndForbiddenCharacters) {
  EXPECT_EQ(parse("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss><channel><item><title>\xC9t\xE9 \x0B"
                  "br\xFBlant \xE0 Orl\xE9"
                  "ans</title></item></channel></rss>")
                .articles.at(0)
                .title,
            "Été brûlant à Orléans");
  EXPECT_EQ(parse("<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><rss><channel><item><title>5 "
                  "\xA4</title></item></channel></rss>")
                .articles.at(0)
                .title,
            "5 €");
  EXPECT_EQ(parse("<rss><channel><item><title>R&D à 5 % &nbsp;&hellip;</title></item></channel></rss>")
                .articles.at(0)
                .title,
            "R&D à 5 % \u00A0…");
}

TEST(Feed, RelativeAndUnreadableDates) {
  const std::string head = "<lastBuildDate>Thu, 03 Oct 2024 10:15:00 GMT</lastBuildDate>";
  const Collector out =
      parse(rss("<item><title>a</title><pubDate>il y a 2 jours</pubDate></item>"
                "<item><title>b</title><pubDate>bientôt</pubDate></item>"
                "<item><title>c</title><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item>",
                head));
  ASSERT_EQ(out.articles.size(), 3U);
  EXPECT_EQ(iso(out.articles[2]), "");
  EXPECT_EQ(iso(out.articles[0]), "2024-10-01");
  EXPECT_EQ(iso(out.articles[1]), "");
  EXPECT_EQ(out.articles[1].extra, R"("date":"bientôt")");
}

TEST(Feed, EntityBombsExpandToNothing) {
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\">";
  for (char c = 'b'; c < 'z'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"" + std::string(1, '&') + static_cast<char>(c - 1) + ";&" +
            static_cast<char>(c - 1) + ";\">";
  }
  bomb += "]><rss><channel><item><title>Titre &y;</title><link>https://e.fr/1</link></item></channel></rss>";
  const Collector out = parse(bomb);
  ASSERT_EQ(out.articles.size(), 1U);
  EXPECT_LT(out.articles[0].title.size(), 20U);
}

}  // namespace
}  // namespace depeche::ingest
