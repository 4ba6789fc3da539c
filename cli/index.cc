#include <CLI/CLI.hpp>
#include <exception>
#include <filesystem>
#include <unistd.h>

#include "cli/command.hh"
#include "cli/exit_code.hh"
#include "cli/index_job.hh"
#include "cli/input_paths.hh"
#include "cli/options.hh"
#include "cli/quantities.hh"
#include "cli/terminal.hh"

namespace depeche::cli {
namespace {

constexpr std::uint64_t kLeastMemory = 100u << 20;

struct IndexCommand {
  std::vector<std::string> paths;
  std::string format, language = "fr", rejects, memory, every;
  std::size_t jobs = 0;
  bool sync = false, dry_run = false, quiet = false, watch = false;
};

Result<ingest::Format> input_format(const Globals& globals, const IndexCommand& command) {
  // Before the command --format stands for the same.
  const std::string name = !command.format.empty()   ? command.format
                           : !globals.format.empty() ? globals.format
                                                     : "auto";
  if (const auto format = ingest::format_from_name(name)) return *format;
  return failure(ErrorCode::kUsage, "there is no input format \"" + name + "\"",
                 "formats are auto, txt, jsonl, html, feed, warc");
}

Result<indexer::IndexOptions> options_of(const Globals& globals, const IndexCommand& command) {
  indexer::IndexOptions options;
  options.jobs = static_cast<unsigned>(command.jobs);
  options.gazetteer_file = globals.gazetteer;
  options.sync_deleted = command.sync || command.watch;
  options.dry_run = command.dry_run;
  const auto format = input_format(globals, command);
  if (!format) return tl::unexpected(format.error());
  options.read.format = *format;
  if (command.language != "fr" && command.language != "all") {
    return failure(ErrorCode::kUsage, "there is no language \"" + command.language + "\"", "languages are fr, all");
  }
  options.read.french_only = command.language == "fr";
  if (command.memory.empty()) return options;
  const auto memory = parse_size(command.memory);
  if (!memory || *memory < kLeastMemory) {
    return failure(ErrorCode::kUsage, "\"" + command.memory + "\" is no amount of memory from 100M on",
                   "write it as 800M or 2G");
  }
  options.memory_bytes = *memory;
  return options;
}

// What goes on goes on without the one who started it: it needs folders and files that are there again the next time.
Result<void> check_repetition(const IndexCommand& command) {
  if (!command.watch && command.every.empty()) return {};
  if (command.watch && !command.every.empty()) {
    return failure(ErrorCode::kUsage, "--watch and --every exclude each other", "choose one of them");
  }
  const std::string option = command.watch ? "--watch" : "--every";
  if (command.dry_run) return failure(ErrorCode::kUsage, option + " and --dry-run exclude each other", "choose one of them");
  for (const std::string& path : command.paths) {
    std::error_code error;
    if (path == "-") {
      return failure(ErrorCode::kUsage, option + " cannot read standard input again", "name files or folders");
    }
    if (command.watch && !std::filesystem::is_directory(path, error)) {
      return failure(ErrorCode::kUsage, "--watch takes folders, and " + path + " is none",
                     "name its folder, or use --every");
    }
  }
  return {};
}

// The status that a run ends with.
Result<Outcome> outcome_of(const indexer::IndexSummary& s) {
  const bool nothing = s.read == 0 && s.skipped == 0;
  if (nothing && (!s.missing_paths.empty() || (s.unreadable > 0 && s.unreadable == s.rejected))) {
    return failure(ErrorCode::kIo, "nothing could be read", "check the paths and their permissions");
  }
  return s.rejected > 0 || !s.missing_paths.empty() ? Outcome::kPartial : Outcome::kDone;
}

Result<Outcome> run_once(IndexJob& job, const IndexCommand& command, const StopSignal& stop) {
  const auto summary = job.run();
  if (!summary) return tl::unexpected(summary.error());
  const auto outcome = outcome_of(*summary);
  if (!outcome) return outcome;
  if (summary->passed_over > 0 && !command.quiet) {
    report_note(std::to_string(summary->passed_over) +
                " files were passed over: their names are not those of articles");
  }
  if (auto written = job.tell(*summary); !written) return tl::unexpected(written.error());
  if (summary->stopped) {
    report_note("stopped; what was read is kept");
    report_hint("run it again to go on");
    stop.end_program();
  }
  return outcome;
}

// Xapian ends the program where a disk is full and its own cleaning up fails as well. The index is whole all the same.
[[noreturn]] void end_unwritten() {
  report({ErrorCode::kIo, "the index cannot be written; the one before stands",
          "check free space and permissions, then run it again"});
  ::_exit(exit_code(ErrorCode::kIo));
}

Result<Outcome> run_index(const Globals& globals, const IndexCommand& command) {
  std::set_terminate(&end_unwritten);
  auto options = options_of(globals, command);
  if (!options) return tl::unexpected(options.error());
  if (auto there = refuse_missing(command.paths); !there) return tl::unexpected(there.error());
  if (auto repeatable = check_repetition(command); !repeatable) return tl::unexpected(repeatable.error());
  const auto period = parse_duration(command.every);
  if (!command.every.empty() && !period) {
    return failure(ErrorCode::kUsage, "\"" + command.every + "\" is no time", "write it as 90s, 15m, 2h or 1d");
  }
  const StopSignal stop;
  options->read.stop = &stop.wanted();
  IndexJob job(index_path(globals), command.paths, std::move(*options), command.quiet);
  if (!command.rejects.empty()) {
    if (auto opened = job.open_rejects(command.rejects); !opened) return tl::unexpected(opened.error());
  }
  if (!command.watch && !period) return run_once(job, command, stop);
  if (auto done = command.watch ? job.watch(stop) : job.repeat(*period, stop); !done) {
    return tl::unexpected(done.error());
  }
  return Outcome::kDone;
}

}  // namespace

void setup_index(CLI::App& app, Globals& globals) {
  auto command = std::make_shared<IndexCommand>();
  CLI::App* sub = app.add_subcommand("index", "Add articles to the index, update what changed, skip what did not");
  sub->add_option("path", command->paths, "Files, folders, or - for standard input")->required()->type_name("PATH");
  add_text(*sub, "--format", command->format, "FORM",
           "Form of the input: auto, txt, jsonl, html, feed, warc; default: auto");
  add_number(*sub, "--jobs", command->jobs, 1, 256, "Threads; default: one a core");
  add_text(*sub, "--memory", command->memory, "SIZE", "Memory to take, 100M or more; default: 600M");
  add_text(*sub, "--language", command->language, "NAME", "fr, or all: keep pages and feeds in other languages too")
      ->capture_default_str();
  sub->add_flag("--sync", command->sync, "Delete the articles of the given folders that are gone");
  sub->add_flag("--watch", command->watch, "Then follow what happens in the given folders, deletions too, until Ctrl-C");
  add_text(*sub, "--every", command->every, "TIME", "Then run again after every 90s, 15m, 2h, 1d, until Ctrl-C");
  sub->add_flag("--dry-run", command->dry_run, "Say what would be done, change nothing");
  add_text(*sub, "--rejects", command->rejects, "FILE", "List everything that was refused, and why");
  sub->add_flag("--quiet", command->quiet, "No progress");
  end_help(*sub, "", "depeche index articles/ dump.jsonl.gz --sync");
  sub->callback(
      [&globals, command] { globals.chosen = [&globals, command] { return run_index(globals, *command); }; });
}

}  // namespace depeche::cli
