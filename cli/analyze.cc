#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "core/utf8.hh"
#include "output/text.hh"
#include "text/analyzer.hh"

namespace depeche::cli {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::string_view kFormats = "text|json";

std::vector<std::string> flags_of(const text::Token& token) {
  std::vector<std::string> names;
  if (token.has(text::kStopWord)) names.emplace_back("stop");
  if (token.has(text::kCompound)) names.emplace_back("compound");
  if (token.has(text::kSentenceStart)) names.emplace_back("sentence");
  return names;
}

std::vector<std::string> lemmas_of(const text::Analysis& analysis, const text::Token& token) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) out.emplace_back(analysis.lemma(token, i));
  return out;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : std::string(between)) + part;
  return out;
}

Result<Outcome> run_analyze(const Globals& globals, const std::vector<std::string>& words) {
  const auto format = format_among(globals, kFormats);
  if (!format) return tl::unexpected(format.error());
  std::string input = joined(words, " ");
  repair_utf8(input);
  text::Analyzer analyzer;
  text::Analysis analysis;
  analyzer.analyze(input, analysis);
  std::string out;
  std::vector<output::Row> rows;
  Json tokens = Json::array();
  CodePointCounter counter(input);
  std::uint32_t counted = 0;
  for (const text::Token& token : analysis.tokens()) {
    if (token.range.begin < counted) counter = CodePointCounter(input);  // a part of a compound
    const std::size_t begin = counter.at(token.range.begin), end = counter.at(token.range.end);
    counted = token.range.end;
    const auto lemmas = lemmas_of(analysis, token);
    const auto flags = flags_of(token);
    const std::string surface(token.range.of(input)), exact(analysis.exact(token));
    if (*format == "json") {
      tokens.push_back({{"text", surface}, {"start", begin}, {"end", end}, {"position", token.position},
                        {"exact", exact}, {"lemmas", lemmas}, {"flags", flags}});
    } else {
      rows.push_back({"[" + std::to_string(begin) + "," + std::to_string(end) + ")", output::printable(surface),
                      "position " + std::to_string(token.position), "exact " + exact, "lemma " + joined(lemmas, " "),
                      joined(flags, " ")});
    }
  }
  if (*format == "json") out = Json{{"text", input}, {"tokens", tokens}}.dump() + "\n";
  if (*format == "text") out = output::aligned(rows, output_style());
  if (auto written = write_out(out); !written) return tl::unexpected(written.error());
  return analysis.tokens().empty() ? Outcome::kNothing : Outcome::kDone;
}

}  // namespace

void setup_analyze(CLI::App& app, Globals& globals) {
  auto words = std::make_shared<std::vector<std::string>>();
  CLI::App* command = app.add_subcommand("analyze", "Show each token of a text with the terms it is found by");
  command->add_option("text", *words, "What to analyse")->required()->type_name("TEXT");
  end_help(*command, kFormats, "depeche analyze \"Les levées de fonds d’OpenAI\"");
  command->callback([&globals, words] { globals.chosen = [&globals, words] { return run_analyze(globals, *words); }; });
}

}  // namespace depeche::cli
