// What is asked wrongly: one line that says so, one that says what to type, and the exit status of its kind.
#include <gtest/gtest.h>

#include "tests/cli/workplace.hh"

namespace depeche::test {
namespace {

struct Refusal {
  std::vector<std::string> arguments;
  int status;
  std::string_view message, hint;
};

TEST(Refusals, CommandLine) {
  Workplace place;
  place.index({fixture("articles")});
  const Refusal cases[] = {
      {{}, 2, "a command is missing", "depeche --help"},
      {{"bogus"}, 2, "there is no command \"bogus\"", "commands are index, search, facets"},
      {{"help"}, 2, "there is no command \"help\"", "commands are"},
      {{"--bogus"}, 2, "there is no option --bogus", "depeche --help"},
      {{"search", "--bogus", "OpenAI"}, 2, "there is no option --bogus", "depeche search --help"},
      {{"stats", "extra"}, 2, "one argument too many: \"extra\"", "depeche stats --help"},
      {{"show"}, 2, "id is required", "depeche show --help"},
      {{"index"}, 2, "path is required", "depeche index --help"},
      {{"facets"}, 2, "field is required", "depeche facets --help"},
      {{"explain", "OpenAI"}, 2, "--id is required", "depeche explain --help"},
      {{"--db"}, 2, "--db", "depeche --help"},
      {{"--config", "/nosuch", "stats"}, 2, "/nosuch", "help"},

      {{"search", "--format", "xml", "OpenAI"}, 2, "no format \"xml\"", "text|json|jsonl|csv|atom"},
      {{"check", "--format", "json"}, 2, "no format \"json\"", "text"},
      {{"facets", "org", "--format", "atom"}, 2, "no format \"atom\"", "text|json|csv"},
      {{"export", "--format", "csv"}, 2, "no format \"csv\"", "jsonl"},
      {{"index", "x", "--format", "json"}, 2, "no input format \"json\"", "auto, txt, jsonl, html, feed, warc"},
      {{"--format", "csv", "index", "x"}, 2, "no input format \"csv\"", "auto, txt"},
      {{"index", "x", "--language", "en"}, 2, "no language \"en\"", "fr, all"},
      {{"index", "x", "--jobs", "0"}, 2, "--jobs", "depeche index --help"},
      {{"search", "--sort", "newest", "x"}, 2, "no order \"newest\"", "relevance, date, date-asc"},
      {{"facets", "org", "--sort", "size"}, 2, "no order \"size\"", "count, value"},
      {{"search", "--facets", "org,nosuch", "x"}, 2, "\"nosuch\"", "facets are org, person"},

      {{"search", "--limit", "-1", "x"}, 2, "--limit: \"-1\" is no whole number from 0 to 10000", "search --help"},
      {{"search", "--limit", "-12", "x"}, 2, "--limit: \"-12\" is no whole number", "search --help"},
      {{"search", "--limit", "ten", "x"}, 2, "--limit: \"ten\" is no whole number", "search --help"},
      {{"search", "--limit", "1.5", "x"}, 2, "--limit: \"1.5\" is no whole number", "search --help"},
      {{"search", "--limit=", "x"}, 2, "--limit", "search --help"},
      {{"search", "--limit", "99999999999999999999", "x"}, 2, "--limit", "search --help"},
      {{"search", "--limit", "10001", "x"}, 2, "from 0 to 10000", "search --help"},
      {{"search", "--offset", "-5", "x"}, 2, "--offset: \"-5\"", "search --help"},
      {{"search", "--offset", "10000", "x"}, 2, "up to number 10000", "export"},
      {{"search", "--facet-size", "-1", "x"}, 2, "--facet-size", "search --help"},
      {{"facets", "org", "--limit", "0"}, 2, "--limit", "facets --help"},
      {{"similar", "x", "--limit", "0"}, 2, "--limit", "similar --help"},
      {{"serve", "--port", "99999"}, 2, "--port", "serve --help"},
      {{"serve", "--threads", "0", "--port", "0"}, 2, "--threads", "serve --help"},

      {{"search", "OpenAI", "-musk"}, 2, "there is no option -musk", "search -- \"OpenAI -musk\""},
      {{"search", "OpenAI", "-huawei"}, 2, "-huawei", "search -- \"OpenAI -huawei\""},  // not -h
      {{"search", "OpenAI", "-france"}, 2, "-france", "search -- \"OpenAI -france\""},  // not -f
      {{"search", "OpenAI", "-X"}, 2, "-X", "search -- \"OpenAI -X\""},
      {{"search", "OpenAI", "-2024"}, 2, "-2024", "search -- \"OpenAI -2024\""},
      {{"search", "-économie"}, 2, "-économie", "search --"},

      {{"search", "-f", "org"}, 2, "\"org\" is not a filter", "FIELD=VALUE"},
      {{"search", "-f", "org="}, 2, "org= has no value", "-f org=VALUE"},
      {{"search", "-f", "org=  "}, 2, "has no value", "-f org=VALUE"},
      {{"search", "-f", "=OpenAI"}, 2, "unknown field \"\"", "fields are title"},
      {{"search", "-f", "nosuch=x"}, 2, "unknown field \"nosuch\"", "org, person, place"},
      {{"search", "-f", "!nosuch=x"}, 2, "unknown field \"nosuch\"", "org, person, place"},
      {{"search", "x", "-f"}, 2, "-f", "search --help"},
      {{"facets", "nosuch"}, 2, "unknown field \"nosuch\"", "org, person, place"},
      {{"facets", "title"}, 2, "the field title is not counted", "facets --help"},

      {{"search", "-f", "date=hier"}, 2, "date=hier is not a date", "2024-01..2024-06"},
      {{"search", "-f", "date=2024-02-30"}, 2, "is not a date", "2024-01..2024-06"},
      {{"search", "-f", "date=2023-02-29"}, 2, "is not a date", "2024-01..2024-06"},
      {{"search", "-f", "date=2024-13"}, 2, "is not a date", "2024-01..2024-06"},
      {{"search", "-f", "date=.."}, 2, "is not a date", "2024-01..2024-06"},
      {{"search", "-f", "date=0000"}, 2, "is not a date", "2024-01..2024-06"},
      {{"search", "-f", "date=2024-06..2024-01"}, 2, "ends before it begins", "earlier date first"},
      {{"search", "-f", "amount=lots"}, 2, "is not an amount", "10M..100M"},
      {{"search", "-f", "amount=-5M"}, 2, "is not an amount", "10M..100M"},
      {{"search", "-f", "amount=1e400"}, 2, "is not an amount", "10M..100M"},
      {{"search", "-f", "amount=100M..10M"}, 2, "ends before it begins", "smaller amount first"},

      {{"search", "--strict", "a \"b"}, 2, "character 3: a quote is never closed", "--strict"},
      {{"search", "--strict", "é (b"}, 2, "character 3: a parenthesis is never closed", "--strict"},
      {{"search", "--strict", "a*"}, 2, "* needs at least 3 letters", "--strict"},
      {{"search", "--strict", "date:hier"}, 2, "date:hier is no date", "date:2024-01"},
      {{"search", "--strict", "OpenAI NEAR/21 fonds"}, 2, "NEAR takes 1 to 20 words", "--strict"},
      {{"search", "--strict", "((((((( a )))))))"}, 2, "more than 6 nested parentheses", "--strict"},
      {{"search", "--strict", "nosuch:a"}, 2, "there is no field \"nosuch\"", "--strict"},
      {{"search", std::string(8193, 'a')}, 2, "longer than 8 KiB", "fewer words"},

      {{"show", "nosuch"}, 1, "no article has the id nosuch", "depeche search"},
      {{"similar", "nosuch"}, 1, "no article has the id nosuch", "depeche search"},
      {{"show", "a\x1b[31m\nb\xff"}, 1, "no article has the id a [31m b\uFFFD", "depeche search"},
      {{"explain", "Ubisoft", "--id", "agence-1"}, 1, "does not match the query", "was read as"},

      {{"index", "nosuch"}, 5, "no such file or folder: nosuch", "spelling"},
      {{"index", "nosuch", "neither"}, 5, "no such file or folder: nosuch, neither", "spelling"},
      {{"extract", "nosuch", "--format", "jsonl"}, 5, "no such file or folder: nosuch", "spelling"},
      {{"index", fixture("articles"), "--rejects", "/nosuch/file"}, 5, "cannot write /nosuch/file", "--rejects"},
      {{"serve", "--host", "192.0.2.1", "--port", "0"}, 5, "cannot listen on 192.0.2.1", "--port"},

      {{"--db", "nosuch", "search", "x"}, 4, "no index in nosuch", "depeche index PATH"},
      {{"stats", "--db", "nosuch"}, 4, "no index in nosuch", "--db DIR"},
      {{"--db", "nosuch", "check"}, 4, "no index in nosuch", "--db DIR"},
      {{"--db", "nosuch", "export"}, 4, "no index in nosuch", "--db DIR"},
      {{"--db", "nosuch", "facets", "org"}, 4, "no index in nosuch", "--db DIR"},
      {{"--db", "nosuch", "show", "x"}, 4, "no index in nosuch", "--db DIR"},
      {{"--db", "user", "search", "x"}, 4, "no index in user", "--db DIR"},  // an empty folder
      {{"--db", DEPECHE_BINARY, "search", "x"}, 4, "is not a folder", "--db DIR"},
      {{"--db", fixture("articles"), "search", "x"}, 4, "is not an index", "--db DIR"},
      {{"--db", fixture("articles"), "index", fixture("articles")}, 4, "is not an index and not empty", "--db DIR"},
  };
  for (const Refusal& c : cases) {
    std::string line = "depeche";
    for (const std::string& argument : c.arguments) line += " " + argument.substr(0, 100);
    SCOPED_TRACE(line);
    expect_refusal(place.depeche(c.arguments), c.status, c.message, c.hint);
  }
}

TEST(Refusals, ThousandFiltersAreTakenAndNoMore) {
  Workplace place;
  place.index({fixture("articles")});
  std::vector<std::string> arguments = {"search"};
  for (int i = 0; i < 999; ++i) arguments.insert(arguments.end(), {"-f", "org=inconnue" + std::to_string(i)});
  arguments.insert(arguments.end(), {"-f", "org=OpenAI"});
  const ProgramRun taken = place.depeche(arguments);
  EXPECT_EQ(taken.status, 0);
  EXPECT_LT(lines_of_output(taken.err).size(), 10u) << taken.err;  // not a line for each value that no article has
  arguments.insert(arguments.end(), {"-f", "org=Nvidia"});
  expect_refusal(place.depeche(arguments), 2, "more than 1000 filters", "fewer");
}

}  // namespace
}  // namespace depeche::test
