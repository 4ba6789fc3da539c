// `extract --format jsonl`: the contract's form, and ranges that cut exactly the text they name out of the field as
// given.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/cli/workplace.hh"
#include "tests/support/answer_checks.hh"

namespace depeche::test {
namespace {

using Json = nlohmann::json;

const std::set<std::string> kTypes = {"org", "person", "place", "product"};
const std::set<std::string> kEvents = {"levee-de-fonds", "acquisition", "licenciements", "sanction",
                                       "cyberattaque",   "proces",      "lancement",     "nomination",
                                       "implantation",   "panne"};

void expect_keys(const Json& object, const std::set<std::string>& required,
                 const std::set<std::string>& optional = {}) {
  for (const std::string& key : required) EXPECT_TRUE(object.contains(key)) << key << " in " << object;
  for (const auto& [key, value] : object.items()) {
    EXPECT_TRUE(required.contains(key) || optional.contains(key)) << key << " in " << object;
    EXPECT_FALSE(value.is_null()) << key;
  }
}

// The range lies in the field that `in` names, and cuts `text` where that is given.
void expect_range(const Json& found, const Json& article) {
  const std::string in = found["in"];
  ASSERT_TRUE(in == "title" || in == "text") << found;
  const std::string part = article.value(in, "");
  const std::size_t begin = found["start"], end = found["end"];
  ASSERT_LT(begin, end) << found;
  const std::string cut = code_points(part, begin, end);
  EXPECT_NE(cut, "") << found;
  if (found.contains("text")) {
    EXPECT_EQ(cut, found["text"]) << part;
  }
}

void expect_extraction(const Json& found, const Json& article) {
  SCOPED_TRACE(article["id"]);
  expect_keys(found, {"id", "mentions", "amounts", "events"}, {"agencies"});
  EXPECT_EQ(found["id"], article["id"]);
  for (const Json& mention : found["mentions"]) {
    expect_keys(mention, {"in", "start", "end", "type", "text", "value", "label", "why"});
    EXPECT_TRUE(kTypes.contains(mention["type"])) << mention;
    expect_range(mention, article);
  }
  for (const Json& amount : found["amounts"]) {
    expect_keys(amount, {"in", "start", "end", "text", "value", "currency"}, {"eur", "kind", "range"});
    EXPECT_TRUE(amount["value"].is_number() && amount["value"] > 0) << amount;
    EXPECT_GE(amount["currency"].get<std::string>().size(), 3u) << amount;
    if (amount.contains("range")) {
      EXPECT_TRUE(amount["range"] == "low" || amount["range"] == "high") << amount;
    }
    expect_range(amount, article);
  }
  for (const Json& event : found["events"]) {
    expect_keys(event, {"type", "in", "start", "end", "polarity", "participants"});
    EXPECT_TRUE(kEvents.contains(event["type"])) << event;
    EXPECT_TRUE(event["polarity"] == "fact" || event["polarity"] == "rumour" || event["polarity"] == "denied")
        << event;
    expect_range(event, article);
  }
}

TEST(Extract, RangesCutTheTextTheyName) {
  Workplace place;
  place.index({std::string(DEPECHE_SOURCE_DIR) + "/corpus/articles", fixture("articles")});
  const std::string exported = place.depeche({"export"}).out;
  const auto articles = json_lines(exported);
  const ProgramRun run = place.depeche({"extract", "-", "--format", "jsonl"}, {.input = exported});
  EXPECT_EQ(run.status, 0) << run.err;
  const auto found = json_lines(run.out);
  ASSERT_EQ(found.size(), articles.size());
  for (std::size_t i = 0; i < found.size(); ++i) expect_extraction(found[i], articles[i]);
}

TEST(Extract, CountsCodePointsOfTheFieldAsGiven) {
  Workplace place;
  const std::string openai = "OpenAI";
  const std::pair<std::string, std::string> texts[] = {
      {"emoji", "😀👩‍💻 OpenAI lève 6,6 milliards de dollars."},
      {"combining", "Re\u0301union : OpenAI le\u0300ve 5 millions d’euros à Paris."},
      {"blanks", "\u00A0\u202FOpenAI\u00A0vaut 157\u202Fmilliards\u00A0de dollars."},
      {"lines", "Un.\r\n\r\n  OpenAI  \r\nlève 5 M€.\n"},
      {"bom", "\uFEFFOpenAI lève 5 M€."},
      {"controls", "a\tb\u0001 OpenAI lève 5 M€."},
      {"arabic", "שלום مرحبا OpenAI lève 5 M€."},
  };
  std::string input;
  std::map<std::string, Json> articles;
  for (const auto& [id, text] : texts) {
    articles[id] = {{"id", id}, {"title", "OpenAI : 👍 titre"}, {"text", text}};
    input += articles[id].dump() + "\n";
  }
  const ProgramRun run = place.depeche({"extract", "--format", "jsonl"}, {.input = input});
  EXPECT_EQ(run.status, 0) << run.err;
  const auto lines = json_lines(run.out);
  ASSERT_EQ(lines.size(), std::size(texts));
  for (const Json& found : lines) {
    expect_extraction(found, articles.at(found["id"]));
    EXPECT_FALSE(found["amounts"].empty()) << found["id"];
    std::set<std::string> parts;
    for (const Json& mention : found["mentions"]) {
      if (mention["label"] == openai) parts.insert(mention["in"].get<std::string>());
    }
    EXPECT_EQ(parts, (std::set<std::string>{"text", "title"})) << found;
  }
}

TEST(Extract, RangesOfAmountsAreTwo) {
  Workplace place;
  const Json article = {{"id", "r"}, {"title", "T"}, {"text", "L’amende ira de 10 à 12 millions d’euros."}};
  const auto found =
      json_lines(place.depeche({"extract", "--format", "jsonl"}, {.input = article.dump() + "\n"}).out);
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found[0]["amounts"].size(), 2u) << found[0];
  EXPECT_EQ(found[0]["amounts"][0]["range"], "low");
  EXPECT_EQ(found[0]["amounts"][0]["value"], 10'000'000);
  EXPECT_EQ(found[0]["amounts"][1]["range"], "high");
  EXPECT_EQ(found[0]["amounts"][1]["value"], 12'000'000);
}

TEST(Extract, SameFromAFileAFolderAndStandardInput) {
  Workplace place;
  const ProgramRun folder = place.depeche({"extract", fixture("articles/Le Relais"), "--format", "jsonl"});
  const auto all = json_lines(folder.out);
  ASSERT_EQ(all.size(), 3u);
  const ProgramRun file = place.depeche(
      {"extract", fixture("articles/Le Relais/2024-06-11-mistral-600-millions.txt"), "--format", "jsonl"});
  EXPECT_EQ(json_lines(file.out).at(0), all[1]);
  EXPECT_EQ(place.depeche({"extract"}, {.input = "Rien ici.\n"}).status, 0);
}

}  // namespace
}  // namespace depeche::test
