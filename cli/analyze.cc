#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "core/utf8.hh"
#include "output/text.hh"
#include "text/analyzer.hh"
#include "text/trace.hh"

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

struct Range {
  std::size_t begin = 0, end = 0;  // code points
};

Range code_points(std::string_view input, ByteRange range) {
  CodePointCounter counter(input);
  const std::size_t begin = counter.at(range.begin);
  return {begin, counter.at(range.end)};
}

std::string range_text(Range range) {
  return "[" + std::to_string(range.begin) + "," + std::to_string(range.end) + ")";
}

output::Row token_row(std::string_view input, const text::Analysis& analysis, const text::Token& token) {
  return {"term",
          range_text(code_points(input, token.range)),
          output::printable(token.range.of(input)),
          "position " + std::to_string(token.position),
          "exact " + std::string(analysis.exact(token)),
          "lemma " + joined(lemmas_of(analysis, token), " "),
          joined(flags_of(token), " ")};
}

Json token_json(std::string_view input, const text::Analysis& analysis, const text::Token& token) {
  const Range range = code_points(input, token.range);
  return {{"text", std::string(token.range.of(input))},
          {"start", range.begin},
          {"end", range.end},
          {"position", token.position},
          {"exact", std::string(analysis.exact(token))},
          {"lemmas", lemmas_of(analysis, token)},
          {"flags", flags_of(token)}};
}

// What the tokeniser cut, then what became of it: the terms that the index holds.
std::string as_text(std::string_view input, const text::Analysis& analysis) {
  std::vector<output::Row> cut, terms;
  for (const text::TracedWord& word : text::trace_words(input)) {
    cut.push_back({"cut", range_text(code_points(input, word.range)), output::printable(word.range.of(input)),
                   "normalised " + word.normalised, std::string(word.kind)});
  }
  for (const text::Token& token : analysis.tokens()) terms.push_back(token_row(input, analysis, token));
  return output::aligned(cut, output_style()) + output::aligned(terms, output_style());
}

std::string as_json(std::string_view input, const text::Analysis& analysis) {
  Json out{{"text", std::string(input)}, {"words", Json::array()}, {"tokens", Json::array()}};
  for (const text::TracedWord& word : text::trace_words(input)) {
    const Range range = code_points(input, word.range);
    out["words"].push_back({{"text", std::string(word.range.of(input))},
                            {"start", range.begin},
                            {"end", range.end},
                            {"normalised", word.normalised},
                            {"kind", std::string(word.kind)}});
  }
  for (const text::Token& token : analysis.tokens()) out["tokens"].push_back(token_json(input, analysis, token));
  return out.dump() + "\n";
}

Result<Outcome> run_analyze(const Globals& globals, const std::vector<std::string>& words) {
  const auto format = format_among(globals, kFormats);
  if (!format) return tl::unexpected(format.error());
  std::string input = joined(words, " ");
  repair_utf8(input);
  text::Analyzer analyzer;
  text::Analysis analysis;
  analyzer.analyze(input, analysis);
  if (auto written = write_out(*format == "json" ? as_json(input, analysis) : as_text(input, analysis)); !written) {
    return tl::unexpected(written.error());
  }
  return analysis.tokens().empty() ? Outcome::kNothing : Outcome::kDone;
}

}  // namespace

void setup_analyze(CLI::App& app, Globals& globals) {
  auto words = std::make_shared<std::vector<std::string>>();
  CLI::App* command =
      app.add_subcommand("analyze", "Show what each stage makes of a text, and the terms it is found by");
  command->add_option("text", *words, "What to analyse")->required()->type_name("TEXT");
  end_help(*command, kFormats, "depeche analyze \"Les levées de fonds d’OpenAI\"");
  command->callback(
      [&globals, words] { globals.chosen = [&globals, words] { return run_analyze(globals, *words); }; });
}

}  // namespace depeche::cli
