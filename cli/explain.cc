#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/search_options.hh"
#include "cli/terminal.hh"
#include "output/answer_words.hh"
#include "output/terminal.hh"
#include "searcher/searcher.hh"

namespace depeche::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kFormats = "text|json";

struct ExplainOptions {
  QueryOptions query;
  std::string id;
};

std::string as_text(const searcher::SearchResponse& response, const searcher::Hit& hit) {
  constexpr std::size_t kLabelColumns = 24, kReasonColumns = 40;
  std::string out = response.parsed + "\n\n";
  const auto line = [&](const std::string& label, const std::string& reason, double score) {
    char number[32];
    std::snprintf(number, sizeof number, "%8.3f", score);
    out += output::padded(label, kLabelColumns) + "  " + output::padded(reason, kReasonColumns) + number + "\n";
  };
  for (const auto& part : hit.why) {
    const output::ScoreText text = output::score_text(part, output::strings(output::Language::kFrench));
    line(text.label, text.reason, part.score);
  }
  line("score", "", hit.score);
  return out;
}

std::string as_json(const searcher::SearchResponse& response, const searcher::Hit& hit) {
  Json parts = Json::array();
  for (const auto& part : hit.why) {
    const output::ScoreText text = output::score_text(part, output::strings(output::Language::kFrench));
    parts.push_back({{"label", text.label}, {"reason", text.reason}, {"score", part.score}});
  }
  return Json{{"query", response.query},     {"parsed", response.parsed},
              {"relaxed", response.relaxed}, {"id", hit.id},
              {"score", hit.score},          {"parts", parts}}
             .dump() +
         "\n";
}

// The query without the article's id in it.
Result<std::string> parsed_alone(searcher::Searcher& index, searcher::SearchRequest request) {
  request.limit = 0;
  request.histograms = false;
  const auto response = index.search(request);
  if (!response) return tl::unexpected(response.error());
  return response->parsed;
}

Result<Outcome> run_explain(const Globals& globals, const ExplainOptions& options) {
  const auto format = format_among(globals, kFormats);
  if (!format) return tl::unexpected(format.error());
  auto state = state_of(options.query);
  if (!state) return tl::unexpected(state.error());
  searcher::SearchRequest request = state->request;
  request.filters.push_back({schema::FieldId::kId, options.id, false});
  request.why = options.id;
  request.limit = 1;
  request.sort = searcher::Sort::kRelevance;
  request.histograms = false;
  request.group_duplicates = false;
  auto index = searcher::Searcher::open(index_path(globals), {globals.gazetteer, false});
  if (!index) return tl::unexpected(index.error());
  if (const auto known = (*index)->article(options.id); !known) return tl::unexpected(known.error());
  const auto response = (*index)->search(request);
  if (!response) return tl::unexpected(response.error());
  if (response->hits.empty()) {
    const auto read_as = parsed_alone(**index, state->request);
    if (!read_as) return tl::unexpected(read_as.error());
    return failure(ErrorCode::kNotFound, "the article does not match the query", "the query was read as " + *read_as);
  }
  const searcher::Hit& hit = response->hits.front();
  const auto written = write_out(*format == "json" ? as_json(*response, hit) : as_text(*response, hit));
  if (!written) return tl::unexpected(written.error());
  return Outcome::kDone;
}

}  // namespace

void setup_explain(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand("explain", "Why an article matches a query, and how its score adds up");
  add_query_options(*command, options->query);
  add_text(*command, "--id", options->id, "ID", "Of the article, as it stands behind each hit")->required();
  end_help(*command, kFormats,
           "depeche explain \"levée de fonds OpenAI\" --id \"articles/Orbite/2024-07-09-ariane-6.txt\"");
  command->callback(
      [&globals, options] { globals.chosen = [&globals, options] { return run_explain(globals, *options); }; });
}

}  // namespace depeche::cli
