// Every page through Site::answer(), without a socket.
#include "web/site.hh"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "tests/support/fake_searcher.hh"
#include "web/assets.hh"

namespace depeche::web {
namespace {

using testing::FakeSearcher;

Call call_for(std::string_view target) {
  Call call;
  const auto question = target.find('?');
  call.path = output::decode_percent(target.substr(0, question), false);
  if (question != target.npos) call.query_string = target.substr(question + 1);
  call.parameters = output::parse_parameters(call.query_string);
  call.host = "127.0.0.1:8080";
  call.accept_language = "fr";
  return call;
}

struct SiteTest : ::testing::Test {
  std::shared_ptr<FakeSearcher> searcher = std::make_shared<FakeSearcher>();
  Site site{[this]() -> Result<std::shared_ptr<searcher::Searcher>> { return searcher; }};

  Reply get(std::string_view target) { return site.answer(call_for(target)); }
};

// Elements that are never closed, and those of SVG that close themselves.
bool is_void(const std::string& name) {
  for (const char* one : {"meta", "link", "input", "br", "path", "rect", "polyline"}) {
    if (name == one) return true;
  }
  return false;
}

// The first tag that does not match, or "". Enough of HTML for what our templates write.
std::string first_unbalanced(const std::string& html) {
  std::vector<std::string> open;
  static const std::regex tag("<(/?)([a-z0-9]+)((?:[^\"<>]|\"[^\"]*\")*)>");
  for (std::sregex_iterator it(html.begin(), html.end(), tag), end; it != end; ++it) {
    const std::string name = (*it)[2];
    if ((*it)[1].length() == 0) {
      if (!is_void(name)) open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "</" + name + "> at " + std::to_string(it->position());
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + ">";
}

const char* const kPages[] = {"/",
                              "/?q=",
                              "/?q=fonds",
                              "/?q=fonds&org=OpenAI&-event=implantation&date=2024&amount=50M..&page=1",
                              "/?q=fonds&why=fil/record.txt",
                              "/?q=rien",
                              "/?q=rien&org=OpenAI&date=2024",
                              "/?q=approx",
                              "/article/fil/record.txt",
                              "/article/fil/bureaux.txt",
                              "/article/hebdo/mistral.txt",
                              "/article/courrier/xss.txt",
                              "/article/sans-date",
                              "/entity/org/OpenAI",
                              "/entity/event/levee-de-fonds",
                              "/entity/source/Le%20Fil%20Num%C3%A9rique",
                              "/facets/org",
                              "/facets/org?prefix=zz",
                              "/facets/org?sort=value&limit=2",
                              "/?date=hier",
                              "/nowhere",
                              "/article/none",
                              "/entity/org/None",
                              "/?q=panne-interne"};

TEST_F(SiteTest, EveryPageIsWellFormedInBothLanguages) {
  for (const char* target : kPages) {
    for (const char* language : {"lang=fr", "lang=en"}) {
      const Reply reply = get(std::string(target) +
                              (std::string_view(target).find('?') == std::string_view::npos ? "?" : "&") + language);
      EXPECT_TRUE(reply.body.starts_with("<!DOCTYPE html><html lang=\"")) << target;
      EXPECT_EQ(first_unbalanced(reply.body), "") << target;
      EXPECT_EQ(reply.body.find("⟦"), reply.body.npos) << target << reply.body.substr(reply.body.find("⟦"), 40);
      EXPECT_EQ(reply.body.find("{{"), reply.body.npos) << target;
      EXPECT_EQ(reply.body.find(" style="), reply.body.npos) << target;
      EXPECT_EQ(reply.body.find("href=\"#\""), reply.body.npos) << target << ": a link that is no Url";
      EXPECT_EQ(reply.body.find("action=\"#\""), reply.body.npos) << target;
    }
  }
}

// What stands in one language's file is seen in no page of the other.
TEST_F(SiteTest, PagesSpeakOneLanguage) {
  const output::Strings& french = output::strings(output::Language::kFrench);
  const output::Strings& english = output::strings(output::Language::kEnglish);
  for (const char* target : kPages) {
    const std::string url =
        std::string(target) + (std::string_view(target).find('?') == std::string_view::npos ? "?" : "&") + "lang=";
    const std::string in_french = get(url + "fr").body, in_english = get(url + "en").body;
    for (const std::string& key : french.keys()) {
      const std::string &fr = french[key], &en = english[key];
      constexpr std::size_t kTelling = 8;  // shorter ones may stand in an article
      if (fr == en || fr.find('{') != fr.npos || key.starts_with("event.") || key.starts_with("kind.") ||
          key.starts_with("sorted.") || key.starts_with("other_lang"))
        continue;
      if (fr.size() >= kTelling) {
        EXPECT_EQ(in_english.find(fr), fr.npos) << url << "en: " << key << " = " << fr;
      }
      if (en.size() >= kTelling) {
        EXPECT_EQ(in_french.find(en), en.npos) << url << "fr: " << key << " = " << en;
      }
    }
  }
}

TEST_F(SiteTest, AnErrorKeepsWhatWasTyped) {
  for (const char* target : {"/?q=OpenAI+%22a%22&date=hier", "/?q=OpenAI+%22a%22&couleur=rouge"}) {
    const Reply reply = get(target);
    EXPECT_EQ(reply.status, 400) << target;
    EXPECT_NE(reply.body.find("value=\"OpenAI &quot;a&quot;\""), std::string::npos) << target;
    EXPECT_NE(reply.body.find("href=\"/?q=OpenAI+%22a%22\""), std::string::npos) << target << ": a way on";
  }
  EXPECT_NE(get("/entity/org/Aucune").body.find("href=\"/?q=Aucune\""), std::string::npos);
}

TEST_F(SiteTest, WhatRoseIsListedByItsGrowth) {
  for (int i = 0; i < 40; ++i) {
    const bool last_month = i % 4 == 0;
    auto stored = searcher->articles().front();
    stored.article.id = "rise/" + std::to_string(i);
    stored.article.date = parse_date(last_month ? "2024-10-15" : "2024-0" + std::to_string(1 + i % 9) + "-10");
    auto& people = stored.labels[schema::facet_index(schema::FieldId::kPerson)];
    people = {"Toujours Là"};
    if (last_month) people.push_back("Nouvelle Venue");
    if (last_month || i == 1) people.push_back("Revenu Souvent");
    searcher->add(std::move(stored));
  }
  const std::string body = get("/").body;
  EXPECT_NE(body.find("En hausse en octobre 2024"), body.npos);
  const auto rising = body.substr(body.find("<ol class=\"rise\">"));
  const auto newest = rising.find(">Nouvelle Venue</a>"), back = rising.find(">Revenu Souvent</a>");
  ASSERT_NE(newest, rising.npos);
  ASSERT_NE(back, rising.npos);
  EXPECT_LT(newest, back);
  EXPECT_NE(rising.find("<span class=\"n\">nouveau</span>"), rising.npos);
  EXPECT_NE(rising.find("<polyline points=\"0,30 "), rising.npos) << "a line that begins low";
  EXPECT_EQ(rising.substr(0, rising.find("</ol>")).find("Toujours Là"), rising.npos);
  EXPECT_EQ(SiteTest::get("/?lang=en").body.find("En hausse"), body.npos);
}

TEST_F(SiteTest, IdsAreUnique) {
  static const std::regex id(" id=\"([^\"]*)\"");
  for (const char* target : kPages) {
    const std::string html = get(target).body;
    std::map<std::string, int> seen;
    for (std::sregex_iterator it(html.begin(), html.end(), id), end; it != end; ++it)
      EXPECT_EQ(++seen[(*it)[1]], 1) << target << " " << (*it)[1];
  }
}

TEST_F(SiteTest, NothingOfTheDataBecomesMarkup) {
  const std::string hostile =
      "/?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&org=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E";
  for (const std::string& target :
       {hostile, std::string("/?q=fonds"), std::string("/article/courrier/xss.txt"),
        std::string("/article/hebdo/mistral.txt"), std::string("/nowhere/%3Cscript%3Ealert(1)"),
        std::string("/?sort=%3Cscript%3Ealert(1)"), std::string("/entity/org/%3Cimg%20src=x%20onerror=alert(1)%3E"),
        std::string("/facets/org?prefix=%3Cscript%3Ealert(1)")}) {
    const std::string body = get(target).body;
    EXPECT_EQ(body.find("<script>alert"), body.npos) << target;
    EXPECT_EQ(body.find("<img"), body.npos) << target;
    EXPECT_EQ(body.find("<b>balises"), body.npos) << target;
    EXPECT_EQ(body.find("\"javascript:"), body.npos) << target;
  }
  EXPECT_NE(get("/article/hebdo/mistral.txt").body.find("javascript:alert(1)"), std::string::npos) << "kept, as text";
}

TEST_F(SiteTest, Statuses) {
  struct Case {
    const char* target;
    int status;
    const char* type;
  };
  for (const auto& [target, status, type] : std::vector<Case>{
           {"/", 200, "text/html; charset=utf-8"},
           {"/?q=rien", 200, "text/html; charset=utf-8"},
           {"/?q=((", 200, "text/html; charset=utf-8"},
           {"/?date=hier", 400, "text/html; charset=utf-8"},
           {"/?limit=-1", 400, "text/html; charset=utf-8"},
           {"/search.json?q=a", 200, "application/json"},
           {"/suggest.json?prefix=open", 200, "application/json"},
           {"/suggest.json?prefix=rien", 200, "application/json"},
           {"/suggest.json", 200, "application/json"},
           {"/suggest.json?prefix=open&format=opensearch&lang=en", 200, "application/x-suggestions+json"},
           {"/suggest.json?prefix=a&limit=0", 400, "application/problem+json"},
           {"/suggest.json?prefix=a&limit=101", 400, "application/problem+json"},
           {"/suggest.json?prefix=a&format=xml", 400, "application/problem+json"},
           {"/suggest.json?q=a", 400, "application/problem+json"},
           {"/search.json?date=hier", 400, "application/problem+json"},
           {"/search.json?limit=-1", 400, "application/problem+json"},
           {"/search.json?q=panne-interne", 500, "application/problem+json"},
           {"/search.csv?q=a", 200, "text/csv; charset=utf-8; header=present"},
           {"/search.csv?limit=x", 400, "text/plain; charset=utf-8"},
           {"/search.atom?q=a", 200, "application/atom+xml; charset=utf-8"},
           {"/facets/org", 200, "text/html; charset=utf-8"},
           {"/facets/organisation.json", 200, "application/json"},
           {"/facets/date.json", 200, "application/json"},
           {"/facets/amount.json", 200, "application/json"},
           {"/facets/foo", 404, "text/html; charset=utf-8"},
           {"/facets/foo.json", 404, "application/problem+json"},
           {"/facets/text", 404, "text/html; charset=utf-8"},
           {"/article/none", 404, "text/html; charset=utf-8"},
           {"/entity/org/", 404, "text/html; charset=utf-8"},
           {"/entity/foo/x", 404, "text/html; charset=utf-8"},
           {"/openapi.json", 200, "application/json"},
           {"/opensearch.xml", 200, "application/opensearchdescription+xml; charset=utf-8"},
           {"/healthz", 200, "text/plain; charset=utf-8"},
           {"/metrics", 200, "text/plain; version=0.0.4; charset=utf-8"},
           {"/static/style.css", 200, "text/css; charset=utf-8"},
           {"/static/../etc/passwd", 404, "text/html; charset=utf-8"},
           {"/favicon.ico", 200, "image/svg+xml"},
           {"/nowhere.json", 404, "application/problem+json"},
       }) {
    const Reply reply = get(target);
    EXPECT_EQ(reply.status, status) << target;
    EXPECT_EQ(reply.type, type) << target;
  }
}

TEST_F(SiteTest, TypedRangesBecomeReadableUrls) {
  const Reply reply = get("/?q=fonds&date-from=2024-01&date-to=2024-06");
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(reply.headers.at(0),
            (std::pair<std::string, std::string>{"Location", "/?q=fonds&date=2024-01..2024-06"}));
}

TEST_F(SiteTest, ABadBoundIsExplainedBesideItsField) {
  struct Case {
    const char* target;
    const char* message;
  };
  for (const auto& [target, message] : std::vector<Case>{
           {"/?q=fonds&date-from=2024-13&date-to=2025", "\u00AB\u202F2024-13\u202F\u00BB n’est pas une date."},
           {"/?q=fonds&date-from=2025&date-to=2024", "La période finit avant de commencer."},
           {"/?date-from=hier&date-to=", "\u00AB\u202Fhier\u202F\u00BB n’est pas une date."},
           {"/?q=fonds&amount-min=beaucoup&amount-max=", "\u00AB\u202Fbeaucoup\u202F\u00BB n’est pas un montant."},
           {"/?q=fonds&amount-min=10+M&amount-max=1M", "Le maximum est au-dessous du minimum."},
       }) {
    const Reply reply = get(target);
    EXPECT_EQ(reply.status, 400) << target;
    EXPECT_NE(reply.body.find(message), std::string::npos) << target;
    EXPECT_NE(reply.body.find("aria-invalid=\"true\""), std::string::npos) << target;
    EXPECT_NE(reply.body.find("id=\"hits\""), std::string::npos) << target << ": the results stay";
    EXPECT_EQ(first_unbalanced(reply.body), "") << target;
  }
  EXPECT_NE(get("/?q=fonds&date-from=2024-13").body.find("name=\"date-from\" value=\"2024-13\""), std::string::npos);
  EXPECT_EQ(get("/search.json?q=fonds&date-from=2024-13").status, 400);
}

TEST_F(SiteTest, AMonthChosenGoesBeforeTypedBounds) {
  const Reply reply = get("/?q=fonds&date-from=2024&date-to=2025&date=2024-10");
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(reply.headers.at(0).second, "/?q=fonds&date=2024-10");
}

TEST_F(SiteTest, RefusalsSpeakTheLanguageOfTheReader) {
  EXPECT_NE(get("/?limit=-1").body.find("Le paramètre limit n’a pas de sens"), std::string::npos);
  EXPECT_NE(get("/?limit=-1&lang=en").body.find("parameter limit means nothing"), std::string::npos);
  EXPECT_NE(get("/nowhere").body.find("Rien à /nowhere"), std::string::npos);
  EXPECT_NE(get("/search.json?limit=-1").body.find("parameter limit means nothing"), std::string::npos);
}

TEST_F(SiteTest, DealsOnTheOverviewAndOnTheEntityPage) {
  const std::string overview = get("/").body;
  for (const char* part : {"Dernières opérations", ">Mistral AI</a></th>", "600\u00A0M€", "6,6\u00A0Md$",
                           "3 oct. 2024", "href=\"/article/hebdo/mistral.txt#m0\""}) {
    EXPECT_NE(overview.find(part), overview.npos) << part;
  }
  const std::string entity = get("/entity/org/Mistral%20AI").body;
  EXPECT_NE(entity.find("600\u00A0M€"), entity.npos);
  EXPECT_EQ(entity.find("6,6\u00A0Md$"), entity.npos) << "not its own";
}

TEST_F(SiteTest, SearchWithinAFacetLeadsToItsList) {
  const Reply reply = get("/?q=fonds&org-prefix=mis&person-prefix=");
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(reply.headers.at(0).second, "/facets/org?q=fonds&prefix=mis");
}

TEST_F(SiteTest, ResultPageShowsItsParts) {
  const std::string body = get("/?q=fonds&org=OpenAI&-event=implantation").body;
  for (const char* part :
       {"<h1>1 article pour <em>fonds</em></h1>", "<mark>levée de fonds</mark>", "Retirer le filtre",
        "<s>Implantation</s>", "href=\"/?q=fonds&amp;-event=implantation\"",
        "<button name=\"-org\" value=\"thrive-capital\" aria-label=\"Exclure Thrive Capital\"",
        "href=\"/article/fil/record.txt\"", "<b>3 oct.</b> 2024",
        "href=\"/search.atom?q=fonds&amp;org=OpenAI&amp;-event=implantation\"", "Repris par 1 média"}) {
    EXPECT_NE(body.find(part), body.npos) << part;
  }
}

TEST_F(SiteTest, WhyUnfoldsOneHit) {
  const std::string body = get("/?q=fonds&why=fil/record.txt").body;
  EXPECT_NE(body.find("<details open id=\"why\">"), body.npos);
  EXPECT_NE(body.find("<button class=\"unfold\" form=\"state\" formaction=\"/#why\" name=\"why\" "
                      "value=\"fil/bureaux.txt\">"),
            body.npos);
  EXPECT_NE(body.find("une fois dans le titre, 2 fois dans le texte"), body.npos);
}

TEST_F(SiteTest, NoResultOffersWhatWouldGiveSome) {
  const std::string body = get("/?q=rien&org=OpenAI").body;
  EXPECT_NE(body.find("Aucun article ne répond à ces critères"), body.npos);
  EXPECT_NE(body.find("<a href=\"/?q=\">Tous les articles</a><span class=\"n\">5 articles</span>"), body.npos);
}

TEST_F(SiteTest, ArticleLinksItsNames) {
  const std::string body = get("/article/fil/record.txt").body;
  EXPECT_NE(body.find("<a class=\"named person\" href=\"/entity/person/Sam%20Altman\" "
                      "aria-describedby=\"d-person\">Sam Altman</a>"),
            body.npos);
  EXPECT_NE(body.find("<span class=\"named amount\" id=\"m0\">6,6 milliards de dollars</span>"), body.npos);
  EXPECT_NE(body.find("rel=\"noopener noreferrer nofollow\""), body.npos);
  const std::string untitled = get("/article/fil/bureaux.txt").body;
  EXPECT_EQ(untitled.find("<p>Après"), untitled.npos) << "the sentence that stands in for the title is not repeated";
  EXPECT_NE(untitled.find("<h2>Un aspect commercial, mais pas uniquement</h2>"), untitled.npos);
}

TEST_F(SiteTest, ArticleLeadsBackToTheResultsItWasFoundIn) {
  Call call = call_for("/article/fil/record.txt");
  call.referer = "http://127.0.0.1:8080/?q=fonds&page=2";
  EXPECT_NE(site.answer(call).body.find("href=\"/?q=fonds&amp;page=2\""), std::string::npos);
  for (const char* other : {"http://evil.example/?q=fonds", "http://127.0.0.1:8080.evil.example/?q=x",
                            "http://127.0.0.1:8080/article/x", "javascript:1"}) {
    call.referer = other;
    EXPECT_EQ(site.answer(call).body.find("Retour aux résultats"), std::string::npos) << other;
  }
}

TEST_F(SiteTest, LanguageFromTheBrowserOrTheUrl) {
  Call call = call_for("/?q=fonds");
  call.accept_language = "de, en-GB;q=0.8, fr;q=0.5";
  EXPECT_NE(site.answer(call).body.find("<html lang=\"en\">"), std::string::npos);
  call.accept_language = "de";
  EXPECT_NE(site.answer(call).body.find("<html lang=\"fr\">"), std::string::npos);
  const std::string english = get("/?q=fonds&lang=en").body;
  EXPECT_NE(english.find("5 articles for"), std::string::npos);
  EXPECT_NE(english.find("/article/fil/record.txt?lang=en"), std::string::npos)
      << "links keep a language that was chosen";
}

TEST_F(SiteTest, LongQueriesAreRefusedButKept) {
  const Reply reply = get("/?q=" + std::string(searcher::kMaxQueryBytes + 1, 'a'));
  EXPECT_EQ(reply.status, 414);
  EXPECT_NE(reply.body.find("value=\"aaaa"), std::string::npos);
  EXPECT_EQ(get("/?q=" + std::string(searcher::kMaxQueryBytes, 'a')).status, 200);
}

TEST(SiteWithoutIndex, SaysHowToMakeOne) {
  Site site([]() -> Result<std::shared_ptr<searcher::Searcher>> {
    return failure(ErrorCode::kIndexMissing, "no index in /tmp/none", "build one with `depeche index PATH`");
  });
  const Reply page = site.answer(call_for("/"));
  EXPECT_EQ(page.status, 503);
  EXPECT_NE(page.body.find("depeche index corpus/"), std::string::npos);
  EXPECT_EQ(first_unbalanced(page.body), "");
  EXPECT_EQ(site.answer(call_for("/search.json?q=a")).type, "application/problem+json");
  EXPECT_EQ(site.answer(call_for("/healthz")).status, 503);
  EXPECT_EQ(site.answer(call_for("/static/style.css")).status, 200);
}

TEST(SiteWhileWriting, SaysWhichRevisionAnswers) {
  const auto searcher = std::make_shared<FakeSearcher>();
  bool writing = true;
  Site site([&]() -> Result<std::shared_ptr<searcher::Searcher>> { return searcher; }, [&] { return writing; });
  for (const char* target : {"/", "/?q=fonds", "/?q=rien", "/article/fil/record.txt"}) {
    const Reply reply = site.answer(call_for(target));
    EXPECT_NE(reply.body.find("Index en cours de mise à jour."), std::string::npos) << target;
    EXPECT_FALSE(reply.tagged) << target << ": the notice must go when the work is done";
  }
  writing = false;
  EXPECT_EQ(site.answer(call_for("/?q=fonds")).body.find("Index en cours"), std::string::npos);
  Site first(
      []() -> Result<std::shared_ptr<searcher::Searcher>> { return failure(ErrorCode::kIndexMissing, "none"); },
      [] { return true; });
  EXPECT_NE(first.answer(call_for("/")).body.find("<h1>Index en cours de création</h1>"), std::string::npos);
}

// Ten hits as long as real ones, everything a page can show.
TEST_F(SiteTest, ResultPageStaysWithinItsBudget) {
  constexpr std::size_t kBudget = 64'000;
  for (int i = 0; i < 30; ++i) {
    auto stored = searcher->articles().front();
    stored.article.id = "articles/le-fil-numerique/2024-10-03-openai-" + std::to_string(i) + ".txt";
    for (std::size_t facet = 0; facet < schema::kFacetCount; ++facet) {
      for (int j = 0; j < 12; ++j) stored.labels[facet].push_back("Société n° " + std::to_string(i * 12 + j));
    }
    searcher->add(std::move(stored));
  }
  for (const char* target :
       {"/?q=lev%C3%A9e+de+fonds+OpenAI&org=OpenAI",
        "/?q=lev%C3%A9e+de+fonds+OpenAI&org=OpenAI&org=soci%C3%A9t%C3%A9-n-13&person=sam-altman"
        "&-event=panne&-event=proces&-topic=sport&date=2018..2025&amount=1M..&sort=date",
        // Eleven criteria and a long query, from the second page.
        "/?q=OpenAI+OU+Google+OU+Microsoft+OU+%22intelligence+artificielle%22+OU+%22lev%C3%A9e+de+fonds"
        "%22+OU+%C3%A9lectricit%C3%A9+OU+%C2%AB+cloud+souverain+%C2%BB+OU+cybers%C3%A9curit%C3%A9"
        "&org=OpenAI&org=Thrive+Capital&org=soci%C3%A9t%C3%A9-n-13&person=sam-altman&-event=panne"
        "&-event=proces&-topic=sport&-source=Le+Point&-place=Londres&date=2018..2025&amount=1M.."
        "&sort=date&page=2"}) {
    const std::string page = get(target).body;
    const std::size_t html = page.size();
    EXPECT_NE(page.find("<article class=\"hit\">"), page.npos) << target;
    const std::size_t css = find_asset("/static/style.css")->bytes.size(),
                      js = find_asset("/static/app.js")->bytes.size();
    EXPECT_LE(html + css + js, kBudget) << target << ": html " << html << ", css " << css << ", js " << js;
    RecordProperty("html", static_cast<int>(html));
    RecordProperty("css", static_cast<int>(css));
    RecordProperty("js", static_cast<int>(js));
  }
}

}  // namespace
}  // namespace depeche::web
