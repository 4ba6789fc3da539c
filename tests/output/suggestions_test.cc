// Suggestions as they are printed and served.
#include "output/suggestions.hh"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/fake_searcher.hh"

namespace depeche::output {
namespace {

using Json = nlohmann::json;
using searcher::Suggestion;
using searcher::SuggestionKind;

searcher::Suggestions some() {
  searcher::Suggestions out;
  out.prefix = "élys";
  Suggestion word, name, title;
  word.label = word.query = "Élysée & co";
  word.highlights = {{0, 5}};
  word.count = 1234;
  name.kind = SuggestionKind::kName;
  name.label = "Sam Altman";
  name.highlights = {{4, 7}};
  name.query = "levée";
  name.field = schema::FieldId::kPerson;
  name.value = "sam-altman";
  name.count = 1;
  title.kind = SuggestionKind::kTitle;
  title.label = "L’Élysée\treçoit";
  title.highlights = {{4, 9}};
  title.id = "a/b c.txt";
  title.source = "Le Relais";
  title.date = parse_date("2024-10-03");
  out.list = {word, name, title};
  return out;
}

TEST(Suggestions, JsonHasTypesCountsAndPlaces) {
  const Json json = Json::parse(suggestions_json(some()));
  EXPECT_EQ(json["prefix"], "élys");
  const Json expected = Json::parse(R"([
    {"type":"word","label":"Élysée & co","highlights":[[0,4]],"query":"Élysée & co","count":1234,
     "url":"/?q=%C3%89lys%C3%A9e+%26+co"},
    {"type":"person","label":"Sam Altman","highlights":[[4,7]],"query":"levée","value":"sam-altman","count":1,
     "url":"/?q=lev%C3%A9e&person=sam-altman"},
    {"type":"title","label":"L’Élysée\treçoit","highlights":[[2,6]],"id":"a/b c.txt","source":"Le Relais",
     "date":"2024-10-03","date_precision":"day","url":"/article/a/b%20c.txt"}])");
  EXPECT_EQ(json["suggestions"], expected) << json.dump(1);
  EXPECT_EQ(Json::parse(suggestions_json({}))["suggestions"], Json::array());
}

TEST(Suggestions, JsonlIsOneALine) {
  const std::string lines = suggestions_jsonl(some());
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
  EXPECT_EQ(Json::parse(lines.substr(0, lines.find('\n')))["type"], "word");
}

TEST(Suggestions, BrowsersGetTheirOwnForm) {
  const Json json = Json::parse(suggestions_opensearch(some()));
  EXPECT_EQ(json[0], "élys");
  EXPECT_EQ(json[1], (Json{"Élysée & co", "levée Sam Altman", "L’Élysée\treçoit"}));
  EXPECT_EQ(json[2].size(), 3u);
}

TEST(Suggestions, TextHasTabsWhereNobodyLooks) {
  EXPECT_EQ(suggestions_text(some(), {}),
            "Élysée & co\trecherche\t1234\nlevée Sam Altman\tpersonne\t1\nL’Élysée reçoit\ttitre\ta/b c.txt\n");
  const std::string looked_at = suggestions_text(some(), {.terminal = true});
  EXPECT_EQ(looked_at.find('\t'), looked_at.npos);
  EXPECT_NE(looked_at.find("personne"), looked_at.npos);
}

}  // namespace
}  // namespace depeche::output
