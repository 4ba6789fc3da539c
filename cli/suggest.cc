#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "output/suggestions.hh"
#include "searcher/searcher.hh"

namespace depeche::cli {
namespace {

constexpr std::string_view kFormats = "text|json|jsonl";

struct SuggestOptions {
  std::vector<std::string> words;
  std::size_t limit = searcher::SuggestRequest{}.limit;
};

std::string rendered(const searcher::Suggestions& suggestions, const std::string& format) {
  if (format == "json") return output::suggestions_json(suggestions) + "\n";
  if (format == "jsonl") return output::suggestions_jsonl(suggestions);
  return output::suggestions_text(suggestions, output_style());
}

Result<Outcome> run_suggest(const Globals& globals, const SuggestOptions& options) {
  const auto format = format_among(globals, kFormats);
  if (!format) return tl::unexpected(format.error());
  searcher::SuggestRequest request;
  request.limit = options.limit;
  for (const std::string& word : options.words) request.prefix += (request.prefix.empty() ? "" : " ") + word;
  auto index = searcher::Searcher::open(index_path(globals), {globals.gazetteer, false});
  if (!index) return tl::unexpected(index.error());
  const auto suggestions = (*index)->suggest(request);
  if (!suggestions) return tl::unexpected(suggestions.error());
  const auto written = write_out(rendered(*suggestions, *format));
  if (!written) return tl::unexpected(written.error());
  return suggestions->list.empty() ? Outcome::kNothing : Outcome::kDone;
}

}  // namespace

void setup_suggest(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<SuggestOptions>();
  CLI::App* command =
      app.add_subcommand("suggest", "What the beginning of a query may become: words, names, titles");
  command->add_option("prefix", options->words, "The last word is completed, those before it stay")
      ->required()
      ->type_name("PREFIX");
  add_number(*command, "--limit", options->limit, 1, searcher::kMostSuggestions, "Suggestions to show")
      ->capture_default_str();
  end_help(*command, kFormats, "depeche suggest \"levée de f\"");
  command->callback(
      [&globals, options] { globals.chosen = [&globals, options] { return run_suggest(globals, *options); }; });
}

}  // namespace depeche::cli
