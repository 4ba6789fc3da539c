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

Result<Outcome> run_stats(const Globals& globals) {
  const auto format = format_among(globals, kFormats);
  if (!format) return tl::unexpected(format.error());
  auto index = searcher::Searcher::open(index_path(globals), {globals.gazetteer, true});
  if (!index) return tl::unexpected(index.error());
  const auto stats = (*index)->stats(true);
  if (!stats) return tl::unexpected(stats.error());
  const auto written = write_out(*format == "json" ? output::stats_json(*stats) + "\n" : output::stats_text(*stats, output_style()));
  if (!written) return tl::unexpected(written.error());
  return Outcome::kDone;
}

}  // namespace

void setup_stats(CLI::App& app, Globals& globals) {
  CLI::App* command = app.add_subcommand("stats", "What is in the index, its size and versions");
  end_help(*command, kFormats, "depeche stats --format json");
  command->callback([&globals] { globals.chosen = [&globals] { return run_stats(globals); }; });
}

}  // namespace depeche::cli
