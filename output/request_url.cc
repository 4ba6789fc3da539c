#include "output/request_url.hh"

#include <algorithm>
#include <array>

#include "output/typography.hh"
#include "searcher/amount_span.hh"
#include "text/fold.hh"

namespace depeche::output {
namespace {

using searcher::Sort;

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
  explicit StateReader(const Strings& t) : t_(t) {}

  Result<void> read(const std::string& name, const std::string& value) {
    const Parameter* parameter = find_parameter(kSearchParameters, name);
    if (!parameter) return name.ends_with(kPrefixSuffix) ? read_value_search(name, value) : read_filter(name, value);
    if (auto checked = check_parameter(*parameter, value, t_); !checked) return checked;
    if (name == "facets" || name == "all-of") {
      if (auto parsed = parse_facets(value, 1, t_); !parsed) return tl::unexpected(parsed.error());
    }
    take(*parameter, value);
    return {};
  }

  Result<SearchState> finish() {
    SearchRequest& request = state_.request;
    if (limit_) request.limit = *limit_;
    if (offset_) request.offset = *offset_;
    if (page_) request.offset = (*page_ - 1) * request.limit;
    if (request.offset + request.limit > searcher::kMaxDepth) {
      return failure(ErrorCode::kUsage, t_.fill("url.depth", {{"n", std::to_string(searcher::kMaxDepth)}}),
                     t_["url.depth_hint"]);
    }
    for (const std::string& one : dropped_) {
      std::erase_if(request.filters, [&](const Filter& filter) { return filter_text(filter) == one; });
    }
    if (order_) request.sort = order_;
    add_form_range(FieldId::kDate, dates_);
    add_form_range(FieldId::kAmount, amounts_);
    if (request.filters.size() > searcher::kMaxFilters) {
      return failure(ErrorCode::kUsage, t_.fill("url.filters", {{"n", std::to_string(searcher::kMaxFilters)}}));
    }
    for (const Filter& filter : request.filters) {
      if (is_readable(filter)) continue;
      const std::string name(schema::field(filter.field).name);
      return failure(ErrorCode::kUsage,
                     t_.fill("url.meaningless", {{"name", name}, {"value", quoted(filter.value, t_.language())}}),
                     t_["url." + name]);
    }
    return std::move(state_);
  }

  // Dates and amounts that mean something; a filter on any other field can be read.
  static bool is_readable(const Filter& filter) {
    if (filter.field == FieldId::kDate) {
      const auto span = parse_day_span(filter.value);
      return span && span->first <= span->last;
    }
    if (filter.field != FieldId::kAmount) return true;
    const auto span = searcher::parse_amount_span(filter.value);
    return span && span->low <= span->high;
  }

 private:
  // The value has been checked.
  void take(const Parameter& parameter, const std::string& value) {
    const std::string_view name = parameter.name;
    SearchRequest& request = state_.request;
    if (parameter.of_form)
      take_form_field(name, value);
    else if (name == "q")
      request.query = value;
    else if (name == "page")
      page_ = parse_size(value, parameter.max);
    else if (name == "offset")
      offset_ = parse_size(value, parameter.max);
    else if (name == "limit")
      limit_ = parse_size(value, parameter.max);
    else if (name == "facet-size")
      state_.facet_size = parse_size(value, parameter.max);
    else if (name == "after")
      request.after = value;
    else if (name == "all-of")
      request.all_of = fields_named(value);
    else if (name == "why")
      request.why = value;
    else if (name == "facets")
      state_.facets = value;
    else if (name == "sort")
      request.sort = sort_from_name(value);
    else if (name == "lang")
      state_.language = value == "fr" ? Language::kFrench : Language::kEnglish;
    else
      (name == "bom"      ? state_.csv_bom
       : name == "strict" ? request.strict
                          : request.group_duplicates) = *parse_switch(value);
  }

  std::vector<FieldId> fields_named(const std::string& list) const {
    std::vector<FieldId> fields;
    const auto choice = parse_facets(list, 1, t_);
    if (!choice) return fields;
    for (const auto& facet : choice->facets) fields.push_back(facet.field);
    return fields;
  }

  void take_form_field(std::string_view name, const std::string& value) {
    state_.has_form_fields = true;
    if (name == "order") {
      order_ = sort_from_name(value);
      return;
    }
    if (name == "drop") {
      dropped_.push_back(value);
      return;
    }
    if (name == "all") {
      if (const auto field = facet_named(value)) state_.value_search = {*field, ""};
      return;
    }
    FormRange& range = name.starts_with("date") ? dates_ : amounts_;
    (name.ends_with("from") || name.ends_with("min") ? range.from : range.to) = compact(value);
  }

  Result<void> unknown(const std::string& name) const {
    return failure(ErrorCode::kUsage, t_.fill("url.unknown", {{"name", quoted(name, t_.language())}}), t_["url.known"]);
  }

  static std::optional<FieldId> facet_named(std::string_view name) {
    const auto field = schema::find_field(name);
    return field && schema::field(*field).kind == schema::FieldKind::kFacet ? field : std::nullopt;
  }

  Result<void> read_value_search(const std::string& name, const std::string& value) {
    const auto field = facet_named(std::string_view(name).substr(0, name.size() - kPrefixSuffix.size()));
    if (!field) return unknown(name);
    state_.has_form_fields = true;
    if (!value.empty()) state_.value_search = {*field, value};
    return {};
  }

  Result<void> read_filter(const std::string& name, const std::string& value) {
    const bool exclude = name.starts_with('-');
    const auto field = schema::find_field(std::string_view(name).substr(exclude ? 1 : 0));
    if (!field) return unknown(name);
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
    // A year or a slice was chosen by its button: the bounds beside it are those of before, wherever they stand.
    const auto on_field = [&](const Filter& f) { return f.field == field && !f.exclude; };
    const auto& filters = state_.request.filters;
    if (!range.given() || std::any_of(filters.begin(), filters.end(), on_field)) return;
    if (!range.range().empty()) state_.request.filters.push_back({field, range.range(), false});
  }

  static constexpr std::string_view kPrefixSuffix = "-prefix";
  const Strings& t_;
  SearchState state_;
  std::optional<std::size_t> page_, offset_, limit_;
  FormRange dates_, amounts_;
  std::optional<Sort> order_;
  std::vector<std::string> dropped_;
};

struct Bounds {
  FieldId field;
  std::array<std::string_view, 2> names;  // of the form's inputs
};
constexpr Bounds kBounds[] = {{FieldId::kDate, {"date-from", "date-to"}},
                              {FieldId::kAmount, {"amount-min", "amount-max"}}};

// One end of a range; an empty one is none.
bool is_bound(FieldId field, const std::string& text) {
  if (text.empty()) return true;
  return field == FieldId::kDate ? parse_date(text).has_value() : searcher::parse_amount_span(text).has_value();
}

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

Result<FacetChoice> parse_facets(std::string_view list, std::size_t size, const Strings& t) {
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
      return failure(ErrorCode::kUsage, t.fill("url.facet", {{"name", quoted(name, t.language())}}),
                     t["url.facet_hint"]);
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

Result<SearchState> state_from_parameters(const Parameters& parameters, const Strings& t) {
  StateReader reader(t);
  for (const auto& [name, value] : parameters) {
    if (auto read = reader.read(name, value); !read) return tl::unexpected(read.error());
  }
  return reader.finish();
}

std::optional<BadBounds> bad_bounds(const Parameters& parameters, const Strings& t) {
  for (const auto& [field, names] : kBounds) {
    const bool dates = field == FieldId::kDate;
    BadBounds bad{field, {}, {}, false, false, {}};
    for (const auto& [name, value] : parameters) {
      if (name == names[0]) bad.from = value;
      if (name == names[1]) bad.to = value;
    }
    bad.from_bad = !is_bound(field, compact(bad.from));
    bad.to_bad = !is_bound(field, compact(bad.to));
    if (bad.from_bad || bad.to_bad) {
      bad.message = t.fill(dates ? "bounds.date" : "bounds.amount", {{"value", bad.from_bad ? bad.from : bad.to}});
      return bad;
    }
    if (bad.from.empty() || bad.to.empty()) continue;
    const std::string range = compact(bad.from) + ".." + compact(bad.to);
    if (StateReader::is_readable({field, range, false})) continue;
    bad.from_bad = bad.to_bad = true;
    bad.message = t[dates ? "bounds.date_order" : "bounds.amount_order"];
    return bad;
  }
  return std::nullopt;
}

Parameters without_bounds(Parameters parameters, FieldId field) {
  for (const auto& [own, names] : kBounds) {
    if (own != field) continue;
    std::erase_if(parameters, [&](const auto& p) { return p.first == names[0] || p.first == names[1]; });
  }
  return parameters;
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

std::string filter_text(const Filter& filter) {
  return (filter.exclude ? "-" : "") + std::string(schema::field(filter.field).name) + "=" + filter.value;
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
