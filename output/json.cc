#include "output/json.hh"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/utf8.hh"
#include "output/answer_words.hh"
#include "text/fold.hh"

namespace depeche::output {
namespace {

using Json = nlohmann::ordered_json;
using searcher::DateBucket;
using searcher::HistogramUnit;
using searcher::Hit;
using searcher::SearchResponse;

constexpr std::string_view kSearchPath = "/search.json";

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void put(Json& object, std::string_view key, std::string_view value) {
  if (!value.empty()) object[std::string(key)] = value;
}

// Amounts and scores without the noise of binary fractions: so many places after the point.
double rounded(double value, int places) {
  const double factor = std::pow(10.0, places);
  return std::round(value * factor) / factor;
}

// A whole number without a decimal point, so that 6600000000 is written as such.
Json amount_number(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
  return value;
}

Json filters_of(const std::vector<Filter>& filters, bool exclude) {
  Json out = Json::object();
  for (const Filter& filter : filters) {
    if (filter.exclude == exclude) out[std::string(schema::field(filter.field).name)].push_back(filter.value);
  }
  return out;
}

Json entities_of(const schema::FacetLabels& labels) {
  Json out = Json::object();
  for (const schema::Field& field : schema::kFacets) {
    const auto& of_field = labels[schema::facet_index(field.id)];
    if (field.entity && !of_field.empty()) out[std::string(field.name)] = of_field;
  }
  return out;
}

void put_date(Json& object, const std::optional<Date>& date) {
  if (!date) return;
  object["date"] = to_iso(*date, true);
  object["date_precision"] = precision_name(date->precision);
}

Json snippet_of(const searcher::Snippet& snippet) {
  Json highlights = Json::array();
  CodePointCounter counter(snippet.text);
  for (const auto& [begin, end] : snippet.highlights) {
    const std::size_t first = counter.at(begin);
    highlights.push_back({first, counter.at(end)});
  }
  return {{"text", snippet.text}, {"highlights", std::move(highlights)}};
}

Json duplicates_of(const Hit& hit) {
  Json out = Json::array();
  for (const searcher::DuplicateHit& duplicate : hit.duplicates) {
    Json one = {{"id", duplicate.id}};
    put(one, "title", duplicate.title);
    put(one, "source", duplicate.source);
    put_date(one, duplicate.date);
    out.push_back(std::move(one));
  }
  return out;
}

Json hit_of(const Hit& hit) {
  Json out = {{"id", hit.id}, {"title", hit.title}};
  put_date(out, hit.date);
  put(out, "source", hit.source);
  put(out, "url", hit.url);
  out["score"] = rounded(hit.score, 6);
  if (!hit.snippet.text.empty()) out["snippet"] = snippet_of(hit.snippet);
  out["entities"] = entities_of(hit.labels);
  out["duplicates"] = duplicates_of(hit);
  for (const searcher::ScorePart& part : hit.why) {
    const ScoreText text = score_text(part, strings(Language::kFrench));
    out["why"].push_back({{"label", text.label}, {"reason", text.reason}, {"score", rounded(part.score, 6)}});
  }
  return out;
}

Json value_of(const SearchState& state, FieldId field, const searcher::FacetValue& value) {
  Json out = {{"value", value.value},
              {"label", value.label},
              {"count", value.count},
              {"selected", value.selected},
              {"excluded", value.excluded},
              {"toggle_url", search_url(toggled(state, field, value), kSearchPath)},
              {"exclude_url", search_url(exclusion_toggled(state, field, value), kSearchPath)}};
  if (value.overall > 0) {
    out["overall"] = value.overall;
    out["surprise"] = rounded(value.surprise, 3);
  }
  return out;
}

Json facet_of(const SearchState& state, const searcher::FacetResult& facet) {
  Json values = Json::array();
  for (const searcher::FacetValue& value : facet.values) values.push_back(value_of(state, facet.field, value));
  const schema::Field& field = schema::field(facet.field);
  return {{"field", field.name},
          {"label", field.title},
          {"values", std::move(values)},
          {"missing", facet.missing},
          {"distinct", facet.distinct}};
}

Json date_histogram_of(const searcher::DateHistogram& dates) {
  Json buckets = Json::array();
  for (const DateBucket& bucket : dates.buckets) {
    buckets.push_back({{"from", bucket_name(bucket, dates.unit)}, {"count", bucket.count}});
  }
  return {{"field", "date"},
          {"unit", unit_name(dates.unit)},
          {"buckets", std::move(buckets)},
          {"missing", dates.missing}};
}

Json amount_histogram_of(const searcher::AmountHistogram& amounts) {
  Json buckets = Json::array();
  for (const searcher::AmountBucket& bucket : amounts.buckets) {
    buckets.push_back({{"from", amount_number(rounded(bucket.from, 2))},
                       {"to", amount_number(rounded(bucket.to, 2))},
                       {"count", bucket.count}});
  }
  return {{"field", "amount"}, {"unit", "EUR"}, {"buckets", std::move(buckets)}, {"missing", amounts.missing}};
}

Json histograms_of(const SearchResponse& response) {
  Json out = Json::array();
  if (response.dates) out.push_back(date_histogram_of(*response.dates));
  if (response.amounts) out.push_back(amount_histogram_of(*response.amounts));
  return out;
}

// Code-point ranges of a part. Annotations of one kind come by part and begin, but may overlap: each range gets its
// own start where it would step back.
class PartRanges {
 public:
  explicit PartRanges(const Article& article) : article_(article), title_(article.title), text_(article.text) {}

  void put(Json& object, Part in, ByteRange range) {
    const std::string& part = in == Part::kTitle ? article_.title : article_.text;
    CodePointCounter& counter = in == Part::kTitle ? title_ : text_;
    std::uint32_t& last = in == Part::kTitle ? last_title_ : last_text_;
    if (range.begin < last) counter = CodePointCounter(part);
    object["in"] = in == Part::kTitle ? "title" : "text";
    object["start"] = counter.at(range.begin);
    object["end"] = counter.at(range.end);
    last = range.end;
  }
  std::string_view text_of(Part in, ByteRange range) const {
    return range.of(in == Part::kTitle ? article_.title : article_.text);
  }

 private:
  const Article& article_;
  CodePointCounter title_, text_;
  std::uint32_t last_title_ = 0, last_text_ = 0;
};

Json mention_of(const Mention& mention, PartRanges& ranges) {
  Json out;
  ranges.put(out, mention.in, mention.range);
  out["type"] = entity_type_name(mention.type);
  out["text"] = ranges.text_of(mention.in, mention.range);
  out["value"] = text::value_key(mention.label);
  out["label"] = mention.label;
  put(out, "why", mention.why);
  return out;
}

Json amount_of(const Amount& amount, PartRanges& ranges) {
  Json out;
  ranges.put(out, amount.in, amount.range);
  out["text"] = ranges.text_of(amount.in, amount.range);
  out["value"] = amount_number(amount.value);
  out["currency"] = amount.currency;
  if (amount.eur > 0) out["eur"] = amount_number(rounded(amount.eur, 2));
  put(out, "kind", amount.kind);
  if (amount.end != RangeEnd::kNone) out["range"] = amount.end == RangeEnd::kLow ? "low" : "high";
  return out;
}

Json event_of(const Event& event, PartRanges& ranges) {
  Json out = {{"type", event.type}};
  ranges.put(out, event.in, event.range);
  out["polarity"] = polarity_name(event.polarity);
  out["participants"] = event.participants;
  return out;
}

}  // namespace

std::string_view unit_name(HistogramUnit unit) {
  switch (unit) {
    case HistogramUnit::kAuto:
      return "auto";
    case HistogramUnit::kYear:
      return "year";
    case HistogramUnit::kMonth:
      return "month";
    case HistogramUnit::kWeek:
      return "week";
    case HistogramUnit::kDay:
      return "day";
  }
  return "";
}

std::string_view precision_name(DatePrecision precision) {
  switch (precision) {
    case DatePrecision::kYear:
      return "year";
    case DatePrecision::kMonth:
      return "month";
    case DatePrecision::kDay:
      return "day";
  }
  return "";
}

std::string_view entity_type_name(EntityType type) {
  switch (type) {
    case EntityType::kOrg:
      return "org";
    case EntityType::kPerson:
      return "person";
    case EntityType::kPlace:
      return "place";
    case EntityType::kProduct:
      return "product";
  }
  return "";
}

std::string_view polarity_name(Polarity polarity) {
  switch (polarity) {
    case Polarity::kFact:
      return "fact";
    case Polarity::kRumour:
      return "rumour";
    case Polarity::kDenied:
      return "denied";
  }
  return "";
}

std::string bucket_name(const DateBucket& bucket, HistogramUnit unit) {
  const DatePrecision precision = unit == HistogramUnit::kYear    ? DatePrecision::kYear
                                  : unit == HistogramUnit::kMonth ? DatePrecision::kMonth
                                                                  : DatePrecision::kDay;
  return to_iso(Date{bucket.first, precision});
}

std::string search_json(const SearchState& state, const SearchResponse& response) {
  Json out;
  out["query"] = {{"text", response.query},
                  {"parsed", response.parsed},
                  {"filters", filters_of(response.filters, false)},
                  {"excluded", filters_of(response.filters, true)}};
  out["total"] = response.total;
  out["total_exact"] = true;
  out["groups"] = response.groups;
  out["relaxed"] = response.relaxed;
  out["dropped"] = response.dropped;
  out["truncated"] = response.truncated;
  out["partial"] = false;
  out["took_ms"] = rounded(response.took_ms, 3);
  out["suggestion"] = response.suggestion ? Json(*response.suggestion) : Json(nullptr);
  for (const searcher::Note& note : response.notes) out["notes"].push_back(note_text(note, strings(Language::kFrench)));
  out["sort"] = sort_name(response.sort);
  out["hits"] = Json::array();
  for (const Hit& hit : response.hits) out["hits"].push_back(hit_of(hit));
  out["facets"] = Json::array();
  for (const auto& facet : response.facets) out["facets"].push_back(facet_of(state, facet));
  out["histograms"] = histograms_of(response);
  if (response.next) out["next_cursor"] = *response.next;
  if (!state.request.after.empty()) {
    if (response.next) out["next_url"] = search_url(after_cursor(state, *response.next), kSearchPath);
    return dumped(out);
  }
  const std::size_t next = state.request.offset + state.request.limit;
  if (state.request.limit > 0 && next < response.groups && next + state.request.limit <= searcher::kMaxDepth) {
    out["next_url"] = search_url(at_offset(state, next), kSearchPath);
  }
  return dumped(out);
}

std::string facet_json(const FacetPage& page, const SearchResponse& response) {
  if (response.facets.empty()) return "{}";
  const searcher::FacetResult& facet = response.facets.front();
  Json out = facet_of(page.state, facet);
  out["total"] = response.total;
  const std::size_t next = page.request.offset + page.request.size;
  if (facet.values.size() >= page.request.size && next < facet.distinct) out["next_url"] = facet_page_url(page, next);
  return dumped(out);
}

std::string pairs_json(const searcher::PairRequest& request, const SearchResponse& response) {
  Json out = {{"fields", {schema::field(request.first).name, schema::field(request.second).name}},
              {"total", response.total},
              {"pairs", Json::array()}};
  if (response.pairs) {
    out["distinct"] = response.pairs->distinct;
    for (const searcher::ValuePair& pair : response.pairs->pairs) {
      const auto side = [](const searcher::PairedValue& v) { return Json{{"value", v.value}, {"label", v.label}}; };
      out["pairs"].push_back({{"values", {side(pair.first), side(pair.second)}}, {"count", pair.count}});
    }
  }
  return dumped(out);
}

std::string histogram_json(FieldId field, const SearchResponse& response) {
  if (field == FieldId::kDate && response.dates) return dumped(date_histogram_of(*response.dates));
  if (field == FieldId::kAmount && response.amounts) return dumped(amount_histogram_of(*response.amounts));
  return dumped({{"field", schema::field(field).name}, {"buckets", Json::array()}});
}

std::string hits_json(const std::vector<Hit>& hits) {
  Json out = {{"hits", Json::array()}};
  for (const Hit& hit : hits) out["hits"].push_back(hit_of(hit));
  return dumped(out);
}

std::string hit_json(const Hit& hit) {
  return dumped(hit_of(hit));
}

std::string stats_json(const searcher::Stats& stats) {
  Json out = {{"articles", stats.articles},
              {"sources", stats.sources},
              {"schema", stats.schema},
              {"analyzer", stats.analyzer},
              {"entities", stats.entities},
              {"built_with", stats.built_with},
              {"revision", stats.revision},
              {"parts", stats.parts},
              {"terms", stats.terms},
              {"bytes", stats.bytes},
              {"column_bytes", stats.column_bytes},
              {"sidecar_bytes", stats.sidecar_bytes}};
  if (stats.period) {
    out["period"] = {{"from", to_iso(Date{stats.period->first, DatePrecision::kDay})},
                     {"to", to_iso(Date{stats.period->last, DatePrecision::kDay})}};
  }
  for (const schema::Field& field : schema::kFacets) {
    out["distinct"][std::string(field.name)] = stats.distinct[schema::facet_index(field.id)];
  }
  return dumped(out);
}

std::string entities_json(const schema::FacetLabels& labels) {
  return dumped(entities_of(labels));
}

std::string extraction_json(const Article& article, const Annotations& found) {
  PartRanges ranges(article);
  Json out = {{"id", article.id}, {"mentions", Json::array()}, {"amounts", Json::array()}, {"events", Json::array()}};
  for (const Mention& mention : found.mentions) out["mentions"].push_back(mention_of(mention, ranges));
  for (const Amount& amount : found.amounts) out["amounts"].push_back(amount_of(amount, ranges));
  for (const Event& event : found.events) out["events"].push_back(event_of(event, ranges));
  if (!found.agencies.empty()) out["agencies"] = found.agencies;
  return dumped(out);
}

std::string problem_json(int status, std::string_view title, const Error& error) {
  Json out = {{"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", error.message}};
  put(out, "hint", error.hint);
  return dumped(out);
}

}  // namespace depeche::output
