#include "tests/support/answer_checks.hh"

#include <functional>

#include "core/date.hh"
#include "core/utf8.hh"

namespace depeche::test {
namespace {

using Json = nlohmann::json;

bool is_count(const Json& value) {
  return value.is_number_unsigned();
}
bool is_text(const Json& value) {
  return value.is_string() && !value.get_ref<const std::string&>().empty();
}
bool is_texts(const Json& value) {
  return value.is_array() && std::all_of(value.begin(), value.end(), is_text);
}
bool is_facet_name(const Json& value) {
  for (const char* name : {"org", "person", "place", "product", "event", "topic", "source", "agency"}) {
    if (value == name) return true;
  }
  return false;
}

struct Key {
  const char* name;
  bool required;
  std::function<bool(const Json&)> fits;
};

class Checker {
 public:
  explicit Checker(std::vector<std::string>& problems) : problems_(problems) {}

  void answer(const Json& answer) {
    object("answer", answer,
           {{"query", true, is_object},
            {"total", true, is_count},
            {"total_exact", true, is(true)},
            {"groups", true, is_count},
            {"relaxed", true, is_switch},
            {"dropped", true, is_texts},
            {"truncated", true, is_switch},
            {"partial", true, is(false)},
            {"took_ms", true, [](const Json& v) { return v.is_number() && v >= 0; }},
            {"suggestion", true, [](const Json& v) { return v.is_null() || is_text(v); }},
            {"hits", true, is_array},
            {"facets", true, is_array},
            {"histograms", true, is_array},
            {"next_url", false, is_text},
            {"next_cursor", false, is_text},
            {"sort", false, is_text},
            {"notes", false, is_texts}});
    if (!problems_.empty()) return;
    object("query", answer["query"],
           {{"text", true, [](const Json& v) { return v.is_string(); }},
            {"parsed", true, is_text},
            {"filters", true, is_filters},
            {"excluded", true, is_filters}});
    check(answer["groups"] <= answer["total"], "more groups than articles");
    check(answer["hits"].size() <= answer["groups"], "more hits than groups");
    check(answer["relaxed"] == true || answer["dropped"].empty(), "words dropped without saying so");
    for (const Json& one : answer["hits"]) hit(one);
    for (const Json& one : answer["facets"]) facet(one, answer["total"], answer["query"]["filters"]);
    for (const Json& one : answer["histograms"]) histogram(one, answer["total"]);
  }

 private:
  static bool is_object(const Json& value) { return value.is_object(); }
  static bool is_array(const Json& value) { return value.is_array(); }
  static bool is_switch(const Json& value) { return value.is_boolean(); }
  static std::function<bool(const Json&)> is(bool wanted) {
    return [wanted](const Json& value) { return value == wanted; };
  }
  static bool is_filters(const Json& value) {
    return value.is_object() &&
           std::all_of(value.begin(), value.end(), [](const Json& v) { return is_texts(v) && !v.empty(); });
  }
  static bool is_date(const Json& value) {
    return value.is_string() && parse_date(value.get<std::string>()).has_value();
  }

  void check(bool fine, const std::string& problem) {
    if (!fine) problems_.push_back(problem);
  }

  void object(const std::string& what, const Json& value, const std::vector<Key>& keys) {
    if (!value.is_object()) return problems_.push_back(what + " is no object");
    for (const Key& key : keys) {
      const auto found = value.find(key.name);
      if (found == value.end()) {
        check(!key.required, what + " has no " + key.name);
      } else {
        check(key.fits(*found), what + "." + key.name + " is " + found->dump().substr(0, 200));
      }
    }
    for (const auto& [name, ignored] : value.items()) {
      check(std::any_of(keys.begin(), keys.end(), [&](const Key& key) { return name == key.name; }),
            what + " has an unknown " + name);
    }
  }

  void dated(const std::string& what, const Json& value) {
    check(value.contains("date") == value.contains("date_precision"),
          what + " has only one of date and date_precision");
    if (!value.contains("date")) return;
    const auto date = parse_date(value["date"].get<std::string>());
    const char* names[] = {"", "year", "month", "day"};
    check(date && value.value("date_precision", "") == names[static_cast<int>(date->precision)],
          what + ": precision of its date");
  }

  void hit(const Json& hit) {
    object("hit", hit,
           {{"id", true, is_text},
            {"title", true, is_text},
            {"date", false, is_date},
            {"date_precision", false, is_text},
            {"source", false, is_text},
            {"url", false, is_text},
            {"score", true, [](const Json& v) { return v.is_number() && v >= 0; }},
            {"snippet", false, is_object},
            {"entities", true, is_object},
            {"duplicates", true, is_array},
            {"why", false, is_array}});
    if (!hit.is_object()) return;
    dated("hit", hit);
    if (hit.contains("snippet")) snippet(hit["snippet"]);
    const Json entities = hit.value("entities", Json::object());
    for (const auto& [field, labels] : entities.items()) {
      const bool entity = field == "org" || field == "person" || field == "place" || field == "product";
      check(entity && is_texts(labels) && !labels.empty(), "hit.entities." + field);
    }
    for (const Json& duplicate : hit.value("duplicates", Json::array())) {
      object("duplicate", duplicate,
             {{"id", true, is_text},
              {"title", false, is_text},
              {"source", false, is_text},
              {"date", false, is_date},
              {"date_precision", false, is_text}});
      dated("duplicate", duplicate);
    }
  }

  void snippet(const Json& snippet) {
    object("snippet", snippet, {{"text", true, is_text}, {"highlights", true, is_array}});
    const std::size_t size = count_code_points(snippet.value("text", ""));
    std::size_t last = 0;
    for (const Json& range : snippet.value("highlights", Json::array())) {
      const bool pair = range.is_array() && range.size() == 2 && is_count(range[0]) && is_count(range[1]);
      if (!pair) return problems_.push_back("a highlight is " + range.dump());
      check(range[0] >= last && range[0] < range[1] && range[1] <= size, "highlights overlap or leave the text");
      last = range[1];
    }
  }

  void facet(const Json& facet, std::uint64_t total, const Json& filters) {
    object("facet", facet,
           {{"field", true, is_facet_name},
            {"label", true, is_text},
            {"values", true, is_array},
            {"missing", true, is_count},
            {"distinct", true, is_count}});
    if (!facet.is_object() || !problems_.empty()) return;
    const std::string name = "facet " + facet["field"].get<std::string>();
    std::uint64_t last = UINT64_MAX;
    for (const Json& value : facet["values"]) {
      object(name, value,
             {{"value", true, is_text},
              {"label", true, is_text},
              {"count", true, is_count},
              {"selected", true, is_switch},
              {"excluded", true, is_switch},
              {"toggle_url", true, is_text},
              {"exclude_url", true, is_text}});
      if (!problems_.empty()) return;
      const bool active = value["selected"] == true || value["excluded"] == true;
      check(value["excluded"] == false || value["count"] == 0, name + ": an excluded value with a count");
      check(active || (value["count"] > 0 && value["count"] <= last), name + ": values are not by falling count");
      if (!active) last = value["count"];
      for (const char* url : {"toggle_url", "exclude_url"}) {
        check(value[url].get_ref<const std::string&>().starts_with("/search.json"), name + ": " + value[url].dump());
      }
    }
    const bool filtered = filters.contains(facet["field"].get<std::string>());  // then its own filter is left out
    check(filtered || facet["missing"] <= total, name + ": more articles without a value than articles");
  }

  void histogram(const Json& histogram, std::uint64_t total) {
    const bool amounts = histogram.value("field", "") == "amount";
    object("histogram", histogram,
           {{"field", true, [](const Json& v) { return v == "date" || v == "amount"; }},
            {"unit", true, is_text},
            {"buckets", true, is_array},
            {"missing", false, is_count}});
    std::uint64_t sum = histogram.value("missing", std::uint64_t{0});
    for (const Json& bucket : histogram.value("buckets", Json::array())) {
      const auto bound =
          amounts ? std::function<bool(const Json&)>([](const Json& v) { return v.is_number(); }) : is_date;
      object("bucket", bucket, {{"from", true, bound}, {"to", false, bound}, {"count", true, is_count}});
      sum += bucket.value("count", std::uint64_t{0});
    }
    check(amounts || sum >= total, "the date histogram counts fewer articles than there are");
  }

  std::vector<std::string>& problems_;
};

}  // namespace

std::vector<std::string> answer_problems(const Json& answer) {
  std::vector<std::string> problems;
  Checker(problems).answer(answer);
  return problems;
}

std::string code_points(const std::string& text, std::size_t begin, std::size_t end) {
  std::size_t at = 0, number = 0, first = text.size();
  for (; at < text.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (starts && number == end) break;
    if (starts && number++ == begin) first = at;
  }
  return first < at ? text.substr(first, at - first) : std::string();
}

}  // namespace depeche::test
