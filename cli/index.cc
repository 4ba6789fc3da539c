#include <filesystem>
#include <fstream>

#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/progress_line.hh"
#include "cli/terminal.hh"
#include "indexer/indexer.hh"

namespace depeche::cli {
namespace {

namespace fs = std::filesystem;

struct IndexCommand {
  std::vector<std::string> paths;
  std::string input_format = "auto", language = "fr", rejects;
  unsigned jobs = 0;
  bool sync = false, dry_run = false, quiet = false;
};

// Of what is on disk, for the progress bar; 0 when it cannot be told (standard input).
std::uint64_t total_bytes(const std::vector<std::string>& paths) {
  std::uint64_t total = 0;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-") return 0;
    if (fs::is_regular_file(path, error)) total += fs::file_size(path, error);
    for (fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, error), end;
         !error && it != end; it.increment(error)) {
      std::error_code ignored;
      if (it->is_regular_file(ignored) && !it->is_symlink(ignored)) total += it->file_size(ignored);
    }
  }
  return total;
}

std::string summary_line(const indexer::IndexSummary& s) {
  char rate[64];
  std::snprintf(rate, sizeof rate, " in %.1f s (%.0f docs/s)", s.seconds, static_cast<double>(s.read) / std::max(s.seconds, 1e-3));
  const auto part = [](std::string_view name, std::uint64_t n) { return ", " + std::string(name) + " " + std::to_string(n); };
  return "read " + std::to_string(s.read) + part("added", s.added) + part("updated", s.updated) +
         part("unchanged", s.unchanged) + part("deleted", s.deleted) + part("skipped", s.skipped) +
         part("rejected", s.rejected) + rate + "\n";
}

Result<void> write_rejects(const std::string& path, const ProgressLine& progress) {
  std::ofstream out(path);
  for (const auto& r : progress.rejections()) out << r.where << '\t' << r.why << '\n';
  out.flush();
  if (!out) return failure(ErrorCode::kIo, "cannot write " + path, "check free space and permissions");
  return {};
}

Result<Outcome> run_index(const Globals& globals, const IndexCommand& command) {
  indexer::IndexOptions options;
  options.jobs = command.jobs;
  options.gazetteer_file = globals.gazetteer;
  options.sync_deleted = command.sync;
  options.dry_run = command.dry_run;
  // --format names the form of the input here.
  const std::string input_format = globals.format.empty() ? command.input_format : globals.format;
  const auto format = ingest::format_from_name(input_format);
  if (!format) return failure(ErrorCode::kUsage, "there is no input format \"" + input_format + "\"", "formats are auto, txt, jsonl, html, feed, warc");
  options.read.format = *format;
  if (command.language != "fr" && command.language != "all") {
    return failure(ErrorCode::kUsage, "there is no language \"" + command.language + "\"", "languages are fr, all");
  }
  options.read.french_only = command.language == "fr";

  std::string what = command.paths.front();
  if (command.paths.size() > 1) what += " …";
  ProgressLine progress(what, total_bytes(command.paths), command.quiet);
  const auto summary = indexer::run_index(index_path(globals), command.paths, options, progress);
  progress.finish();
  if (!summary) return tl::unexpected(summary.error());
  for (const std::string& path : summary->missing_paths) report_note(path + ": no such file or folder");
  if (!command.rejects.empty()) {
    if (auto written = write_rejects(command.rejects, progress); !written) return tl::unexpected(written.error());
  }
  if (summary->passed_over > 0 && !command.quiet) {
    report_note(std::to_string(summary->passed_over) + " files were passed over: their names are not those of articles");
  }
  if (auto written = write_out(summary_line(*summary)); !written) return tl::unexpected(written.error());
  const bool nothing = summary->read == 0 && summary->skipped == 0;
  if (nothing && !summary->missing_paths.empty()) {
    return failure(ErrorCode::kIo, "nothing could be read", "check the paths");
  }
  return summary->rejected > 0 || !summary->missing_paths.empty() ? Outcome::kPartial : Outcome::kDone;
}

}  // namespace

void setup_index(CLI::App& app, Globals& globals) {
  auto command = std::make_shared<IndexCommand>();
  CLI::App* sub = app.add_subcommand("index", "Add articles to the index, update what changed, skip what did not");
  sub->add_option("path", command->paths, "Files, folders, or - for standard input")->required()->type_name("PATH");
  sub->add_option("--jobs", command->jobs, "Threads; default: one a core")->check(CLI::Range(1, 256));
  sub->add_option("--language", command->language, "fr, or all: keep pages and feeds in other languages too")->capture_default_str();
  sub->add_flag("--sync", command->sync, "Delete the articles of the given folders that are gone");
  sub->add_flag("--dry-run", command->dry_run, "Say what would be done, change nothing");
  sub->add_option("--rejects", command->rejects, "List everything that was refused, and why")->type_name("FILE");
  sub->add_flag("--quiet", command->quiet, "No progress");
  sub->footer("--format names the form of the input: auto, txt, jsonl, html, feed, warc.\n"
              "Example: depeche index articles/ dump.jsonl.gz --sync");
  sub->callback([&globals, command] { globals.chosen = [&globals, command] { return run_index(globals, *command); }; });
}

}  // namespace depeche::cli
