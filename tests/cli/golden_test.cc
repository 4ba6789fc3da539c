// What each command prints over tests/fixtures/articles, in tests/golden/cli/: the command, both outputs, the status.
#include "tests/support/golden.hh"

#include <gtest/gtest.h>

#include <regex>

#include "tests/cli/workplace.hh"

namespace depeche::test {
namespace {

struct Rule {
  const char *pattern, *instead;
};

// What differs from run to run and from version to version of the data: times, sizes, fingerprints, scores.
constexpr Rule kRules[] = {
    {"en [0-9,]+ ms( *)", "en N ms "},
    {"\"took_ms\":[0-9.e-]+", "\"took_ms\":N"},
    {"in [0-9.]+ s \\([0-9]+ docs/s\\)", "in N s (N docs/s)"},
    {"[0-9,]+ Mo", "N Mo"},
    {"\"(bytes|column_bytes|sidecar_bytes|score)\":[0-9.e-]+", "\"$1\":N"},
    {"[0-9a-f]{16}", "FINGERPRINT"},
    {"depeche [0-9]+\\.[0-9]+\\.[0-9]+", "depeche N.N.N"},
    {"<updated>[0-9TZ:-]+</updated>", "<updated>NOW</updated>"},
    {"(^|\n)([^\n]*\\S) +[0-9]+\\.[0-9]{3}(?=\n)", "$1$2  N"},  // explain
};

std::string normalised(std::string text, const Workplace& place) {
  for (const std::string& path : {place.path(), std::string(DEPECHE_SOURCE_DIR)}) {
    for (std::size_t at; (at = text.find(path)) != text.npos;) text.replace(at, path.size(), "FOLDER");
  }
  for (const Rule& rule : kRules) text = std::regex_replace(text, std::regex(rule.pattern), rule.instead);
  return text;
}

std::string readable(std::string text) {  // escape sequences that can be looked at
  for (std::size_t at; (at = text.find('\x1b')) != text.npos;) text.replace(at, 1, "\\e");
  std::erase(text, '\r');
  return text;
}

struct GoldenCase {
  std::string_view name;
  std::vector<std::string> arguments;
  ProgramOptions options = {};
};

TEST(Golden, EveryCommand) {
  Workplace place;
  place.index({fixture("articles"), "--jobs", "1"});  // one thread: the order of equals is that of the files
  const std::string openai = "articles/Le Relais/2024-10-03-openai-tour-de-table.txt";
  const std::string mistral = "articles/Le Relais/2024-06-11-mistral-600-millions.txt";
  const ProgramOptions terminal{.terminal_columns = 80},
      narrow{.environment = {{"NO_COLOR", "1"}}, .terminal_columns = 44},
      wide{.environment = {{"NO_COLOR", "1"}}, .terminal_columns = 120},
      ascii{.environment = {{"LC_ALL", "C"}}, .terminal_columns = 80};
  const GoldenCase cases[] = {
      {"search", {"search", "levée de fonds OpenAI"}},
      {"search-terminal", {"search", "levée de fonds OpenAI"}, terminal},
      {"search-narrow", {"search", "levée de fonds OpenAI"}, narrow},
      {"search-wide", {"search", "levée de fonds OpenAI"}, wide},
      {"search-ascii", {"search", "levée de fonds OpenAI"}, ascii},
      {"search-json", {"search", "levée de fonds OpenAI", "--format", "json"}},
      {"search-jsonl", {"search", "levée de fonds OpenAI", "--format", "jsonl"}},
      {"search-csv", {"search", "levée de fonds OpenAI", "--format", "csv"}},
      {"search-atom", {"search", "levée de fonds OpenAI", "--format", "atom"}},
      {"search-all", {"search", "--limit", "20", "--facets", "none"}},
      {"search-filters",
       {"search", "-f", "org=OpenAI", "-f", "org=Nvidia", "-f", "!event=cyberattaque", "-f", "date=2022..", "--limit",
        "2"}},
      {"search-filters-json",
       {"search", "-f", "org=OpenAI", "-f", "org=Nvidia", "-f", "!event=cyberattaque", "--limit", "1", "--format",
        "json"}},
      {"search-ungrouped", {"search", "ChatGPT", "--no-group-duplicates", "--facets", "org"}},
      {"search-oldest", {"search", "--sort", "date-asc", "--limit", "3", "--offset", "2", "--facets", "source,date"}},
      {"search-relaxed", {"search", "Nvidia blouson introuvable", "--facets", "none"}},
      {"search-nothing", {"search", "introuvable"}},
      {"search-nothing-json", {"search", "introuvable", "--format", "json"}},
      {"search-unknown-value", {"search", "-f", "org=Inconnue"}},
      {"search-beyond", {"search", "OpenAI", "--offset", "50", "--facets", "none"}},
      {"search-count", {"search", "OpenAI", "--limit", "0"}},
      {"search-notes", {"search", "((OpenAI nosuch:x", "--limit", "1", "--facets", "none"}},
      {"facets-org", {"facets", "org"}},
      {"facets-org-terminal", {"facets", "org", "--limit", "4"}, terminal},
      {"facets-org-json", {"facets", "org", "OpenAI", "--limit", "3", "--format", "json"}},
      {"facets-org-csv", {"facets", "organisation", "--format", "csv"}},
      {"facets-prefix", {"facets", "org", "--prefix", "micro", "--sort", "value"}},
      {"facets-nothing", {"facets", "org", "--prefix", "zzz"}},
      {"facets-date", {"facets", "date", "-f", "date=2024"}},
      {"facets-date-json", {"facets", "date", "-f", "date=2024", "--format", "json"}},
      {"facets-date-csv", {"facets", "date", "-f", "date=2024", "--format", "csv"}},
      {"facets-amount", {"facets", "montant", "OpenAI"}, terminal},
      {"show", {"show", mistral}},
      {"show-json", {"show", mistral, "--format", "json"}},
      {"show-given", {"show", "agence-1"}, terminal},
      {"similar", {"similar", mistral, "--limit", "2"}},
      {"similar-json", {"similar", mistral, "--limit", "1", "--format", "json"}},
      {"suggest", {"suggest", "levée de f"}},
      {"suggest-terminal", {"suggest", "open"}, terminal},
      {"suggest-json", {"suggest", "l’int", "--format", "json"}},
      {"suggest-jsonl", {"suggest", "Sam", "Alt", "--format", "jsonl", "--limit", "2"}},
      {"suggest-nothing", {"suggest", "zzz"}},
      {"search-misspelt", {"search", "Mistrale"}},
      {"search-misspelt-json", {"search", "Mistrale", "--limit", "1", "--format", "json"}},
      {"explain", {"explain", "levée de fonds", "--id", openai}},
      {"explain-no-match", {"explain", "levée de fonds", "--id", mistral}},
      {"explain-json", {"explain", "levée de fonds", "--id", openai, "--format", "json"}},
      {"stats", {"stats"}},
      {"stats-json", {"stats", "--format", "json"}},
      {"check", {"check"}},
      {"analyze", {"analyze", "Les levées de fonds d’OpenAI : 6,6 Md€"}},
      {"analyze-json", {"analyze", "l’œuvre de Mistral AI", "--format", "json"}},
      {"extract", {"extract", fixture("articles/depeches.jsonl")}},
      {"extract-jsonl", {"extract", fixture("articles/depeches.jsonl"), "--format", "jsonl"}},
      {"export", {"export"}},
      {"index-again", {"index", fixture("articles")}},
      {"help", {"--help"}},
      {"help-search", {"search", "--help"}},
      {"help-suggest", {"suggest", "--help"}},
      {"help-index", {"index", "--help"}},
      {"version", {"--version"}},
      {"error", {"search", "OpenAI", "-musk"}},
      {"error-terminal", {"search", "--sort", "newest"}, terminal},
  };
  for (const GoldenCase& c : cases) {
    const ProgramRun run = place.depeche(c.arguments, c.options);
    std::string text = "$ depeche";
    for (const std::string& argument : c.arguments) {
      text += argument.find_first_of(" !('") == argument.npos ? " " + argument : " \"" + argument + "\"";
    }
    text += "\n" + run.out;
    if (!run.err.empty()) text += "--- standard error\n" + run.err;
    text += "--- status " + std::to_string(run.status) + "\n";
    testing::expect_golden("cli/" + std::string(c.name) + ".txt", readable(normalised(std::move(text), place)));
  }
}

}  // namespace
}  // namespace depeche::test
