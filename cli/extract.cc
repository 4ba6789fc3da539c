#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/input_paths.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "entities/extractor.hh"
#include "entities/gazetteer.hh"
#include "ingest/reader.hh"
#include "output/json.hh"
#include "output/text.hh"

namespace depeche::cli {
namespace {

constexpr std::string_view kFormats = "text|json|jsonl";

constexpr std::size_t kBlockBytes = 1 << 18;

struct ExtractOptions {
  std::vector<std::string> paths;
};

// Extracts each article as it is parsed.
class Extraction : public ingest::ArticleSink {
 public:
  Extraction(const entities::Gazetteer& gazetteer, bool jsonl)
      : extractor_(gazetteer), jsonl_(jsonl), style_(output_style()) {}

  void article(Article&& article, std::string_view) override {
    ++articles;
    const Annotations found = extractor_.extract(article);
    text += jsonl_ ? output::extraction_json(article, found) + "\n" : output::extraction_text(article, found, style_);
  }
  void reject(std::string_view where, std::string_view why) override {
    ++rejected;
    report_note(std::string(where) + ": " + std::string(why));
  }
  void skip(std::string_view where, std::string_view why) override {
    report_note(std::string(where) + ": skipped, " + std::string(why));
  }

  std::string text;
  std::uint64_t articles = 0, rejected = 0;

 private:
  entities::Extractor extractor_;
  bool jsonl_;
  output::TextStyle style_;
};

Result<Outcome> run_extract(const Globals& globals, const ExtractOptions& options) {
  const auto format = format_among(globals, kFormats);
  if (!format) return tl::unexpected(format.error());
  if (auto there = refuse_missing(options.paths.empty() ? std::vector<std::string>{"-"} : options.paths); !there) {
    return tl::unexpected(there.error());
  }
  std::vector<entities::GazetteerProblem> problems;
  auto gazetteer = entities::Gazetteer::load(globals.gazetteer, &problems);
  if (!gazetteer) return tl::unexpected(gazetteer.error());
  for (const auto& p : problems) report_note(p.where + ": " + p.why);
  ingest::ReadOptions read;
  ingest::RecordReader reader(options.paths.empty() ? std::vector<std::string>{"-"} : options.paths, read);
  ingest::ArticleParser parser(read);
  Extraction extraction(*gazetteer, *format != "text");
  ingest::RawRecord raw;
  while (reader.next(raw)) {
    parser.parse(raw, extraction);
    if (extraction.text.size() < kBlockBytes) continue;
    if (auto written = write_out(extraction.text); !written) return tl::unexpected(written.error());
    extraction.text.clear();
  }
  if (auto written = write_out(extraction.text); !written) return tl::unexpected(written.error());
  std::uint64_t unreadable = 0;
  for (const auto& r : reader.take_rejections()) {
    extraction.reject(r.where, r.why);
    unreadable += r.unreadable;
  }
  if (extraction.articles == 0 &&
      (!reader.missing_paths().empty() || (unreadable > 0 && unreadable == extraction.rejected))) {
    return failure(ErrorCode::kIo, "nothing could be read", "check the paths and their permissions");
  }
  const bool whole = extraction.rejected == 0 && reader.missing_paths().empty();
  if (!whole) return Outcome::kPartial;
  return extraction.articles == 0 ? Outcome::kNothing : Outcome::kDone;
}

}  // namespace

void setup_extract(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<ExtractOptions>();
  CLI::App* command =
      app.add_subcommand("extract", "Entities, amounts and events found in articles, without an index");
  command->add_option("path", options->paths, "Files or folders; without any: standard input")->type_name("PATH");
  end_help(*command, kFormats, "depeche extract article.txt --format jsonl");
  command->callback(
      [&globals, options] { globals.chosen = [&globals, options] { return run_extract(globals, *options); }; });
}

}  // namespace depeche::cli
