#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/search_options.hh"
#include "cli/terminal.hh"
#include "output/atom.hh"
#include "output/csv.hh"
#include "output/json.hh"
#include "output/text.hh"
#include "searcher/searcher.hh"

namespace depeche::cli {
namespace {

struct SearchOptions {
  QueryOptions query;
  std::size_t limit = 10, offset = 0, facet_size = 10;
  std::string sort, facets = "all";
};

Result<output::SearchState> state_of(const SearchOptions& options) {
  auto state = state_of(options.query);
  if (!state) return state;
  state->request.limit = options.limit;
  state->request.offset = options.offset;
  if (!options.sort.empty()) {
    const auto sort = output::sort_from_name(options.sort);
    if (!sort) return failure(ErrorCode::kUsage, "there is no order \"" + options.sort + "\"", "orders are relevance, date, date-asc");
    state->request.sort = *sort;
  }
  state->facets = options.facets;
  state->facet_size = options.facet_size;
  if (auto resolved = output::resolve_facets(*state, options.facet_size); !resolved) return tl::unexpected(resolved.error());
  return state;
}

std::string now() {
  const std::time_t seconds = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

Result<Outcome> run_search(const Globals& globals, const SearchOptions& options) {
  const auto format = format_among(globals, "text|json|jsonl|csv|atom");
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
    text = output::search_atom(*state, *response, "http://127.0.0.1:8080", now());
  } else {
    text = output::search_text(*state, *response, output_style());
    for (const std::string& note : response->notes) report_note(note);
  }
  if (auto written = write_out(text); !written) return tl::unexpected(written.error());
  return response->total > 0 ? Outcome::kDone : Outcome::kNothing;
}

}  // namespace

void setup_search(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<SearchOptions>();
  CLI::App* command = app.add_subcommand("search", "Find articles: ranked hits, snippets, facets");
  add_query_options(*command, options->query);
  command->add_option("--limit", options->limit, "Hits to show")->capture_default_str();
  command->add_option("--offset", options->offset, "Hits to pass over first")->capture_default_str();
  command->add_option("--sort", options->sort, "relevance, date or date-asc; default: relevance, without a query date");
  command->add_option("--facets", options->facets, "Fields to count (org,person,…), all or none")->capture_default_str();
  command->add_option("--facet-size", options->facet_size, "Values shown of each field")->capture_default_str();
  command->footer("Example: depeche search \"levée de fonds\" -f org=OpenAI -f '!event=panne' -f date=2024-01..");
  command->callback([&globals, options] { globals.chosen = [&globals, options] { return run_search(globals, *options); }; });
}

}  // namespace depeche::cli
