// What goes out comes in again: export → index → export, and `show` beside both.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cli/workplace.hh"

namespace depeche::test {
namespace {

using Json = nlohmann::json;

std::vector<std::string> sorted_lines(const std::string& text) {
  auto lines = lines_of_output(text);
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST(RoundTrip, ExportIndexExport) {
  Workplace place;
  place.index({std::string(DEPECHE_SOURCE_DIR) + "/corpus/articles", fixture("articles")});
  const ProgramRun exported = place.depeche({"export"});
  EXPECT_EQ(exported.status, 0);
  const ProgramRun copied = place.depeche({"--db", "copy", "index", "-"}, {.input = exported.out});
  ASSERT_EQ(copied.status, 0) << copied.err;
  EXPECT_TRUE(copied.out.starts_with("read 173, added 173, ")) << copied.out;
  const ProgramRun again = place.depeche({"--db", "copy", "export"});
  EXPECT_EQ(sorted_lines(again.out), sorted_lines(exported.out));

  for (const std::vector<std::string>& question : {std::vector<std::string>{"search", "levée de fonds OpenAI"},
                                                   {"search"},
                                                   {"search", "-f", "topic=emploi"},
                                                   {"facets", "org"}}) {
    const auto ask = [&](std::vector<std::string> arguments, const std::string& db) {
      arguments.insert(arguments.begin(), {"--db", db, "--format", "json"});
      Json json = Json::parse(place.depeche(arguments).out);
      json.erase("took_ms");
      return json;
    };
    EXPECT_EQ(ask(question, "copy"), ask(question, "index"));
  }
}

TEST(RoundTrip, IndexingAgainChangesNothing) {
  Workplace place;
  place.index({fixture("articles")});
  const ProgramRun before = place.depeche({"stats", "--format", "json"});
  const ProgramRun again = place.depeche({"index", fixture("articles")});
  EXPECT_EQ(again.status, 0);
  EXPECT_TRUE(again.out.starts_with("read 11, added 0, updated 0, unchanged 11, deleted 0, ")) << again.out;
  EXPECT_EQ(place.depeche({"stats", "--format", "json"}).out, before.out);
  EXPECT_TRUE(place.depeche({"--db", "index", "index", "-"}, {.input = place.depeche({"export"}).out})
                  .out.starts_with("read 11, added 0, updated 0, unchanged 11, "));
}

TEST(RoundTrip, UpdatesAndDeletions) {
  Workplace place;
  place.write("in/a.txt", "date 2024-01-01 Nvidia présente une puce.\n");
  place.write("in/b.txt", "date 2024-01-02 Meta ouvre un bureau.\n");
  place.index({place.in("in")});
  place.write("in/a.txt", "date 2024-01-01 Nvidia présente deux puces.\n");
  std::remove(place.in("in/b.txt").c_str());
  EXPECT_TRUE(place.depeche({"index", "in"}).out.starts_with("read 1, added 0, updated 1, unchanged 0, deleted 0, "));
  EXPECT_EQ(place.json({"search"})["total"], 2);
  EXPECT_TRUE(place.depeche({"index", "in", "--sync"})
                  .out.starts_with("read 1, added 0, updated 0, unchanged 1, deleted 1, "));
  EXPECT_EQ(place.json({"search"})["total"], 1);
}

TEST(RoundTrip, ShowIsTheExportedArticleAndItsEntities) {
  Workplace place;
  place.index({fixture("articles")});
  for (const Json& article : json_lines(place.depeche({"export"}).out)) {
    Json shown = place.json({"show", article["id"]});
    ASSERT_TRUE(shown.contains("entities")) << shown;
    for (const auto& [field, labels] : shown["entities"].items()) {
      EXPECT_TRUE(labels.is_array() && !labels.empty()) << field;
      EXPECT_TRUE(field == "org" || field == "person" || field == "place" || field == "product") << field;
    }
    shown.erase("entities");
    EXPECT_EQ(shown, article);
  }
  const Json given = place.json({"show", "agence-2"});
  EXPECT_EQ(given["entities"],
            Json::parse(R"({"org":["Meta"]})"));  // the given list, even the empty one, replaces what is found
  EXPECT_EQ(place.json({"show", "agence-1"})["rubrique"], "Droit");  // unknown keys are kept
}

TEST(RoundTrip, StatsSayWhatIsThere) {
  Workplace place;
  place.index({fixture("articles")});
  const Json stats = place.json({"stats"});
  EXPECT_EQ(stats["articles"], 11);
  EXPECT_EQ(stats["sources"], 3);
  EXPECT_EQ(stats["revision"], 1);
  for (const char* key : {"schema", "bytes"}) EXPECT_TRUE(stats[key].is_number_unsigned()) << key;
  EXPECT_TRUE(stats["analyzer"].is_string());
}

TEST(RoundTrip, AnalyzeCutsTheTextItNames) {
  Workplace place;
  const Json json = place.json({"analyze", "Les 😀 levées", "de fonds d’OpenAI : 6,6 Md€"});
  EXPECT_EQ(json["text"], "Les 😀 levées de fonds d’OpenAI : 6,6 Md€");
  std::vector<std::string> lemmas;
  for (const Json& token : json["tokens"]) {
    EXPECT_FALSE(token["lemmas"].empty()) << token;
    lemmas.push_back(token["lemmas"][0]);
  }
  EXPECT_EQ(std::count(lemmas.begin(), lemmas.end(), "openai"), 1) << json;
  EXPECT_EQ(std::count(lemmas.begin(), lemmas.end(), "fonds"), 1) << json;
  EXPECT_EQ(place.depeche({"analyze", "…"}).status, 1);
}

}  // namespace
}  // namespace depeche::test
