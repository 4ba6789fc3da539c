#include "output/request_url.hh"

#include <gtest/gtest.h>

#include <random>

#include "output/facet_url.hh"

namespace depeche::output {
namespace {

using searcher::FacetValue;
using searcher::Sort;

SearchState parsed(std::string_view query) {
  auto state = state_from_parameters(parse_parameters(query));
  EXPECT_TRUE(state) << query << ": " << (state ? "" : state.error().message);
  return state ? *state : SearchState{};
}

TEST(RequestUrl, CanonicalUrls) {
  struct Case {
    std::string_view given, canonical;
  };
  for (const auto& [given, canonical] : std::vector<Case>{
           {"q=IA", "/?q=IA"},
           {"", "/?q="},
           {"sort=date&q=IA", "/?q=IA&sort=date"},
           {"date=2024-01..&org=OpenAI&q=a", "/?q=a&org=OpenAI&date=2024-01.."},
           {"organisation=A&-th%C3%A8me=B&-org=C", "/?org=A&-org=C&-topic=B"},
           {"q=a&page=3", "/?q=a&page=3"},
           {"q=a&page=1", "/?q=a"},
           {"q=a&limit=20&offset=40", "/?q=a&limit=20&page=3"},
           {"q=a&offset=5", "/?q=a&offset=5"},
           {"q=a&group-duplicates=no&lang=en&why=x", "/?q=a&group-duplicates=0&lang=en&why=x"},
           {"q=a&facets=org,date&facet-size=3", "/?q=a&facets=org,date&facet-size=3"},
           {"q=a&org=OpenAI&org=openai", "/?q=a&org=openai"},
           {"q=a&org=openai&-org=openai", "/?q=a&-org=openai"},
           {"q=a&date-from=2024-01&date-to=2024-06", "/?q=a&date=2024-01..2024-06"},
           {"q=a&date-from=&date-to=", "/?q=a"},
           // The button of a year, in front of the fields or behind them.
           {"q=a&date=2020&date-from=2024&date-to=2025", "/?q=a&date=2020"},
           {"q=a&date-from=2024&date-to=2025&date=2020", "/?q=a&date=2020"},
           {"q=a&-date=2020&date-from=2019&date-to=2021", "/?q=a&date=2019..2021&-date=2020"},
           {"q=a&date-from=2024&date-to=2024", "/?q=a&date=2024"},
           {"q=a&amount-min=50 M&amount-max=", "/?q=a&amount=50M.."},
       }) {
    EXPECT_EQ(search_url(parsed(given)), canonical) << given;
  }
}

TEST(RequestUrl, RefusesWhatMeansNothing) {
  for (const char* query :
       {"date=hier",         "date=2024-13", "date=2024..2023", "limit=-1",     "order=up",
        "limit=101",         "limit=x",      "page=0",          "page=1e3",     "offset=-5",
        "sort=up",           "facets=titre", "facets=foo",      "facet-size=x", "group-duplicates=perhaps",
        "lang=de",           "orgg=OpenAI",  "-foo=1",          "page=100000",  "date-from=demain",
        "page=1001&limit=10"}) {
    const auto state = state_from_parameters(parse_parameters(query));
    ASSERT_FALSE(state) << query;
    EXPECT_EQ(state.error().code, ErrorCode::kUsage);
    EXPECT_FALSE(state.error().message.empty());
  }
}

TEST(RequestUrl, AButtonChangesTheOrderWhereverItStands) {
  for (const char* query : {"order=date-asc&q=a&sort=relevance", "q=a&sort=relevance&order=date-asc"}) {
    const SearchState state = parsed(query);
    EXPECT_EQ(state.request.sort, searcher::Sort::kDateAscending) << query;
    EXPECT_TRUE(state.has_form_fields) << query;
    EXPECT_EQ(search_url(state), "/?q=a&sort=date-asc") << query;
  }
}

TEST(RequestUrl, AQueryTextIsNeverWrong) {
  for (const char* query : {"q=%22", "q=((((", "q=%FF%FE", "q=%zz", "q=-", "q=a:b:c", "q=%00", "q=AND+OR+NOT"})
    parsed(query);
  EXPECT_FALSE(state_from_parameters({{"q", std::string(searcher::kMaxQueryBytes + 1, 'a')}}));
}

// Any state we can build comes back from its URL.
TEST(RequestUrl, RoundTrip) {
  std::mt19937 random(20241003);
  const std::vector<std::string> values = {"OpenAI", "levée de fonds", "a&b=c", "100%", "\"x\"", "<é>",
                                           "A+B",    "日本",           "..",    "x/y"};
  const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  for (int round = 0; round < 2000; ++round) {
    SearchState state;
    SearchRequest& request = state.request;
    if (pick(3)) request.query = values[pick(values.size())] + " " + values[pick(values.size())];
    for (std::size_t i = pick(5); i > 0; --i) {
      const auto field = schema::kFacets[pick(schema::kFacetCount)].id;
      Filter filter{field, values[pick(values.size())], pick(2) == 0};
      std::erase_if(request.filters,
                    [&](const Filter& f) { return names_value(f, field, filter.value, filter.value); });
      request.filters.push_back(filter);
    }
    if (pick(3) == 0) request.filters.push_back({FieldId::kDate, "2024-01..", false});
    request.limit = 1 + pick(kMaxWebLimit);
    request.offset = pick(500);
    if (pick(2)) request.sort = static_cast<Sort>(pick(3));
    request.group_duplicates = pick(2) == 0;
    if (pick(2)) state.language = Language::kEnglish;
    const std::string url = search_url(state);
    const SearchState again = parsed(std::string_view(url).substr(2));
    EXPECT_EQ(search_url(again), url);
    EXPECT_EQ(again.request.query, request.query);
    EXPECT_EQ(again.request.offset, request.offset);
    EXPECT_EQ(again.request.limit, request.limit);
    EXPECT_EQ(again.request.sort, request.sort);
    EXPECT_EQ(again.request.filters.size(), request.filters.size());
    EXPECT_EQ(url.find_first_of(" \"'<>\r\n"), url.npos) << url;
  }
}

TEST(RequestUrl, TogglesAndExclusions) {
  const SearchState state = parsed("q=a&org=OpenAI&page=3&why=x");
  const FacetValue in{"openai", "OpenAI", 5, true, false}, free{"nvidia", "Nvidia", 2, false, false},
      out{"openai", "OpenAI", 0, false, true};
  EXPECT_EQ(search_url(toggled(state, FieldId::kOrg, in)), "/?q=a");
  EXPECT_EQ(search_url(toggled(state, FieldId::kOrg, free)), "/?q=a&org=OpenAI&org=nvidia");
  EXPECT_EQ(search_url(exclusion_toggled(state, FieldId::kOrg, in)), "/?q=a&-org=openai");
  EXPECT_EQ(search_url(toggled(parsed("q=a&-org=OpenAI"), FieldId::kOrg, out)), "/?q=a");
  EXPECT_EQ(search_url(with_range(parsed("date=2023&q=a"), FieldId::kDate, "2024")), "/?q=a&date=2024");
  EXPECT_EQ(search_url(with_sort(state, Sort::kDate)), "/?q=a&org=OpenAI&sort=date");
  EXPECT_EQ(search_url(without_filters(state)), "/?q=a");
  EXPECT_EQ(search_url(at_offset(state, 10)), "/?q=a&org=OpenAI&page=2");
  EXPECT_EQ(search_url(only_value(parsed("lang=en&q=a"), FieldId::kSource, "Le Fil")), "/?source=Le+Fil&lang=en");
}

TEST(RequestUrl, SearchWithinOneFacetAmongMany) {
  const SearchState state = parsed("q=a&org-prefix=&person-prefix=sam");
  ASSERT_TRUE(state.value_search);
  EXPECT_EQ(state.value_search->first, FieldId::kPerson);
  EXPECT_EQ(state.value_search->second, "sam");
  EXPECT_FALSE(parsed("q=a&org-prefix=").value_search);
  EXPECT_FALSE(state_from_parameters(parse_parameters("date-prefix=x")));
}

TEST(RequestUrl, LinksToPages) {
  const SearchState english = parsed("lang=en&q=a&sort=date");
  EXPECT_EQ(article_url("corpus/x y.txt", {}), "/article/corpus/x%20y.txt");
  EXPECT_EQ(article_url("a", english), "/article/a?lang=en");
  EXPECT_EQ(entity_url(FieldId::kOrg, "Mistral AI", {}), "/entity/org/Mistral%20AI");
  EXPECT_EQ(facet_url(FieldId::kOrg, english), "/facets/org?q=a&lang=en");
}

TEST(FacetUrl, ListParameters) {
  const auto page = facet_page_from_parameters(
      FieldId::kOrg, parse_parameters("q=a&prefix=mi&sort=value&offset=100&limit=50"), "/facets/org");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->request.prefix, "mi");
  EXPECT_EQ(page->request.size, 50U);
  EXPECT_EQ(page->request.order, searcher::ValueOrder::kLabel);
  ASSERT_EQ(page->state.request.facets.size(), 1U);
  EXPECT_EQ(facet_page_url(*page, 150), "/facets/org?q=a&prefix=mi&sort=value&limit=50&offset=150");
  for (const char* query : {"sort=date", "limit=0", "limit=9999", "offset=x", "date=hier"}) {
    EXPECT_FALSE(facet_page_from_parameters(FieldId::kOrg, parse_parameters(query), "/facets/org")) << query;
  }
}

TEST(Facets, Lists) {
  EXPECT_EQ(parse_facets("all", 5)->facets.size(), schema::kFacetCount);
  EXPECT_TRUE(parse_facets("all", 5)->histograms);
  EXPECT_TRUE(parse_facets("none", 5)->facets.empty());
  const auto some = parse_facets("organisation,Thème,date", 3);
  ASSERT_TRUE(some);
  ASSERT_EQ(some->facets.size(), 2U);
  EXPECT_EQ(some->facets[1].field, FieldId::kTopic);
  EXPECT_EQ(some->facets[1].size, 3U);
  EXPECT_TRUE(some->histograms);
  EXPECT_FALSE(parse_facets("org,texte", 3));
}

}  // namespace
}  // namespace depeche::output
