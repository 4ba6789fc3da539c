#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "output/json.hh"
#include "output/text.hh"
#include "searcher/searcher.hh"

namespace depeche::cli {
namespace {

constexpr std::string_view kFormats = "text|json";

struct SimilarOptions {
  std::string id;
  std::size_t limit = 10;
};

Result<Outcome> run_similar(const Globals& globals, const SimilarOptions& options) {
  const auto format = format_among(globals, kFormats);
  if (!format) return tl::unexpected(format.error());
  auto index = searcher::Searcher::open(index_path(globals), {globals.gazetteer, false});
  if (!index) return tl::unexpected(index.error());
  const auto hits = (*index)->similar(options.id, options.limit);
  if (!hits) return tl::unexpected(hits.error());
  const auto written = write_out(*format == "json" ? output::hits_json(*hits) + "\n" : output::hits_text(*hits, output_style()));
  if (!written) return tl::unexpected(written.error());
  return hits->empty() ? Outcome::kNothing : Outcome::kDone;
}

}  // namespace

void setup_similar(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<SimilarOptions>();
  CLI::App* command = app.add_subcommand("similar", "Articles that share what is distinctive of one");
  command->add_option("id", options->id, "As it stands behind each hit")->required()->type_name("ID");
  add_number(*command, "--limit", options->limit, 1, 1000, "Articles to show")->capture_default_str();
  end_help(*command, kFormats, "depeche similar articles/Orbite/2024-07-09-ariane-6.txt --limit 5");
  command->callback([&globals, options] { globals.chosen = [&globals, options] { return run_similar(globals, *options); }; });
}

}  // namespace depeche::cli
