// The options that ask: query, filters, grouping. Shared by `search` and `facets`.
#pragma once

#include <string>
#include <vector>

#include "core/error.hh"
#include "output/request_url.hh"

namespace CLI {
class App;
}

namespace depeche::cli {

struct QueryOptions {
  std::vector<std::string> words, filters, all_of;
  bool strict = false, no_grouping = false;
};

// A field by one of its names; kUsage for an unknown one, with the known ones in the hint.
Result<schema::FieldId> field_named(const std::string& name);
void add_query_options(CLI::App& command, QueryOptions& options);
Result<output::SearchState> state_of(const QueryOptions& options);
// On standard error: what was not understood, values that no article has.
void report_notes(const std::vector<searcher::Note>& notes);

}  // namespace depeche::cli
