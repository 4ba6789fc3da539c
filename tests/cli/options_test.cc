// Where options may stand and where they come from; help, version and licences.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/cli/workplace.hh"

namespace depeche::test {
namespace {

// The articles that an answer in JSON counts; -1 where there is none.
int total(const ProgramRun& run) {
  const auto json = nlohmann::json::parse(run.out, nullptr, false);
  return json.is_object() && json.contains("total") ? json["total"].get<int>() : -1;
}

TEST(Options, StandBeforeAndAfterTheCommand) {
  Workplace place;
  place.index({fixture("articles")});
  const std::string db = place.in("index");
  const std::vector<std::string> orders[] = {
      {"--db", db, "--format", "json", "search", "Nvidia"},
      {"search", "Nvidia", "--db", db, "--format", "json"},
      {"search", "--format=json", "Nvidia", "--db=" + db},
      {"--format", "text", "search", "--db", "nosuch", "Nvidia", "--format", "json", "--db",
       db},  // the last one counts
      {"--db", db, "search", "--format", "json", "--", "Nvidia"},
  };
  for (const auto& arguments : orders) EXPECT_EQ(total(place.depeche(arguments)), 4) << arguments[1];
}

TEST(Options, WordsOfAQueryAreJoined) {
  Workplace place;
  place.index({fixture("articles")});
  EXPECT_EQ(place.json({"search", "levée", "de", "fonds"})["query"]["text"], "levée de fonds");
  EXPECT_EQ(place.json({"search", "index"}, 1)["query"]["text"], "index");  // the name of a command is a word as well
  EXPECT_EQ(place.json({"search", "--", "OpenAI -Mistral"})["total"], 3);
  EXPECT_EQ(place.json({"search", "-forg=Nvidia"})["total"], 4);
  EXPECT_EQ(place.json({"search", "-f", "org=Nvidia", "OpenAI"})["total"], 2);  // -f takes one value
  EXPECT_EQ(place.json({"search", "--limit", "1", "--limit", "2"})["hits"].size(), 2u);
}

TEST(Options, OptionBeatsEnvironmentBeatsFile) {
  Workplace place;
  ASSERT_EQ(place.depeche({"--db", "one", "index", fixture("articles/depeches.jsonl")}).status, 0);
  ASSERT_EQ(place.depeche({"--db", "two", "index", fixture("articles/Le Relais")}).status, 0);
  ASSERT_EQ(place.depeche({"--db", "data/depeche/index", "index", fixture("articles")}).status, 0);
  const auto found = [&](std::vector<std::string> options, ProgramOptions environment = {}) {
    options.insert(options.end(), {"search", "--format", "json"});
    return total(place.depeche(options, std::move(environment)));
  };
  const std::pair<std::string, std::string> data{"XDG_DATA_HOME", place.in("data")},
      db{"DEPECHE_DB", place.in("one")};
  EXPECT_EQ(found({}, {.environment = {data}}), 11);
  EXPECT_EQ(found({}, {.environment = {data, db}}), 4);
  EXPECT_EQ(found({"--db", "two"}, {.environment = {data, db}}), 3);

  place.write("user/.config/depeche/config.toml", "db = \"" + place.in("two") + "\"\n");
  EXPECT_EQ(found({}), 3);
  EXPECT_EQ(found({}, {.environment = {data}}), 3);
  EXPECT_EQ(found({}, {.environment = {db}}), 4);
  EXPECT_EQ(found({"--db", "data/depeche/index"}), 11);
  place.write("config/depeche/config.toml", "db = \"" + place.in("one") + "\"\n");
  EXPECT_EQ(found({}, {.environment = {{"XDG_CONFIG_HOME", place.in("config")}}}), 4);
  EXPECT_EQ(found({"--config", place.in("config/depeche/config.toml")}), 4);
}

TEST(Options, DefaultPlaceIsBelowTheHome) {
  Workplace place;
  ASSERT_EQ(place.depeche({"index", fixture("articles")}).status, 0);
  EXPECT_TRUE(std::filesystem::exists(place.in("user/.local/share/depeche/index/XAPIANDB")));
}

TEST(Options, FileHoldsForEveryCommandThatHasTheOption) {
  Workplace place;
  place.index({fixture("articles")});
  const auto config = [&](std::string_view text) { place.write("user/.config/depeche/config.toml", text); };
  const auto hits = [&](const ProgramRun& run) { return nlohmann::json::parse(run.out)["hits"].size(); };

  config("limit = 2\nno-group-duplicates = true\n");
  EXPECT_EQ(hits(place.depeche({"search", "--format", "json"})), 2u);
  EXPECT_EQ(place.json({"search"})["groups"], 11);
  EXPECT_EQ(hits(place.depeche({"search", "--format", "json", "--limit", "5"})), 5u);
  EXPECT_EQ(lines_of_output(place.depeche({"facets", "org"}).out).size(), 2u);

  config("limit = 2\n[search]\nlimit = 3\n");
  EXPECT_EQ(hits(place.depeche({"search", "--format", "json"})), 3u);
  EXPECT_EQ(lines_of_output(place.depeche({"facets", "org"}).out).size(), 2u);

  config("[search]\nfilter = [\"org=Nvidia\", \"org=Meta\"]\n");
  EXPECT_EQ(place.json({"search"})["total"], 5);

  // A form that a command does not have is no reason for it to fail.
  config("format = \"json\"\n");
  EXPECT_EQ(total(place.depeche({"search"})), 11);
  EXPECT_EQ(place.depeche({"check"}).out, "the index is sound\n");
  EXPECT_EQ(place.depeche({"index", fixture("articles")}).status, 0);
  EXPECT_EQ(place.depeche({"export"}).status, 0);
  EXPECT_TRUE(place.depeche({"search", "--format", "text"}).out.starts_with("11 articles"));

  for (const std::string_view bad :
       {"limt = 2\n", "[search]\nlimt = 2\n", "[serach]\nlimit = 2\n", "licenses = true\n"}) {
    config(bad);
    expect_refusal(place.depeche({"search"}), 2, "the configuration file has an unknown option", "search --help");
  }
  config("limit = \"many\"\n");
  expect_refusal(place.depeche({"search"}), 2, "\"many\" is no whole number", "search --help");
}

TEST(Options, EveryCommandHasHelpWithAnExample) {
  Workplace place;
  const ProgramRun overview = place.depeche({"--help"});
  EXPECT_EQ(overview.status, 0);
  EXPECT_EQ(overview.err, "");
  std::vector<std::string> commands;
  bool listed = false;
  for (const std::string& line : lines_of_output(overview.out)) {
    if (listed && line.starts_with("  ")) commands.push_back(line.substr(2, line.find(' ', 2) - 2));
    listed = listed ? !line.empty() : line == "Subcommands:";
  }
  EXPECT_GE(commands.size(), 11u);
  for (const std::string& command : commands) {
    const ProgramRun run = place.depeche({command, "--help"});
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.out, place.depeche({command, "-h"}).out);
    EXPECT_NE(run.out.find("\nExample: depeche " + command), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("--db DIR"), std::string::npos) << command;
  }
}

TEST(Options, VersionAndLicences) {
  Workplace place;
  const ProgramRun version = place.depeche({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_TRUE(version.out.starts_with("depeche ")) << version.out;
  const ProgramRun licences = place.depeche({"--licenses"});
  EXPECT_EQ(licences.status, 0);
  for (const std::string_view name :
       {"Xapian", "ICU", "CLI11", "cpp-httplib", "nlohmann", "simdjson", "GPL-3.0-or-later"}) {
    EXPECT_NE(licences.out.find(name), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace depeche::test
