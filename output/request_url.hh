// A search and its URL: each one gives the other. The names of parameters are those of contract § 6; fields may be
// written in French or English.
//
//   auto state = state_from_parameters(parse_parameters("q=IA&org=OpenAI&-event=panne&date=2024-01..&page=2"));
//   search_url(toggled(*state, FieldId::kOrg, value));   // the link that takes the filter away again
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output/parameters.hh"
#include "output/percent.hh"
#include "output/strings.hh"
#include "searcher/request.hh"

namespace depeche::output {

using schema::FieldId;
using searcher::Filter;
using searcher::SearchRequest;

// Everything that a URL of ours can say. `request.facets` and `request.histograms` are set by resolve_facets().
struct SearchState {
  SearchRequest request;
  std::optional<std::string> facets;  // as given: "org,person", "all", "none"
  std::optional<std::size_t> facet_size;
  std::optional<Language> language;
  bool csv_bom = false;          // `bom=1`: the CSV begins with a byte order mark
  bool has_form_fields = false;  // date-from, amount-min, …: the canonical URL says the same more briefly
  // `org-prefix=mi` from the search box of one facet among many, `all=org` from its button: the list of that facet's
  // values is wanted.
  std::optional<std::pair<FieldId, std::string>> value_search;

  bool has_criteria() const { return !request.query.empty() || !request.filters.empty(); }
};

// kUsage with the reason for a parameter that is unknown or means nothing. A query text is never wrong, unless it is
// longer than searcher::kMaxQueryBytes. Of a parameter given twice that can have one value only, the last one counts.
// The reason is in the language of `t`.
Result<SearchState> state_from_parameters(const Parameters& parameters,
                                          const Strings& t = strings(Language::kEnglish));

// Ends of a range, typed into a form, that cannot be read: `date-from=2024-13`, or the later one first.
struct BadBounds {
  FieldId field = FieldId::kDate;
  std::string from, to;                  // as typed
  bool from_bad = false, to_bad = false;
  std::string message;                   // in the language of the strings given
};
std::optional<BadBounds> bad_bounds(const Parameters& parameters, const Strings& t);
// Without the form fields of that range.
Parameters without_bounds(Parameters parameters, FieldId field);

// "org,person", "all", "none" → what to count, `size` values each; date and amount stand for the histograms.
struct FacetChoice {
  std::vector<searcher::FacetRequest> facets;
  bool histograms = true;
};
Result<FacetChoice> parse_facets(std::string_view list, std::size_t size,
                                 const Strings& t = strings(Language::kEnglish));
// Sets what the request counts: as the URL says, else all facets with `default_size` values.
Result<void> resolve_facets(SearchState& state, std::size_t default_size);

std::string_view sort_name(searcher::Sort sort);  // "relevance", "date", "date-asc"
std::optional<searcher::Sort> sort_from_name(std::string_view name);

// The one URL of the state: parameters in the order of the contract, nothing that is the default.
std::string search_url(const SearchState& state, std::string_view path = "/");
// The same as names and values, for the hidden fields of a form.
Parameters state_parameters(const SearchState& state);

// The value that a filter names is this one: same key, or it is the value or the label.
bool names_value(const Filter& filter, FieldId field, std::string_view value, std::string_view label);

// "org=OpenAI", "-org=OpenAI": what a form's `drop` takes away.
std::string filter_text(const Filter& filter);

// Each returns the state of a link; all but at_offset() go back to the first page.
SearchState toggled(const SearchState& state, FieldId field, const searcher::FacetValue& value);
SearchState exclusion_toggled(const SearchState& state, FieldId field, const searcher::FacetValue& value);
SearchState without_filter(const SearchState& state, const Filter& filter);
SearchState without_field(const SearchState& state, FieldId field);
SearchState with_range(const SearchState& state, FieldId field, std::string range);  // replaces the field's ranges
SearchState without_filters(const SearchState& state);
SearchState after_cursor(const SearchState& state, std::string cursor);
SearchState with_query(const SearchState& state, std::string query);
SearchState with_sort(const SearchState& state, searcher::Sort sort);
SearchState with_why(const SearchState& state, std::string id);
SearchState at_offset(const SearchState& state, std::size_t offset);
// The state of one value alone: what an entity's page and the labels in a hit lead to.
SearchState only_value(const SearchState& state, FieldId field, std::string value);

std::string article_url(std::string_view id, const SearchState& from);
std::string entity_url(FieldId field, std::string_view label, const SearchState& from);
std::string facet_url(FieldId field, const SearchState& from);

}  // namespace depeche::output
