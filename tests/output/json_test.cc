#include "output/json.hh"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/fake_searcher.hh"

namespace depeche::output {
namespace {

using Json = nlohmann::json;
using testing::FakeSearcher;

SearchState state_of(std::string_view query) {
  auto state = state_from_parameters(parse_parameters(query));
  EXPECT_TRUE(state);
  EXPECT_TRUE(resolve_facets(*state, 10));
  return *state;
}

Json answer(std::string_view query) {
  FakeSearcher searcher;
  const SearchState state = state_of(query);
  return Json::parse(search_json(state, *searcher.search(state.request)));
}

std::set<std::string> keys(const Json& object) {
  std::set<std::string> names;
  for (const auto& [name, value] : object.items()) names.insert(name);
  return names;
}

// The names of contract § 5, and nothing else but what may be added.
TEST(Json, HasTheAgreedKeys) {
  const Json json = answer("q=fonds&org=OpenAI&limit=1");
  EXPECT_EQ(keys(json), (std::set<std::string>{"query", "total", "total_exact", "groups", "relaxed", "dropped",
                                               "truncated", "partial", "took_ms", "suggestion", "sort", "hits",
                                               "facets", "histograms", "next_url"}));
  EXPECT_EQ(keys(json["query"]), (std::set<std::string>{"text", "parsed", "filters", "excluded"}));
  EXPECT_EQ(json["query"]["filters"], (Json{{"org", {"OpenAI"}}}));
  EXPECT_EQ(keys(json["hits"][0]), (std::set<std::string>{"id", "title", "date", "date_precision", "source", "url",
                                                          "score", "snippet", "entities", "duplicates"}));
  EXPECT_EQ(keys(json["hits"][0]["snippet"]), (std::set<std::string>{"text", "highlights"}));
  const Json& facet = json["facets"][0];
  EXPECT_EQ(keys(facet), (std::set<std::string>{"field", "label", "values", "missing", "distinct"}));
  EXPECT_EQ(keys(facet["values"][0]),
            (std::set<std::string>{"value", "label", "count", "selected", "excluded", "toggle_url", "exclude_url"}));
  EXPECT_EQ(keys(json["histograms"][0]), (std::set<std::string>{"field", "unit", "buckets", "missing"}));
  EXPECT_TRUE(json["suggestion"].is_null());
}

bool has_null(const Json& json) {
  return json.is_null() || (json.is_structured() && std::any_of(json.begin(), json.end(), has_null));
}

TEST(Json, NothingButSuggestionIsNull) {
  for (const char* query : {"q=", "q=rien", "q=approx", "q=a&-org=OpenAI&date=2024"}) {
    Json json = answer(query);
    json.erase("suggestion");
    EXPECT_FALSE(has_null(json)) << query;
  }
  const Json last = answer("q=")["hits"].back();
  EXPECT_FALSE(last.contains("date"));
  EXPECT_FALSE(last.contains("source"));
  EXPECT_FALSE(last.contains("url"));
}

TEST(Json, RangesAreCodePoints) {
  const Json snippet = answer("q=fonds")["hits"][0]["snippet"];
  std::u32string text;
  const std::string bytes = snippet["text"];
  for (std::size_t i = 0; i < bytes.size();) {  // decoded by hand: the test must not use what it tests
    const auto c = static_cast<unsigned char>(bytes[i]);
    const std::size_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    text += size == 1 ? c : 0xFFFD;
    i += size;
  }
  ASSERT_EQ(snippet["highlights"].size(), 2U);
  const std::size_t begin = snippet["highlights"][1][0], end = snippet["highlights"][1][1];
  EXPECT_EQ(text.substr(begin, end - begin), U"OpenAI");
}

TEST(Json, EntitiesAreEveryLabelOfTheEntityFields) {
  const Json hit = answer("q=fonds")["hits"][1];
  EXPECT_EQ(hit["entities"]["org"], (Json{"OpenAI", "Mistral AI"}));
  EXPECT_EQ(hit["entities"]["product"], (Json{"Pixtral 12B"}));
  EXPECT_FALSE(hit["entities"].contains("event"));
  EXPECT_EQ(hit["date"], "2024-10");
  EXPECT_EQ(hit["date_precision"], "month");
}

TEST(Json, LinksToggleAndExclude) {
  const Json values = answer("q=fonds&org=OpenAI")["facets"][0]["values"];
  for (const Json& value : values) {
    if (value["label"] != "OpenAI") continue;
    EXPECT_TRUE(value["selected"]);
    EXPECT_EQ(value["toggle_url"], "/search.json?q=fonds");
    EXPECT_EQ(value["exclude_url"], "/search.json?q=fonds&-org=openai");
  }
}

TEST(Json, PagesEndWithoutANextUrl) {
  EXPECT_EQ(answer("q=fonds&limit=2")["next_url"], "/search.json?q=fonds&limit=2&page=2");
  EXPECT_FALSE(answer("q=fonds&limit=2&page=3").contains("next_url"));
  EXPECT_FALSE(answer("q=rien").contains("next_url"));
}

TEST(Json, Extraction) {
  const auto stored = FakeSearcher().articles().front();
  const Json json = Json::parse(extraction_json(stored.article, stored.annotations));
  EXPECT_EQ(json["id"], "fil/record.txt");
  EXPECT_EQ(json["mentions"][0], (Json{{"in", "title"},
                                       {"start", 0},
                                       {"end", 6},
                                       {"type", "org"},
                                       {"text", "OpenAI"},
                                       {"value", "openai"},
                                       {"label", "OpenAI"},
                                       {"why", "gazetteer"}}));
  EXPECT_EQ(json["amounts"][0]["value"], 6600000000);
  EXPECT_TRUE(json["amounts"][0]["value"].is_number_integer());
  EXPECT_EQ(json["amounts"][0]["currency"], "USD");
  EXPECT_EQ(json["events"][0]["polarity"], "fact");
  EXPECT_EQ(json["events"][0]["participants"], Json{"OpenAI"});
}

TEST(Json, ProblemIsRfc9457) {
  const Json json = Json::parse(problem_json(400, "Bad request", {ErrorCode::kUsage, "no \"date\"", "write 2024"}));
  EXPECT_EQ(json, (Json{{"type", "about:blank"},
                        {"title", "Bad request"},
                        {"status", 400},
                        {"detail", "no \"date\""},
                        {"hint", "write 2024"}}));
}

TEST(Json, IllFormedTextNeverBreaksTheOutput) {
  searcher::SearchResponse response;
  response.query = "\xFF\xFE\x01\"";
  EXPECT_NO_THROW(Json::parse(search_json({}, response)));
}

}  // namespace
}  // namespace depeche::output
