#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/search_options.hh"
#include "cli/terminal.hh"
#include "output/atom.hh"
#include "output/csv.hh"
#include "output/json.hh"
#include "output/text.hh"
#include "searcher/searcher.hh"

namespace depeche::cli {
namespace {

constexpr std::string_view kFormats = "text|json|jsonl|csv|atom";
constexpr std::size_t kDefaultFacetSize = 10;

struct SearchOptions {
  QueryOptions query;
  std::size_t limit = 10, offset = 0, facet_size = kDefaultFacetSize;
  std::string sort, facets, after;
};

Result<output::SearchState> state_of(const SearchOptions& options) {
  auto state = state_of(options.query);
  if (!state) return state;
  state->request.limit = options.limit;
  state->request.offset = options.offset;
  state->request.after = options.after;
  if (!options.sort.empty()) {
    const auto sort = output::sort_from_name(options.sort);
    if (!sort)
      return failure(ErrorCode::kUsage, "there is no order \"" + options.sort + "\"",
                     "orders are relevance, date, date-asc");
    state->request.sort = *sort;
  }
  if (!options.facets.empty()) state->facets = options.facets;
  if (options.facet_size != kDefaultFacetSize) state->facet_size = options.facet_size;
  if (auto resolved = output::resolve_facets(*state, kDefaultFacetSize); !resolved)
    return tl::unexpected(resolved.error());
  return state;
}

Result<Outcome> run_search(const Globals& globals, const SearchOptions& options) {
  const auto format = format_among(globals, kFormats);
  if (!format) return tl::unexpected(format.error());
  const auto state = state_of(options);
  if (!state) return tl::unexpected(state.error());
  auto index = searcher::Searcher::open(index_path(globals), {globals.gazetteer, false});
  if (!index) return tl::unexpected(index.error());
  const auto response = (*index)->search(state->request);
  if (!response) return tl::unexpected(response.error());
  std::string text;
  if (*format == "json") {
    text = output::search_json(*state, *response) + "\n";
  } else if (*format == "jsonl") {
    for (const auto& hit : response->hits) text += output::hit_json(hit) + "\n";
  } else if (*format == "csv") {
    text = output::hits_csv(response->hits, options.offset + 1, false);
  } else if (*format == "atom") {
    text = output::search_atom(*state, *response, "http://127.0.0.1:8080", output::rfc3339_now());
  } else {
    text = output::search_text(*state, *response, output_style());
    report_notes(response->notes);
  }
  if (auto written = write_out(text); !written) return tl::unexpected(written.error());
  return response->total > 0 ? Outcome::kDone : Outcome::kNothing;
}

}  // namespace

void setup_search(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<SearchOptions>();
  CLI::App* command = app.add_subcommand("search", "Find articles: ranked hits, snippets, facets");
  add_query_options(*command, options->query);
  add_number(*command, "--limit", options->limit, 0, searcher::kMaxDepth, "Hits to show")->capture_default_str();
  add_number(*command, "--offset", options->offset, 0, searcher::kMaxDepth, "Hits to pass over first")
      ->capture_default_str();
  add_text(*command, "--sort", options->sort, "ORDER",
           "relevance, date or date-asc; default: relevance, without a query date");
  add_text(*command, "--after", options->after, "CURSOR",
           "Go on behind next_cursor of the answer before, to any depth; with --sort date or date-asc");
  add_text(*command, "--facets", options->facets, "FIELDS",
           "Fields to count (org,person,…), all or none; default: all");
  add_number(*command, "--facet-size", options->facet_size, 0, output::kMaxFacetSize, "Values shown of each field")
      ->capture_default_str();
  end_help(*command, kFormats, "depeche search \"levée de fonds\" -f org=OpenAI -f '!event=panne' -f date=2024-01..");
  command->callback(
      [&globals, options] { globals.chosen = [&globals, options] { return run_search(globals, *options); }; });
}

}  // namespace depeche::cli
