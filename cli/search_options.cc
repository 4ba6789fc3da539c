#include "cli/search_options.hh"

#include <CLI/CLI.hpp>

#include "cli/terminal.hh"
#include "core/utf8.hh"

namespace depeche::cli {

Result<schema::FieldId> field_named(const std::string& name) {
  return searcher::parse_filter(name + "=x").map([](const searcher::Filter& filter) { return filter.field; });
}

void add_query_options(CLI::App& command, QueryOptions& options) {
  command.add_option("query", options.words, "What to look for; without it, every article")->type_name("QUERY");
  command.add_option("-f,--filter", options.filters, "FIELD=VALUE; '!FIELD=VALUE' excludes; again for more")
      ->type_name("FIELD=VALUE")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command.add_option("--all-of", options.all_of, "The wanted values of this field must all be there, not just one")
      ->type_name("FIELD")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command.add_flag("--no-group-duplicates", options.no_grouping, "Show near-identical articles one by one");
  command.add_flag("--strict", options.strict, "Refuse what cannot be understood instead of taking it as text");
}

Result<output::SearchState> state_of(const QueryOptions& options) {
  output::SearchState state;
  for (const std::string& word : options.words)
    state.request.query += (state.request.query.empty() ? "" : " ") + word;
  repair_utf8(state.request.query);
  for (std::string text : options.filters) {
    repair_utf8(text);
    auto filter = searcher::parse_filter(text);
    if (!filter) return tl::unexpected(filter.error());
    state.request.filters.push_back(std::move(*filter));
  }
  for (const std::string& name : options.all_of) {
    const auto field = field_named(name);
    if (!field) return tl::unexpected(field.error());
    state.request.all_of.push_back(*field);
  }
  state.request.group_duplicates = !options.no_grouping;
  state.request.strict = options.strict;
  return state;
}

void report_notes(const std::vector<searcher::Note>& notes) {
  constexpr std::size_t kShown = 5;
  for (std::size_t i = 0; i < std::min(kShown, notes.size()); ++i) report_note(in_english(notes[i]));
  if (notes.size() > kShown) report_note("and " + std::to_string(notes.size() - kShown) + " more of the kind");
  const auto unknown = std::find_if(notes.begin(), notes.end(), [](const searcher::Note& note) {
    return note.kind == searcher::NoteKind::kNoSuchValue;
  });
  if (unknown == notes.end()) return;
  report_hint("`depeche facets " + unknown->what.substr(0, unknown->what.find('=')) + "` lists all values");
}

}  // namespace depeche::cli
