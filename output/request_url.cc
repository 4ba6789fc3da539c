#include "output/request_url.hh"

#include <algorithm>
#include <charconv>

#include "text/fold.hh"

namespace depeche::output {
namespace {

using searcher::Sort;

std::string known_parameters() {
  return "known ones are q, the fields (org, person, place, product, event, topic, source, agency, date, amount; "
         "-FIELD excludes), sort, page, limit, offset, facets, facet-size, all-of, after, group-duplicates, why and lang";
}

tl::unexpected<Error> meaningless(std::string_view name, std::string_view value, std::string hint) {
  return failure(ErrorCode::kUsage,
                 "parameter " + std::string(name) + " means nothing: \"" + std::string(value) + "\"",
                 std::move(hint));
}

// The two ends of a typed range, in any order of parameters.
struct FormRange {
  std::optional<std::string> from, to;

  bool given() const { return from || to; }
  std::string range() const {
    const std::string begin = from.value_or(""), end = to.value_or("");
    return begin.empty() && end.empty() ? "" : begin == end ? begin : begin + ".." + end;
  }
};

// "50 M" → "50M": blanks mean nothing inside an end of a range.
std::string compact(std::string text) {
  for (const std::string_view blank : {" ", "\u00A0", "\u202F"}) {
    for (auto at = text.find(blank); at != text.npos; at = text.find(blank, at)) text.erase(at, blank.size());
  }
  return text;
}

// Reads one parameter after another; finish() puts together what several say in common.
class StateReader {
 public:
  Result<void> read(const std::string& name, const std::string& value) {
    if (name == "q") return read_query(value);
    if (name == "page") return read_number(name, value, page_, 1, searcher::kMaxDepth);
    if (name == "offset") return read_number(name, value, offset_, 0, searcher::kMaxDepth);
    if (name == "limit") return read_number(name, value, limit_, 1, kMaxWebLimit);
    if (name == "facet-size") return read_number(name, value, state_.facet_size, 0, kMaxFacetSize);
    if (name == "date-from" || name == "date-to" || name == "amount-min" || name == "amount-max") {
      return read_form_field(name, value);
    }
    if (name == "sort" || name == "facets" || name == "lang" || name == "why" || name == "after" || name == "all-of") {
      return read_word(name, value);
    }
    if (name == "group-duplicates" || name == "strict" || name == "bom") return read_switch(name, value);
    if (name.ends_with(kPrefixSuffix)) return read_value_search(name, value);
    return read_filter(name, value);
  }

  Result<SearchState> finish() {
    SearchRequest& request = state_.request;
    if (limit_) request.limit = *limit_;
    if (offset_) request.offset = *offset_;
    if (page_) request.offset = (*page_ - 1) * request.limit;
    if (request.offset + request.limit > searcher::kMaxDepth) {
      return failure(ErrorCode::kUsage,
                     "only the first " + std::to_string(searcher::kMaxDepth) + " articles can be paged through",
                     "narrow the search, or use `depeche export` for everything");
    }
    add_form_range(FieldId::kDate, dates_);
    add_form_range(FieldId::kAmount, amounts_);
    if (request.filters.size() > searcher::kMaxFilters) {
      return failure(ErrorCode::kUsage, "more than " + std::to_string(searcher::kMaxFilters) + " filters");
    }
    for (const Filter& filter : request.filters) {
      if (filter.field != FieldId::kDate) continue;
      const auto span = parse_day_span(filter.value);
      if (!span || span->first > span->last) {
        return meaningless("date", filter.value, "write 2024, 2024-03, 2024-03-21 or a range: 2024-01..2024-06");
      }
    }
    return std::move(state_);
  }

 private:
  Result<void> read_query(const std::string& value) {
    if (value.size() > searcher::kMaxQueryBytes) {
      return failure(ErrorCode::kUsage,
                     "the query is longer than " + std::to_string(searcher::kMaxQueryBytes) + " bytes", "shorten it");
    }
    state_.request.query = value;
    return {};
  }

  static Result<void> read_number(const std::string& name, const std::string& value, std::optional<std::size_t>& into,
                                  std::size_t min, std::size_t max) {
    const auto parsed = parse_size(value, max);
    if (!parsed || *parsed < min) {
      return meaningless(name, value, "give a number from " + std::to_string(min) + " to " + std::to_string(max));
    }
    into = parsed;
    return {};
  }

  Result<void> read_form_field(const std::string& name, const std::string& value) {
    FormRange& range = name.starts_with("date") ? dates_ : amounts_;
    (name.ends_with("from") || name.ends_with("min") ? range.from : range.to) = compact(value);
    state_.has_form_fields = true;
    return {};
  }

  Result<void> read_value_search(const std::string& name, const std::string& value) {
    const auto field = schema::find_field(std::string_view(name).substr(0, name.size() - kPrefixSuffix.size()));
    if (!field || schema::field(*field).kind != schema::FieldKind::kFacet) {
      return failure(ErrorCode::kUsage, "unknown parameter: \"" + name + "\"", known_parameters());
    }
    state_.has_form_fields = true;
    if (!value.empty()) state_.value_search = {*field, value};
    return {};
  }

  Result<void> read_word(const std::string& name, const std::string& value) {
    if (name == "why") {
      state_.request.why = value;
    } else if (name == "after") {
      state_.request.after = value;
    } else if (name == "all-of") {
      auto fields = parse_facets(value, 1);
      if (!fields) return tl::unexpected(fields.error());
      for (const auto& facet : fields->facets) state_.request.all_of.push_back(facet.field);
    } else if (name == "facets") {
      if (auto parsed = parse_facets(value, 1); !parsed) return tl::unexpected(parsed.error());
      state_.facets = value;
    } else if (name == "sort") {
      const auto sort = sort_from_name(value);
      if (!sort) return meaningless(name, value, "give relevance, date or date-asc");
      state_.request.sort = sort;
    } else {
      if (value != "fr" && value != "en") return meaningless(name, value, "give fr or en");
      state_.language = value == "fr" ? Language::kFrench : Language::kEnglish;
    }
    return {};
  }

  Result<void> read_switch(const std::string& name, const std::string& value) {
    const auto on = parse_switch(value);
    if (!on) return meaningless(name, value, "give 1 or 0");
    (name == "bom"      ? state_.csv_bom
     : name == "strict" ? state_.request.strict
                        : state_.request.group_duplicates) = *on;
    return {};
  }

  Result<void> read_filter(const std::string& name, const std::string& value) {
    const bool exclude = name.starts_with('-');
    const auto field = schema::find_field(std::string_view(name).substr(exclude ? 1 : 0));
    if (!field) return failure(ErrorCode::kUsage, "unknown parameter: \"" + name + "\"", known_parameters());
    if (value.empty()) {  // an empty input of a form
      state_.has_form_fields = true;
      return {};
    }
    Filter filter{*field, value, exclude};
    // A value is either wanted or excluded: what a form adds last wins over what its hidden fields say.
    std::erase_if(state_.request.filters,
                  [&](const Filter& other) { return names_value(other, filter.field, filter.value, filter.value); });
    state_.request.filters.push_back(std::move(filter));
    return {};
  }

  void add_form_range(FieldId field, const FormRange& range) {
    if (!range.given()) return;
    std::erase_if(state_.request.filters, [&](const Filter& f) { return f.field == field && !f.exclude; });
    if (!range.range().empty()) state_.request.filters.push_back({field, range.range(), false});
  }

  static constexpr std::string_view kPrefixSuffix = "-prefix";
  SearchState state_;
  std::optional<std::size_t> page_, offset_, limit_;
  FormRange dates_, amounts_;
};

SearchState first_page(SearchState state) {
  state.request.offset = 0;
  state.request.after.clear();
  state.request.why.clear();
  return state;
}

SearchState without_value(const SearchState& state, FieldId field, const searcher::FacetValue& value) {
  SearchState out = first_page(state);
  std::erase_if(out.request.filters,
                [&](const Filter& f) { return names_value(f, field, value.value, value.label); });
  return out;
}

std::string with_language(std::string url, const SearchState& from) {
  if (from.language) url += *from.language == Language::kFrench ? "?lang=fr" : "?lang=en";
  return url;
}

}  // namespace

std::string_view sort_name(Sort sort) {
  switch (sort) {
    case Sort::kRelevance:
      return "relevance";
    case Sort::kDate:
      return "date";
    case Sort::kDateAscending:
      return "date-asc";
  }
  return "";
}

std::optional<Sort> sort_from_name(std::string_view name) {
  for (const Sort sort : {Sort::kRelevance, Sort::kDate, Sort::kDateAscending}) {
    if (name == sort_name(sort)) return sort;
  }
  return std::nullopt;
}

std::optional<bool> parse_switch(std::string_view text) {
  for (const std::string_view on : {"1", "true", "yes", "on"}) {
    if (text == on) return true;
  }
  for (const std::string_view off : {"0", "false", "no", "off"}) {
    if (text == off) return false;
  }
  return std::nullopt;
}

std::optional<std::size_t> parse_size(std::string_view text, std::size_t max) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value > max) return std::nullopt;
  return value;
}

Result<FacetChoice> parse_facets(std::string_view list, std::size_t size) {
  FacetChoice choice;
  if (list == "all") return choice.facets = searcher::all_facets(size), choice;
  choice.histograms = false;
  if (list == "none" || list.empty()) return choice;
  while (!list.empty()) {
    const auto end = list.find(',');
    const std::string_view name = list.substr(0, end);
    list.remove_prefix(end == list.npos ? list.size() : end + 1);
    const auto id = schema::find_field(name);
    const auto kind = id ? schema::field(*id).kind : schema::FieldKind::kText;
    if (kind == schema::FieldKind::kRange) {
      choice.histograms = true;
    } else if (kind == schema::FieldKind::kFacet) {
      searcher::FacetRequest facet;
      facet.field = *id;
      facet.size = size;
      choice.facets.push_back(std::move(facet));
    } else {
      return failure(
          ErrorCode::kUsage, "no facet of that name: \"" + std::string(name) + "\"",
          "facets are org, person, place, product, event, topic, source, agency, date, amount; or all, none");
    }
  }
  return choice;
}

Result<void> resolve_facets(SearchState& state, std::size_t default_size) {
  auto choice = parse_facets(state.facets.value_or("all"), state.facet_size.value_or(default_size));
  if (!choice) return tl::unexpected(choice.error());
  state.request.facets = std::move(choice->facets);
  state.request.histograms = choice->histograms;
  return {};
}

Result<SearchState> state_from_parameters(const Parameters& parameters) {
  StateReader reader;
  for (const auto& [name, value] : parameters) {
    if (auto read = reader.read(name, value); !read) return tl::unexpected(read.error());
  }
  return reader.finish();
}

std::string joined_names(const std::vector<FieldId>& fields) {
  std::string out;
  for (const FieldId field : fields) out += (out.empty() ? "" : ",") + std::string(schema::field(field).name);
  return out;
}

Parameters state_parameters(const SearchState& state) {
  const SearchRequest& request = state.request;
  Parameters out;
  if (!request.query.empty()) out.emplace_back("q", request.query);
  std::vector<Filter> filters = request.filters;
  std::stable_sort(filters.begin(), filters.end(), [](const Filter& a, const Filter& b) {
    return std::pair(a.field, a.exclude) < std::pair(b.field, b.exclude);
  });
  for (const Filter& f : filters) {
    out.emplace_back((f.exclude ? "-" : "") + std::string(schema::field(f.field).name), f.value);
  }
  if (!request.all_of.empty()) out.emplace_back("all-of", joined_names(request.all_of));
  if (request.sort) out.emplace_back("sort", sort_name(*request.sort));
  const std::size_t limit = std::clamp<std::size_t>(request.limit, 1, kMaxWebLimit);  // the command line allows more
  if (request.limit > 0 && limit != SearchRequest{}.limit) out.emplace_back("limit", std::to_string(limit));
  if (request.offset > 0) {
    const bool whole = request.limit > 0 && request.offset % request.limit == 0;
    if (whole)
      out.emplace_back("page", std::to_string(request.offset / request.limit + 1));
    else
      out.emplace_back("offset", std::to_string(request.offset));
  }
  if (!request.after.empty()) out.emplace_back("after", request.after);
  if (state.facets) out.emplace_back("facets", *state.facets);
  if (state.facet_size) out.emplace_back("facet-size", std::to_string(*state.facet_size));
  if (!request.group_duplicates) out.emplace_back("group-duplicates", "0");
  if (request.strict) out.emplace_back("strict", "1");
  if (state.csv_bom) out.emplace_back("bom", "1");
  if (state.language) out.emplace_back("lang", *state.language == Language::kFrench ? "fr" : "en");
  if (!request.why.empty()) out.emplace_back("why", request.why);
  return out;
}

std::string search_url(const SearchState& state, std::string_view path) {
  std::string url(path);
  char separator = '?';
  // "/" alone is the overview; every article, newest first, is the answer to the empty query.
  if (path == "/" && !state.has_criteria()) {
    url += "?q=";
    separator = '&';
  }
  for (const auto& [name, value] : state_parameters(state)) {
    url += separator + encode_component(name) + "=" + encode_component(value);
    separator = '&';
  }
  return url;
}

bool names_value(const Filter& filter, FieldId field, std::string_view value, std::string_view label) {
  if (filter.field != field) return false;
  if (filter.value == value || filter.value == label) return true;
  if (schema::field(field).kind != schema::FieldKind::kFacet) return false;
  const std::string key = text::value_key(filter.value);
  return key == value || key == text::value_key(label);
}

SearchState toggled(const SearchState& state, FieldId field, const searcher::FacetValue& value) {
  SearchState out = without_value(state, field, value);
  if (!value.selected && !value.excluded) out.request.filters.push_back({field, value.value, false});
  return out;
}

SearchState exclusion_toggled(const SearchState& state, FieldId field, const searcher::FacetValue& value) {
  SearchState out = without_value(state, field, value);
  if (!value.excluded) out.request.filters.push_back({field, value.value, true});
  return out;
}

SearchState without_filter(const SearchState& state, const Filter& filter) {
  SearchState out = first_page(state);
  std::erase(out.request.filters, filter);
  return out;
}

SearchState without_field(const SearchState& state, FieldId field) {
  SearchState out = first_page(state);
  std::erase_if(out.request.filters, [&](const Filter& f) { return f.field == field; });
  return out;
}

SearchState with_range(const SearchState& state, FieldId field, std::string range) {
  SearchState out = first_page(state);
  std::erase_if(out.request.filters, [&](const Filter& f) { return f.field == field && !f.exclude; });
  out.request.filters.push_back({field, std::move(range), false});
  return out;
}

SearchState without_filters(const SearchState& state) {
  SearchState out = first_page(state);
  out.request.filters.clear();
  return out;
}

SearchState with_query(const SearchState& state, std::string query) {
  SearchState out = first_page(state);
  out.request.query = std::move(query);
  return out;
}

SearchState with_sort(const SearchState& state, Sort sort) {
  SearchState out = first_page(state);
  out.request.sort = sort;
  return out;
}

SearchState with_why(const SearchState& state, std::string id) {
  SearchState out = state;
  out.request.why = std::move(id);
  return out;
}

SearchState at_offset(const SearchState& state, std::size_t offset) {
  SearchState out = first_page(state);
  out.request.offset = offset;
  return out;
}

SearchState after_cursor(const SearchState& state, std::string cursor) {
  SearchState out = first_page(state);
  out.request.after = std::move(cursor);
  return out;
}

SearchState only_value(const SearchState& state, FieldId field, std::string value) {
  SearchState out;
  out.language = state.language;
  out.request.filters.push_back({field, std::move(value), false});
  return out;
}

std::string article_url(std::string_view id, const SearchState& from) {
  return with_language("/article/" + encode_path(id), from);
}

std::string entity_url(FieldId field, std::string_view label, const SearchState& from) {
  return with_language("/entity/" + std::string(schema::field(field).name) + "/" + encode_path(label), from);
}

std::string facet_url(FieldId field, const SearchState& from) {
  SearchState state = first_page(from);
  state.request.sort.reset();  // of hits: there are none on that page
  state.request.limit = SearchRequest{}.limit;
  return search_url(state, "/facets/" + std::string(schema::field(field).name));
}

}  // namespace depeche::output
