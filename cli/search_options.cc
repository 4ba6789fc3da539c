#include "cli/search_options.hh"

#include <CLI/CLI.hpp>

namespace depeche::cli {

void add_query_options(CLI::App& command, QueryOptions& options) {
  command.add_option("query", options.words, "What to look for; without it, every article")->type_name("QUERY");
  command.add_option("-f,--filter", options.filters, "FIELD=VALUE; '!FIELD=VALUE' excludes; again for more")
      ->type_name("FIELD=VALUE")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command.add_flag("--no-group-duplicates", options.no_grouping, "Show near-identical articles one by one");
  command.add_flag("--strict", options.strict, "Refuse what cannot be understood instead of taking it as text");
}

Result<output::SearchState> state_of(const QueryOptions& options) {
  output::SearchState state;
  for (const std::string& word : options.words) state.request.query += (state.request.query.empty() ? "" : " ") + word;
  for (const std::string& text : options.filters) {
    auto filter = searcher::parse_filter(text);
    if (!filter) return tl::unexpected(filter.error());
    state.request.filters.push_back(std::move(*filter));
  }
  state.request.group_duplicates = !options.no_grouping;
  state.request.strict = options.strict;
  return state;
}

}  // namespace depeche::cli
