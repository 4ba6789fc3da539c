// extract_jsonl < articles.jsonl: what extraction finds in each article, as the lines of `extract --format jsonl`.
// Articles are {"id", "title", "text", "date"}; for scoring and for looking at by eye.
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "core/utf8.hh"
#include "entities/extractor.hh"
#include "entities/gazetteer.hh"
#include "text/fold.hh"

namespace {

using depeche::Annotations;
using depeche::Article;
using depeche::ByteRange;
using depeche::Part;
using nlohmann::json;

constexpr const char* kTypes[] = {"org", "person", "place", "product"};
constexpr const char* kPolarities[] = {"fact", "rumour", "denied"};
constexpr const char* kEnds[] = {"", "low", "high"};

json located(const Article& article, Part part, ByteRange range) {
  const std::string& text = part == Part::kTitle ? article.title : article.text;
  const std::size_t start = depeche::count_code_points(std::string_view(text).substr(0, range.begin));
  return {{"in", part == Part::kTitle ? "title" : "text"},
          {"start", start},
          {"end", start + depeche::count_code_points(range.of(text))},
          {"text", range.of(text)}};
}

json to_json(const Article& article, const Annotations& found) {
  json line = {
      {"id", article.id}, {"mentions", json::array()}, {"amounts", json::array()}, {"events", json::array()}};
  for (const auto& mention : found.mentions) {
    json item = located(article, mention.in, mention.range);
    item.update({{"type", kTypes[static_cast<int>(mention.type)]},
                 {"label", mention.label},
                 {"why", mention.why},
                 {"value", depeche::text::value_key(mention.label)}});
    line["mentions"].push_back(std::move(item));
  }
  for (const auto& amount : found.amounts) {
    json item = located(article, amount.in, amount.range);
    item.update({{"value", amount.value}, {"currency", amount.currency}, {"eur", amount.eur}, {"kind", amount.kind}});
    if (amount.end != depeche::RangeEnd::kNone) item["range"] = kEnds[static_cast<int>(amount.end)];
    line["amounts"].push_back(std::move(item));
  }
  for (const auto& event : found.events) {
    json item = located(article, event.in, event.range);
    item.update({{"type", event.type},
                 {"polarity", kPolarities[static_cast<int>(event.polarity)]},
                 {"participants", event.participants}});
    line["events"].push_back(std::move(item));
  }
  line["agencies"] = found.agencies;
  line["topics"] = found.topics;
  return line;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<depeche::entities::GazetteerProblem> problems;
  const auto gazetteer = depeche::entities::Gazetteer::load(argc > 1 ? argv[1] : "", &problems);
  if (!gazetteer) {
    std::cerr << gazetteer.error().message << '\n';
    return 1;
  }
  for (const auto& problem : problems) std::cerr << problem.where << ": " << problem.why << '\n';
  depeche::entities::Extractor extractor(*gazetteer);
  for (std::string line; std::getline(std::cin, line);) {
    const json input = json::parse(line);
    Article article;
    article.id = input.value("id", "");
    article.title = input.value("title", "");
    article.text = input.value("text", "");
    article.date = depeche::parse_date(input.value("date", ""));
    std::cout << to_json(article, extractor.extract(article)).dump() << '\n';
  }
}
