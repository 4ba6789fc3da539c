#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "cli/command.hh"
#include "cli/input_paths.hh"
#include "cli/options.hh"
#include "cli/progress_line.hh"
#include "cli/terminal.hh"
#include "indexer/indexer.hh"

namespace depeche::cli {
namespace {

namespace fs = std::filesystem;

struct IndexCommand {
  std::vector<std::string> paths;
  std::string format, language = "fr", rejects;
  std::size_t jobs = 0;
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
  std::snprintf(rate, sizeof rate, " in %.1f s (%.0f docs/s)", s.seconds,
                static_cast<double>(s.read) / std::max(s.seconds, 1e-3));
  const auto part = [](std::string_view name, std::uint64_t n) {
    return ", " + std::string(name) + " " + std::to_string(n);
  };
  return "read " + std::to_string(s.read) + part("added", s.added) + part("updated", s.updated) +
         part("unchanged", s.unchanged) + part("deleted", s.deleted) + part("skipped", s.skipped) +
         part("rejected", s.rejected) + rate + "\n";
}

// The file of --rejects: opened before the work begins, so that nobody waits an hour for a misspelt folder.
class RejectsFile {
 public:
  static Result<RejectsFile> open(const std::string& path) {
    RejectsFile file;
    file.path_ = path;
    if (!path.empty()) file.out_.open(path);
    if (!path.empty() && !file.out_) return file.error();
    return file;
  }

  Result<void> write(const std::vector<ProgressLine::Rejection>& rejections) {
    if (path_.empty()) return {};
    for (const auto& r : rejections) out_ << r.where << '\t' << r.why << '\n';
    out_.flush();
    return out_ ? Result<void>() : error();
  }

 private:
  tl::unexpected<Error> error() const {
    return failure(ErrorCode::kIo, "cannot write " + path_ + ": " + std::strerror(errno),
                   "name another file with --rejects");
  }

  std::string path_;
  std::ofstream out_;
};

Result<Outcome> run_index(const Globals& globals, const IndexCommand& command) {
  indexer::IndexOptions options;
  options.jobs = static_cast<unsigned>(command.jobs);
  options.gazetteer_file = globals.gazetteer;
  options.sync_deleted = command.sync;
  options.dry_run = command.dry_run;
  // Before the command --format stands for the same.
  const std::string name = !command.format.empty()   ? command.format
                           : !globals.format.empty() ? globals.format
                                                     : "auto";
  const auto format = ingest::format_from_name(name);
  if (!format)
    return failure(ErrorCode::kUsage, "there is no input format \"" + name + "\"",
                   "formats are auto, txt, jsonl, html, feed, warc");
  options.read.format = *format;
  if (command.language != "fr" && command.language != "all") {
    return failure(ErrorCode::kUsage, "there is no language \"" + command.language + "\"", "languages are fr, all");
  }
  options.read.french_only = command.language == "fr";

  if (auto there = refuse_missing(command.paths); !there) return tl::unexpected(there.error());
  auto rejects = RejectsFile::open(command.rejects);
  if (!rejects) return tl::unexpected(rejects.error());

  std::string what = command.paths.front();
  if (command.paths.size() > 1) what += " …";
  ProgressLine progress(what, total_bytes(command.paths), command.quiet);
  const auto summary = indexer::run_index(index_path(globals), command.paths, options, progress);
  progress.finish();
  if (!summary) return tl::unexpected(summary.error());
  if (auto written = rejects->write(progress.rejections()); !written) return tl::unexpected(written.error());
  const bool nothing = summary->read == 0 && summary->skipped == 0;
  if (nothing &&
      (!summary->missing_paths.empty() || (summary->unreadable > 0 && summary->unreadable == summary->rejected))) {
    return failure(ErrorCode::kIo, "nothing could be read", "check the paths and their permissions");
  }
  if (summary->passed_over > 0 && !command.quiet) {
    report_note(std::to_string(summary->passed_over) +
                " files were passed over: their names are not those of articles");
  }
  if (auto written = write_out(summary_line(*summary)); !written) return tl::unexpected(written.error());
  return summary->rejected > 0 || !summary->missing_paths.empty() ? Outcome::kPartial : Outcome::kDone;
}

}  // namespace

void setup_index(CLI::App& app, Globals& globals) {
  auto command = std::make_shared<IndexCommand>();
  CLI::App* sub = app.add_subcommand("index", "Add articles to the index, update what changed, skip what did not");
  sub->add_option("path", command->paths, "Files, folders, or - for standard input")->required()->type_name("PATH");
  add_text(*sub, "--format", command->format, "FORM",
           "Form of the input: auto, txt, jsonl, html, feed, warc; default: auto");
  add_number(*sub, "--jobs", command->jobs, 1, 256, "Threads; default: one a core");
  add_text(*sub, "--language", command->language, "NAME", "fr, or all: keep pages and feeds in other languages too")
      ->capture_default_str();
  sub->add_flag("--sync", command->sync, "Delete the articles of the given folders that are gone");
  sub->add_flag("--dry-run", command->dry_run, "Say what would be done, change nothing");
  add_text(*sub, "--rejects", command->rejects, "FILE", "List everything that was refused, and why");
  sub->add_flag("--quiet", command->quiet, "No progress");
  end_help(*sub, "", "depeche index articles/ dump.jsonl.gz --sync");
  sub->callback(
      [&globals, command] { globals.chosen = [&globals, command] { return run_index(globals, *command); }; });
}

}  // namespace depeche::cli
