// What is asked and what is answered, over small indexes: filters, errors, relaxation, near-duplicates, similar
// articles.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "schema/index_folder.hh"
#include "tests/support/temp_index.hh"

namespace depeche::test {
namespace {

using schema::FieldId;
using searcher::FacetRequest;
using searcher::Note;
using searcher::NoteKind;
using searcher::SearchRequest;
using searcher::Sort;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kArticles = R"(
{"id":"a","title":"OpenAI lève des fonds","text":"La start-up OpenAI lève 10 millions d’euros à Paris.","date":"2024-10-02T08:30:00+02:00","url":"https://x.fr/a","source":"Le Fil","authors":["Jeanne Martin"],"org":["OpenAI","Microsoft"],"place":["Paris"],"topics":["IA"]}
{"id":"b","title":"Mistral AI recrute","text":"L’entreprise Mistral AI embauche à Paris. Les fonds suivent.","date":"2024-10","source":"Le Fil","author":"Paul Martin","org":["Mistral AI"],"place":[],"topics":["IA","Emploi"]}
{"id":"c","title":"Orange en panne","text":"Le réseau d’Orange est en panne. Une annonce suit.","date":"2023","source":"Réseaux","org":["Orange","openai"],"place":["Lyon"],"topics":[]}
{"id":"d","text":"Sans titre ni date. OpenAI annonce autre chose, disent des annonceurs.","org":[],"place":["Paris","Lyon"],"topics":["Divers"]}
)";

class Answers : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    index_ = new TempIndex;
    index_->add_lines(kArticles);
    searcher_ = new std::shared_ptr(index_->open());
  }
  static void TearDownTestSuite() {
    delete searcher_;
    delete index_;
  }

  static SearchRequest asking(std::string query, std::vector<searcher::Filter> filters = {}) {
    SearchRequest request;
    request.query = std::move(query);
    request.filters = std::move(filters);
    request.relax = false;
    return request;
  }
  static searcher::SearchResponse ask(const SearchRequest& request) { return TempIndex::ask(**searcher_, request); }
  static std::vector<std::string> found(std::string query, std::vector<searcher::Filter> filters = {}) {
    auto ids = ids_of(ask(asking(std::move(query), std::move(filters))));
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  static TempIndex* index_;
  static std::shared_ptr<searcher::Searcher>* searcher_;
};
TempIndex* Answers::index_ = nullptr;
std::shared_ptr<searcher::Searcher>* Answers::searcher_ = nullptr;

TEST_F(Answers, Queries) {
  using Ids = std::vector<std::string>;
  const std::pair<std::string_view, Ids> rows[] = {
      {"", {"a", "b", "c", "d"}},
      {"\"\"", {"a", "b", "c", "d"}},
      {"!!!", {"a", "b", "c", "d"}},
      {"openai", {"a", "d"}},
      {"levées de fonds", {"a"}},
      {"startup", {"a"}},
      {"\"startup\"", {"a"}},  // "start-up" in the text
      {"titre:\"startup\"", {}},
      {"\"startup OpenAI\"", {}},
      {"\"lève des fonds\"", {"a"}},
      {"\"fonds lève\"", {}},
      {"\"Paris. Les\"", {}},  // no phrase goes over the end of a sentence
      {"\"mot-qui-n-est-nulle-part\"", {}},
      {"zzzz*", {}},
      {"annonc*", {"c", "d"}},
      {"suiven*", {"b"}},  // a form, of "suivre"
      {"suivre*", {"b", "c"}},
      {"dise* OU suiven*", {"b", "d"}},
      {"titre:suiven*", {}},
      {"-suiven*", {"a", "c", "d"}},
      {"startu*", {"a"}},  // the joined form of "start-up"
      {"titre:openai", {"a"}},
      {"titre:\"OpenAI lève\"", {"a"}},
      {"titre:date", {"d"}},  // the first sentence stands in
      {"titre:annonce", {}},
      {"titre:recrute OU titre:panne", {"b", "c"}},
      {"auteur:martin", {"a", "b"}},
      {"auteur:\"Jeanne Martin\"", {"a"}},
      {"url:https://x.fr/a", {"a"}},
      {"org:openai", {"a", "c"}},
      {"org:\"Mistral-AI\" OU lieu:lyon", {"b", "c", "d"}},
      {"réseau NEAR/4 panne", {"c"}},
      {"réseau NEAR/3 panne", {}},
      {"embauche NEAR/20 fonds", {}},  // in two sentences
      {"-openai", {"b", "c"}},
      {"-date:2024", {"c", "d"}},
      {"date:2024 -openai", {"b"}},
      {"date:2024-10-15", {"b"}},  // the month meets it
      {"date:2024 date:2023", {}},
      {"date:\"depuis 2024\"", {"a", "b"}},
      {"date:«avant octobre 2024»", {"c"}},
      {"date:\"en octobre 2024\" -openai", {"b"}},
      {"date:2023 OU openai", {"a", "c", "d"}},
      {"montant:>=10M", {"a"}},
      {"-montant:>=10M", {"b", "c", "d"}},
  };
  for (const auto& [query, ids] : rows) EXPECT_EQ(found(std::string(query)), ids) << query;
}

TEST_F(Answers, Filters) {
  using Ids = std::vector<std::string>;
  const std::pair<std::vector<searcher::Filter>, Ids> rows[] = {
      {{{FieldId::kOrg, "OpenAI"}}, {"a"}},       // the label that is exactly so
      {{{FieldId::kOrg, "OPENAI"}}, {"a", "c"}},  // else all that are called so
      {{{FieldId::kOrg, "mistral-ai"}, {FieldId::kOrg, "orange"}}, {"b", "c"}},
      {{{FieldId::kOrg, "OPENAI"}, {FieldId::kPlace, "PARIS"}}, {"a"}},
      {{{FieldId::kPlace, "Paris", true}}, {"b", "c"}},
      {{{FieldId::kPlace, "Paris"}, {FieldId::kPlace, "Paris", true}}, {}},
      {{{FieldId::kOrg, "Personne"}}, {}},
      {{{FieldId::kOrg, "Personne", true}}, {"a", "b", "c", "d"}},
      {{{FieldId::kDate, "2024-10"}}, {"a", "b"}},
      {{{FieldId::kDate, "2024-10-02"}, {FieldId::kDate, "..2023-01"}}, {"a", "b", "c"}},
      {{{FieldId::kDate, "2024", true}}, {"c", "d"}},
      {{{FieldId::kDate, "entre décembre 2022 et mars 2023"}}, {"c"}},
      {{{FieldId::kDate, "avant 2024", true}}, {"a", "b", "d"}},
      {{{FieldId::kAmount, "1M..100M"}}, {"a"}},
      {{{FieldId::kAmount, "1M..100M", true}}, {"b", "c", "d"}},
      {{{FieldId::kTitle, "openai"}}, {"a"}},
      {{{FieldId::kTitle, "openai", true}}, {"b", "c", "d"}},
      {{{FieldId::kTitle, "!!!"}}, {}},
      {{{FieldId::kTitle, "!!!", true}}, {"a", "b", "c", "d"}},
      {{{FieldId::kText, "openai lève"}}, {"a"}},
      {{{FieldId::kAuthor, "Paul Martin"}}, {"b"}},
      {{{FieldId::kUrl, "https://x.fr/a"}}, {"a"}},
      {{{FieldId::kUrl, "https://x.fr/"}}, {}},
  };
  for (const auto& [filters, ids] : rows) {
    EXPECT_EQ(found("", filters), ids) << filters[0].value << " and " << filters.size() - 1 << " more";
  }
}

TEST_F(Answers, WhatIsAFilterForEachValueFindsThatValue) {
  SearchRequest request = asking("");
  request.facets = searcher::all_facets(100);
  for (const auto& facet : ask(request).facets) {
    for (const auto& value : facet.values) {
      EXPECT_EQ(found("", {{facet.field, value.value}}).size(), value.count) << value.value;
      const std::string text = schema::field(facet.field).name.data() + (":\"" + value.label + "\"");
      EXPECT_GE(found(text).size(), value.count) << text;
    }
  }
}

TEST_F(Answers, ACursorWalksThroughEverythingOnce) {
  for (const searcher::Sort sort : {searcher::Sort::kDate, searcher::Sort::kDateAscending}) {
    for (const bool grouped : {true, false}) {
      SearchRequest request = asking("");
      request.sort = sort;
      request.group_duplicates = grouped;
      request.limit = 1'000;
      const std::vector<std::string> all = ids_of(ask(request));
      request.limit = 2;
      std::vector<std::string> walked;
      for (std::size_t steps = 0; steps < 100; ++steps) {
        const searcher::SearchResponse page = ask(request);
        for (const std::string& id : ids_of(page)) walked.push_back(id);
        if (!page.next) break;
        request.after = *page.next;
      }
      EXPECT_EQ(walked, all);
    }
  }
}

TEST_F(Answers, ACursorThatCannotBeUsedIsRefused) {
  SearchRequest request = asking("openai");
  request.after = "2024-10-02/a";
  EXPECT_EQ((*searcher_)->search(request).error().message, "a cursor walks by date, not by relevance");
  request.sort = searcher::Sort::kDate;
  request.offset = 10;
  EXPECT_EQ((*searcher_)->search(request).error().code, ErrorCode::kUsage);
  request.offset = 0;
  for (const char* odd : {"2024-10-02", "2024-13-41/a", "hier/a", "/", "2024-10/a"}) {
    request.after = odd;
    EXPECT_EQ((*searcher_)->search(request).error().code, ErrorCode::kUsage) << odd;
  }
}

TEST_F(Answers, ValuesThatMustAllBeThere) {
  SearchRequest request = asking("", {{FieldId::kPlace, "Paris"}, {FieldId::kPlace, "Lyon"}});
  FacetRequest places;
  places.field = FieldId::kPlace;
  request.facets = {places};
  request.all_of = {FieldId::kPlace};
  EXPECT_THAT(ids_of(ask(request)), ElementsAre("d"));
  request.filters = {{FieldId::kPlace, "Nulle part"}};
  EXPECT_EQ(ask(request).total, 0u);
  request.facets[0].field = FieldId::kOrg;
  request.all_of = {FieldId::kOrg};
  request.filters = {{FieldId::kOrg, "OPENAI"}};  // any label of that name will do
  EXPECT_EQ(ask(request).total, 2u);
}

TEST_F(Answers, TextFiltersDoNotRank) {
  const auto plain = ask(asking("paris"));
  const auto filtered = ask(asking("paris", {{FieldId::kText, "openai lève"}}));
  ASSERT_EQ(filtered.hits.size(), 1u);
  for (const auto& hit : plain.hits) {
    if (hit.id != "a") continue;
    EXPECT_FLOAT_EQ(static_cast<float>(hit.score), static_cast<float>(filtered.hits[0].score));
  }
}

TEST_F(Answers, HitsShowTheArticle) {
  const auto response = ask(asking("\"lève des fonds\""));
  ASSERT_EQ(response.hits.size(), 1u);
  const auto& hit = response.hits[0];
  EXPECT_EQ(hit.title, "OpenAI lève des fonds");
  EXPECT_FALSE(hit.title_from_text);
  EXPECT_EQ(hit.url, "https://x.fr/a");
  EXPECT_EQ(hit.source, "Le Fil");
  EXPECT_EQ(to_iso(*hit.date, true), "2024-10-02T08:30:00+02:00");
  EXPECT_THAT(hit.labels[schema::facet_index(FieldId::kOrg)],
              ElementsAre("OpenAI", "Microsoft"));  // as in the article
  ASSERT_EQ(hit.amounts.size(), 1u);
  EXPECT_EQ(hit.amounts[0].value, 10e6);
  EXPECT_EQ(hit.amounts[0].currency, "EUR");
  const auto untitled = ask(asking("disent annonceurs"));
  ASSERT_EQ(untitled.hits.size(), 1u);
  EXPECT_EQ(untitled.hits[0].title, "Sans titre ni date.");
  EXPECT_TRUE(untitled.hits[0].title_from_text);
  EXPECT_FALSE(untitled.hits[0].date);
}

TEST_F(Answers, Errors) {
  const auto error_of = [&](const SearchRequest& request) {
    const auto response = (*searcher_)->search(request);
    return response ? std::string() : response.error().message;
  };
  const std::pair<searcher::Filter, std::string_view> rows[] = {
      {{FieldId::kOrg, ""}, "org= has no value"},
      {{FieldId::kTitle, "  "}, "title=   has no value"},
      {{FieldId::kDate, "hier"}, "date=hier is not a date"},
      {{FieldId::kDate, "2024-02-30"}, "date=2024-02-30 is not a date"},
      {{FieldId::kDate, "2024..2023"}, "date=2024..2023 ends before it begins"},
      {{FieldId::kAmount, "beaucoup"}, "amount=beaucoup is not an amount"},
      {{FieldId::kAmount, "1e999"}, "amount=1e999 is not an amount"},
      {{FieldId::kAmount, "100M..1M"}, "amount=100M..1M ends before it begins"},
  };
  for (const auto& [filter, message] : rows) EXPECT_EQ(error_of(asking("", {filter})), message);

  EXPECT_EQ(error_of(asking(std::string(8193, 'a'))), "the query is longer than 8 KiB");
  SearchRequest request = asking("");
  request.filters.assign(1001, {FieldId::kOrg, "OpenAI"});
  EXPECT_EQ(error_of(request), "more than 1000 filters");
  request.filters.resize(1000);
  EXPECT_EQ(ask(request).total, 1u);
  request = asking("");
  request.offset = searcher::kMaxDepth;
  EXPECT_NE(error_of(request), "");
  request.offset = searcher::kMaxDepth - request.limit;
  EXPECT_THAT(ask(request).hits, IsEmpty());
  EXPECT_EQ(ask(request).total, 4u);
  request.offset = SIZE_MAX;
  EXPECT_NE(error_of(request), "");
  for (const FieldId field : {FieldId::kDate, FieldId::kTitle, FieldId::kAmount, FieldId::kId}) {
    request = asking("");
    request.facets.emplace_back().field = field;
    EXPECT_EQ(error_of(request), std::string(schema::field(field).name) + " is no facet");
  }
}

TEST_F(Answers, AQueryTextIsNeverAnError) {
  for (const std::string query :
       {"date:2024..2023", "date:hier", "montant:x", "montant:9M..1M", "((((((((", "NOT NOT", "org:", "titre:\"",
        "auteur:\"\"", "url:\"", "\xFF\xFE", "-", "NEAR/3"}) {
    const auto response = (*searcher_)->search(asking(query));
    EXPECT_TRUE(response.has_value()) << query;
  }
  SearchRequest strict = asking("openai date:2024..2023");
  EXPECT_THAT(ask(strict).notes, ElementsAre(Note{NoteKind::kBadRange, "date:2024..2023"}));
  EXPECT_EQ(ask(strict).total, 2u);
  for (const std::string query : {"openai date:2024..2023", "a OU", "\"a", "(a", "foo:bar", "ab*"}) {
    strict = asking(query);
    strict.strict = true;
    EXPECT_FALSE((*searcher_)->search(strict).has_value()) << query;
  }
  const std::pair<std::string_view, std::string_view> places[] = {
      {"« été » date:hier", "query, character 9: "}, {"titre:x -(fonds montant:9M..1M)", "query, character 17: "}};
  for (const auto& [query, place] : places) {
    strict = asking(std::string(query));
    strict.strict = true;
    EXPECT_THAT((*searcher_)->search(strict).error().message, ::testing::StartsWith(std::string(place))) << query;
  }
  std::string many;
  while (many.size() < 8000) many += ") ";
  EXPECT_EQ(ask(asking(many)).notes.size(), 1u);  // each thing is told once
}

TEST_F(Answers, UnknownValuesAreTold) {
  EXPECT_THAT(ask(asking("", {{FieldId::kOrg, "Personne"}})).notes,
              ElementsAre(Note{NoteKind::kNoSuchValue, "org=Personne"}));
}

TEST_F(Answers, Relaxation) {
  struct Row {
    std::string query;
    std::vector<searcher::Filter> filters;
    std::vector<std::string> dropped, ids;
  };
  const Row rows[] = {
      {"openai martien", {}, {"martien"}, {"a", "d"}},
      {"\"fonds openai\"", {}, {"« fonds openai »"}, {"a"}},  // opened into its words
      {"\"levées\"", {}, {"« levées »"}, {"a"}},
      {"mistral panne", {}, {"panne"}, {"b", "c"}},  // either will do
      {"openai -paris martien", {}, {"martien"}, {"d"}},
      {"openai martien", {{FieldId::kTitle, "fonds"}}, {"martien"}, {"a"}},
      {"openai martien", {{FieldId::kTitle, "fonds", true}}, {"martien"}, {"d"}},
      {"openai martien date:2024", {}, {"martien"}, {"a"}},
      {"\"vrai OU faux\" openai", {}, {"« vrai OU faux »", "vrai", "faux"}, {"a", "d"}},
  };
  for (const Row& row : rows) {
    SearchRequest request = asking(row.query, row.filters);
    EXPECT_EQ(ask(request).total, 0u) << row.query;
    request.relax = true;
    const auto response = ask(request);
    EXPECT_TRUE(response.relaxed) << row.query;
    EXPECT_EQ(response.dropped, row.dropped) << row.query;
    EXPECT_THAT(ids_of(response), ::testing::UnorderedElementsAreArray(row.ids)) << row.query;
  }
  for (const std::string query :
       {"martien", "martien vénusien", "openai -openai", "-openai -mistral -orange", "openai"}) {
    SearchRequest request = asking(query);
    request.relax = true;
    const auto response = ask(request);
    EXPECT_FALSE(response.relaxed) << query;
    EXPECT_THAT(response.dropped, IsEmpty()) << query;
  }
  SearchRequest filtered = asking("openai", {{FieldId::kOrg, "Personne"}});
  filtered.relax = true;
  EXPECT_EQ(ask(filtered).total, 0u);  // a filter is never given up
}

TEST_F(Answers, SimilarArticles) {
  EXPECT_THAT(value_of((*searcher_)->similar("a", 10)).size(), ::testing::Gt(0u));
  for (const auto& hit : value_of((*searcher_)->similar("a", 10))) EXPECT_NE(hit.id, "a");
  EXPECT_LE(value_of((*searcher_)->similar("a", 1)).size(), 1u);
  const auto missing = (*searcher_)->similar("nobody", 3);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
}

TEST_F(Answers, ArticlesById) {
  EXPECT_EQ(value_of((*searcher_)->article("b")).article.title, "Mistral AI recrute");
  for (const std::string& id : {std::string(), std::string("z"), std::string(1000, 'x')}) {
    EXPECT_EQ((*searcher_)->article(id).error().code, ErrorCode::kNotFound);
  }
}

TEST_F(Answers, Stats) {
  const auto stats = value_of((*searcher_)->stats(true));
  EXPECT_EQ(stats.articles, 4u);
  EXPECT_EQ(stats.sources, 2u);
  EXPECT_EQ(stats.parts, 1u);
  EXPECT_EQ(stats.revision, 1u);
  EXPECT_EQ(stats.schema, schema::kSchemaVersion);
  EXPECT_GT(stats.bytes, stats.sidecar_bytes);
  EXPECT_GT(stats.sidecar_bytes, stats.column_bytes);
  EXPECT_GT(stats.column_bytes, 0u);
  ASSERT_TRUE(stats.period);
  EXPECT_EQ(stats.period->first, day_from_civil({2023, 1, 1}));
}

// --- Near-duplicates ---

std::string wire_story(std::string_view changed) {
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += "mot" + std::to_string(i * i) + (i == 30 ? " " + std::string(changed) : "") + " ";
  return text + ".";
}

std::string line(std::string_view id, std::string_view title, std::string_view text, std::string_view date) {
  return "{\"id\":\"" + std::string(id) + "\",\"title\":\"" + std::string(title) + "\",\"text\":\"" +
         std::string(text) + "\",\"source\":\"S" + std::string(id) + "\",\"date\":\"" + std::string(date) +
         "\",\"org\":[\"O\"]}\n";
}

TEST(NearDuplicates, CollapseIntoTheOnePublishedFirst) {
  TempIndex index;
  index.add_lines(line("late", "Titre", wire_story("un"), "2024-03-01") +
                  line("other", "Autre", "Tout autre chose.", "2024-02-15"));
  index.add_lines(line("first", "Un titre", wire_story("deux"), "2024-02-01") +
                      line("next", "Titre trois", wire_story("trois"), "2024-02-20"),
                  "more");  // another part
  SearchRequest request;
  auto response = index.search(request);
  EXPECT_EQ(response.total, 4u);
  EXPECT_EQ(response.groups, 2u);
  EXPECT_THAT(ids_of(response), ElementsAre("other", "first"));  // by the date of what is shown
  ASSERT_EQ(response.hits[1].duplicates.size(), 2u);
  EXPECT_EQ(response.hits[1].duplicates[0].id, "next");
  EXPECT_EQ(response.hits[1].duplicates[1].id, "late");
  EXPECT_EQ(response.hits[1].duplicates[1].source, "Slate");
  request.sort = Sort::kDateAscending;
  EXPECT_THAT(ids_of(index.search(request)), ElementsAre("first", "other"));
  request.limit = 1;
  request.offset = 1;
  EXPECT_THAT(ids_of(index.search(request)), ElementsAre("other"));
  request = {};
  request.group_duplicates = false;
  response = index.search(request);
  EXPECT_EQ(response.groups, 4u);
  EXPECT_THAT(ids_of(response), ElementsAre("late", "next", "other", "first"));
  request.group_duplicates = true;
  request.query = "deux OU autre";  // only members that match count
  EXPECT_EQ(index.search(request).groups, 2u);
}

TEST(NearDuplicates, ShortOnesOnlyWhenTitleAndTextAreEqual) {
  TempIndex index;
  index.add_lines(line("a", "Un titre", "", "2024") + line("b", "Un autre titre", "", "2024") +
                  line("c", "Un titre", "Lire la suite", "2024") + line("d", "Rien à voir", "Lire la suite", "2024") +
                  line("e", "UN TITRE", "Lire la suite.", "2024") + line("f", "", "Un titre", "2024"));
  const auto response = index.search({});
  EXPECT_EQ(response.groups, 5u);
  for (const auto& hit : response.hits) {
    if (hit.id != "c") continue;
    EXPECT_EQ(hit.duplicates.at(0).id, "e");
  }
}

TEST(EmptyIndex, AnswersEverything) {
  TempIndex index;
  index.add_lines("");
  SearchRequest request;
  request.query = "openai \"de fonds\" zzz* org:OpenAI date:2024";
  request.filters = {{FieldId::kOrg, "OpenAI"}, {FieldId::kDate, "2024"}};
  request.facets = searcher::all_facets();
  const auto response = index.search(request);
  EXPECT_EQ(response.total, 0u);
  EXPECT_THAT(response.hits, IsEmpty());
  EXPECT_EQ(response.facets.size(), schema::kFacetCount);
  EXPECT_EQ(value_of(index.open()->stats(true)).articles, 0u);
  EXPECT_EQ(index.open()->article("a").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace depeche::test
