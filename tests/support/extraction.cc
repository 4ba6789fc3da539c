#include "tests/support/extraction.hh"

#include <cstdio>

#include "entities/extractor.hh"
#include "entities/gazetteer.hh"

namespace depeche::testing {
namespace {

constexpr const char* kTypes[] = {"org", "person", "place", "product"};
constexpr const char* kPolarities[] = {"fact", "rumour", "denied"};
constexpr const char* kEnds[] = {"", "low", "high"};

}  // namespace

Article article_of(std::string_view text, std::string_view title, std::string_view date) {
  Article article;
  article.id = "test";
  article.title = title;
  article.text = text;
  article.date = parse_date(date);
  return article;
}

Annotations extract(const Article& article) {
  static const Result<entities::Gazetteer> gazetteer = entities::Gazetteer::load();
  static entities::Extractor extractor(*gazetteer);
  return extractor.extract(article);
}

Annotations extract(std::string_view text) {
  return extract(article_of(text));
}

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (const Mention& mention : extract(text).mentions) {
    names.push_back(std::string(kTypes[static_cast<int>(mention.type)]) + " " + mention.label);
  }
  return names;
}

std::vector<std::string> amounts_in(std::string_view text) {
  std::vector<std::string> amounts;
  for (const Amount& amount : extract(text).amounts) {
    char told_value[40];
    std::snprintf(told_value, sizeof told_value, "%.15g", amount.value);
    std::string told = told_value;
    told += " " + amount.currency;
    if (!amount.kind.empty()) told += " " + amount.kind;
    if (amount.end != RangeEnd::kNone) told += std::string(" ") + kEnds[static_cast<int>(amount.end)];
    amounts.push_back(std::move(told));
  }
  return amounts;
}

std::vector<std::string> events_in(std::string_view text) {
  std::vector<std::string> events;
  for (const Event& event : extract(text).events) {
    events.push_back(event.type + " " + kPolarities[static_cast<int>(event.polarity)]);
  }
  return events;
}

}  // namespace depeche::testing
