// What a person sees: nothing wider than the terminal, colour only where it is wanted, ASCII where nothing else
// works.
#include "output/terminal.hh"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cli/workplace.hh"

namespace depeche::test {
namespace {

// One line each for the ids of hits, which are never cut: they are there to be copied.
bool is_id_line(const std::string& line) {
  return line.find(".txt") != line.npos;
}

std::vector<std::vector<std::string>> commands() {
  return {{"search", "levée de fonds OpenAI"},
          {"search", "--no-group-duplicates"},
          {"search", "levée fonds Ubisoft introuvable", "-f", "date=2020.."},
          {"search", "introuvable"},
          {"facets", "org"},
          {"facets", "date"},
          {"facets", "amount"},
          {"show", "agence-1"},
          {"similar", "agence-1"},
          {"stats"}};
}

TEST(Terminal, NothingIsWiderThanItIs) {
  Workplace place;
  place.index({fixture("articles")});
  for (const int width : {40, 63, 80, 119, 120, 200}) {
    for (const auto& arguments : commands()) {
      const ProgramRun run =
          place.depeche(arguments, {.environment = {{"NO_COLOR", "1"}}, .terminal_columns = width});
      EXPECT_NE(run.out, "");
      for (const std::string& line : lines_of_output(run.out)) {
        if (is_id_line(line)) continue;
        EXPECT_LE(output::columns(line), static_cast<std::size_t>(std::min(width, 120)))
            << arguments[0] << ": " << line;
        EXPECT_FALSE(line.ends_with(' ')) << line << "|";
      }
    }
  }
}

TEST(Terminal, FacetsStandBesideTheHitsFrom120Columns) {
  Workplace place;
  place.index({fixture("articles")});
  const auto first_line = [&](int width) {
    return lines_of_output(
        place.depeche({"search", "OpenAI"}, {.environment = {{"NO_COLOR", "1"}}, .terminal_columns = width}).out)[0];
  };
  EXPECT_EQ(first_line(119).find("organisation"), std::string::npos);
  EXPECT_NE(first_line(120).find("organisation"), std::string::npos);
}

TEST(Terminal, ColourOnlyWhereItIsWanted) {
  Workplace place;
  place.index({fixture("articles")});
  const std::vector<std::string> search = {"search", "OpenAI"};
  const auto has_escapes = [](const ProgramRun& run) { return run.out.find('\x1b') != std::string::npos; };
  EXPECT_TRUE(has_escapes(place.depeche(search, {.terminal_columns = 80})));
  EXPECT_FALSE(has_escapes(place.depeche(search, {.environment = {{"NO_COLOR", "1"}}, .terminal_columns = 80})));
  EXPECT_FALSE(has_escapes(place.depeche(search, {.environment = {{"TERM", "dumb"}}, .terminal_columns = 80})));
  EXPECT_FALSE(has_escapes(place.depeche(search)));
  EXPECT_TRUE(has_escapes(place.depeche({"bogus"}, {.terminal_columns = 80})));
  EXPECT_FALSE(has_escapes(place.depeche({"bogus"}, {.environment = {{"NO_COLOR", "1"}}, .terminal_columns = 80})));
  // The same words with and without.
  std::string plain = place.depeche(search, {.terminal_columns = 80}).out;
  for (std::size_t at; (at = plain.find("\x1b[")) != plain.npos;) plain.erase(at, plain.find('m', at) - at + 1);
  const ProgramRun piped = place.depeche(search);
  EXPECT_EQ(plain.substr(plain.find('\n')), piped.out.substr(piped.out.find('\n')));  // but for the milliseconds
}

TEST(Terminal, AsciiWhereTheLocaleHasNothingElse) {
  Workplace place;
  place.index({fixture("articles")});
  for (const auto& arguments : commands()) {
    const ProgramRun run = place.depeche(arguments, {.environment = {{"LC_ALL", "C"}}, .terminal_columns = 80});
    const auto strange =
        std::find_if(run.out.begin(), run.out.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7E; });
    EXPECT_EQ(strange, run.out.end()) << run.out;
    EXPECT_EQ(run.out.find('?'), std::string::npos) << run.out;
    for (const std::string& line : lines_of_output(
             place.depeche(arguments, {.environment = {{"LC_ALL", "C"}, {"NO_COLOR", "1"}}, .terminal_columns = 80})
                 .out)) {
      if (!is_id_line(line)) {
        EXPECT_LE(line.size(), 80u) << line;
      }
    }
  }
  const ProgramRun piped = place.depeche({"search", "levée"}, {.environment = {{"LC_ALL", "C"}}});
  EXPECT_NE(piped.out.find("levée"), std::string::npos) << "a pipe gets the bytes as they are";
}

TEST(Terminal, ArticlesCannotSendControlSequences) {
  Workplace place;
  place.write(
      "evil.jsonl",
      "{\"id\":\"e\\u001b[2J\",\"title\":\"A\\u001b[31m \\u009b31m B\\u0007\",\"source\":\"S\\u001b]0;x\\u0007\","
      "\"text\":\"Nvidia \\u001b[5m clignote. \\u202e\",\"org\":[\"O\\u001b[1m\"]}\n");
  place.index({place.in("evil.jsonl")});
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"search"}, {"facets", "org"}, {"facets", "source"}}) {
    const ProgramRun run = place.depeche(arguments, {.environment = {{"NO_COLOR", "1"}}, .terminal_columns = 80});
    EXPECT_EQ(run.out.find('\x1b'), std::string::npos) << run.out;
    EXPECT_EQ(run.out.find('\x07'), std::string::npos) << run.out;
    EXPECT_EQ(run.out.find("\xC2\x9B"), std::string::npos) << run.out;
  }
}

TEST(Terminal, ProgressIsOneLineThatGoesAway) {
  Workplace place;
  const ProgramRun run = place.depeche({"--db", "db", "index", fixture("articles")}, {.terminal_columns = 80});
  EXPECT_EQ(run.status, 0);
  const auto summary = run.out.rfind("read 11, added 11");
  ASSERT_NE(summary, std::string::npos) << run.out;
  EXPECT_EQ(run.out.substr(0, summary).find('\n'), std::string::npos) << run.out;
}

}  // namespace
}  // namespace depeche::test
