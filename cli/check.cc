#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "indexer/indexer.hh"

namespace depeche::cli {
namespace {

Result<Outcome> run_check(const Globals& globals, bool repair) {
  if (const auto format = format_among(globals, "text"); !format) return tl::unexpected(format.error());
  const auto report = indexer::check_index(index_path(globals), repair);
  if (!report) return tl::unexpected(report.error());
  std::string text;
  for (const std::string& done : report->repaired) text += done + "\n";
  for (const std::string& problem : report->problems) text += problem + "\n";
  if (report->problems.empty()) text += "the index is sound\n";
  if (auto written = write_out(text); !written) return tl::unexpected(written.error());
  if (report->problems.empty()) return Outcome::kDone;
  return failure(ErrorCode::kIndexDamaged, "the index has " + std::to_string(report->problems.size()) + " problems",
                 repair ? "index the articles again into an empty folder" : "run `depeche check --repair`");
}

}  // namespace

void setup_check(CLI::App& app, Globals& globals) {
  auto repair = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("check", "Verify the whole index; say what is damaged, and repair it");
  command->add_flag("--repair", *repair, "Rebuild what can be rebuilt from the stored articles");
  end_help(*command, "", "depeche check --repair");
  command->callback([&globals, repair] { globals.chosen = [&globals, repair] { return run_check(globals, *repair); }; });
}

}  // namespace depeche::cli
