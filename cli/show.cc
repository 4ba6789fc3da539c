#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "ingest/reader.hh"
#include "output/json.hh"
#include "output/text.hh"
#include "searcher/searcher.hh"

namespace depeche::cli {
namespace {

constexpr std::string_view kFormats = "text|json";

// The article as `export` writes it, with its entities.
std::string article_json(const schema::StoredArticle& stored) {
  std::string line;
  ingest::append_jsonl(stored.article, line);
  const auto close = line.rfind('}');
  return line.substr(0, close) + ",\"entities\":" + output::entities_json(stored.labels) + "}\n";
}

Result<Outcome> run_show(const Globals& globals, const std::string& id) {
  const auto format = format_among(globals, kFormats);
  if (!format) return tl::unexpected(format.error());
  auto index = searcher::Searcher::open(index_path(globals), {globals.gazetteer, false});
  if (!index) return tl::unexpected(index.error());
  const auto stored = (*index)->article(id);
  if (!stored) return tl::unexpected(stored.error());
  const auto written = write_out(*format == "json" ? article_json(*stored) : output::article_text(*stored, output_style()));
  if (!written) return tl::unexpected(written.error());
  return Outcome::kDone;
}

}  // namespace

void setup_show(CLI::App& app, Globals& globals) {
  auto id = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("show", "Print one article with its entities");
  command->add_option("id", *id, "As it stands behind each hit")->required()->type_name("ID");
  end_help(*command, kFormats, "depeche show articles/Orbite/2024-07-09-ariane-6.txt");
  command->callback([&globals, id] { globals.chosen = [&globals, id] { return run_show(globals, *id); }; });
}

}  // namespace depeche::cli
