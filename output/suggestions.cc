#include "output/suggestions.hh"

#include <nlohmann/json.hpp>

#include "core/utf8.hh"
#include "output/request_url.hh"
#include "output/text_parts.hh"

namespace depeche::output {
namespace {

using Json = nlohmann::ordered_json;
using searcher::Suggestion;
using searcher::SuggestionKind;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string_view type_of(const Suggestion& one) {
  switch (one.kind) {
    case SuggestionKind::kWord:
      return "word";
    case SuggestionKind::kName:
      return schema::field(one.field).name;
    case SuggestionKind::kTitle:
      return "title";
  }
  return "";
}

Json json_of(const Suggestion& one) {
  Json out = {{"type", type_of(one)}, {"label", one.label}, {"highlights", Json::array()}};
  CodePointCounter counter(one.label);
  for (const auto& [begin, end] : one.highlights) {
    const auto first = counter.at(begin);
    out["highlights"].push_back({first, counter.at(end)});
  }
  if (!one.query.empty()) out["query"] = one.query;
  if (!one.value.empty()) out["value"] = one.value;
  if (one.count) out["count"] = *one.count;
  if (!one.id.empty()) out["id"] = one.id;
  if (!one.source.empty()) out["source"] = one.source;
  if (one.date) {
    out["date"] = to_iso(*one.date, true);
    out["date_precision"] = one.date->precision == DatePrecision::kDay     ? "day"
                            : one.date->precision == DatePrecision::kMonth ? "month"
                                                                           : "year";
  }
  out["url"] = suggestion_url(one);
  return out;
}

// What stands in the search field when it is taken.
std::string completion_of(const Suggestion& one) {
  if (one.kind == SuggestionKind::kWord) return one.query;
  return one.query.empty() ? one.label : one.query + " " + one.label;
}

std::string remark_of(const Suggestion& one) {
  if (one.count) return strings(kData).count("articles", *one.count);
  std::vector<std::string> pieces;
  if (one.date) pieces.push_back(short_date(*one.date, kData));
  if (!one.source.empty()) pieces.push_back(printable(one.source));
  return join(pieces, " · ");
}

}  // namespace

std::string suggestions_text(const searcher::Suggestions& suggestions, const TextStyle& style) {
  std::vector<Row> rows;
  std::string plain;
  for (const Suggestion& one : suggestions.list) {
    const std::string& kind = strings(kData)["type." + std::string(type_of(one))];
    const std::string text = one.kind == SuggestionKind::kName ? completion_of(one) : one.label;
    if (style.terminal) {
      rows.push_back({printable(text), marked(kDim, kind), marked(kDim, remark_of(one))});
    } else {
      const std::string remark = one.count ? std::to_string(*one.count) : one.id;
      plain += printable(text) + "\t" + kind + "\t" + printable(remark) + "\n";
    }
  }
  return style.terminal ? aligned(rows, style) : plain;
}

std::string suggestions_json(const searcher::Suggestions& suggestions) {
  Json out = {{"prefix", suggestions.prefix}, {"suggestions", Json::array()}};
  for (const Suggestion& one : suggestions.list) out["suggestions"].push_back(json_of(one));
  return dumped(out);
}

std::string suggestions_jsonl(const searcher::Suggestions& suggestions) {
  std::string out;
  for (const Suggestion& one : suggestions.list) out += dumped(json_of(one)) + "\n";
  return out;
}

std::string suggestions_opensearch(const searcher::Suggestions& suggestions) {
  Json completions = Json::array(), remarks = Json::array();
  for (const Suggestion& one : suggestions.list) {
    completions.push_back(completion_of(one));
    remarks.push_back(remark_of(one));
  }
  return dumped(Json::array({suggestions.prefix, completions, remarks}));
}

std::string suggestion_url(const Suggestion& one) {
  SearchState state;
  if (one.kind == SuggestionKind::kTitle) return article_url(one.id, state);
  state.request.query = one.query;
  if (one.kind == SuggestionKind::kName) state.request.filters.push_back({one.field, one.value, false});
  return search_url(state);
}

}  // namespace depeche::output
