#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "ingest/reader.hh"
#include "searcher/searcher.hh"

namespace depeche::cli {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;

Result<Outcome> run_export(const Globals& globals) {
  if (const auto format = format_among(globals, "jsonl"); !format) return tl::unexpected(format.error());
  auto index = searcher::Searcher::open(index_path(globals), {globals.gazetteer, true});
  if (!index) return tl::unexpected(index.error());
  std::string block;
  auto walked = (*index)->for_each_article([&](const schema::StoredArticle& stored) -> Result<void> {
    ingest::append_jsonl(stored.article, block);
    if (block.empty() || block.back() != '\n') block += '\n';
    if (block.size() < kBlockBytes) return {};
    auto written = write_out(block);
    block.clear();
    return written;
  });
  if (walked) walked = write_out(block);
  if (!walked) return tl::unexpected(walked.error());
  return Outcome::kDone;
}

}  // namespace

void setup_export(CLI::App& app, Globals& globals) {
  CLI::App* command = app.add_subcommand("export", "The whole index as JSONL, which `depeche index` takes back");
  end_help(*command, "", "depeche export | depeche index --db copy -");
  command->callback([&globals] { globals.chosen = [&globals] { return run_export(globals); }; });
}

}  // namespace depeche::cli
