#include "tests/support/fake_searcher.hh"

#include <algorithm>
#include <cmath>
#include <map>

#include "text/fold.hh"

namespace depeche::testing {
namespace {

using schema::FieldId;
using schema::StoredArticle;
using searcher::Filter;
using searcher::Hit;
using searcher::SearchRequest;
using searcher::SearchResponse;

void add_amount(StoredArticle& stored, std::string_view text, double value, std::string currency, double eur) {
  const auto at = stored.article.text.find(text);
  Amount amount;
  amount.range = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + text.size())};
  amount.value = value;
  amount.currency = std::move(currency);
  amount.eur = eur;
  amount.kind = "levee";
  stored.annotations.amounts.push_back(std::move(amount));
}

void add_event(StoredArticle& stored, std::string_view sentence, std::string type,
               std::vector<std::string> participants) {
  const auto at = stored.article.text.find(sentence);
  Event event;
  event.range = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + sentence.size())};
  event.type = type;
  event.participants = std::move(participants);
  stored.annotations.events.push_back(std::move(event));
  stored.labels[schema::facet_index(FieldId::kEvent)].push_back(std::move(type));
}

std::vector<StoredArticle> invented_articles() {
  std::vector<StoredArticle> out;
  out.push_back(make_article(
      "fil/record.txt", "OpenAI boucle une levée de fonds record de 6,6 milliards de dollars",
      "La start-up de San Francisco vient de boucler une levée de fonds de 6,6 milliards de dollars. À la suite, la "
      "valorisation d’OpenAI atteint 157 milliards de dollars.\n\nThrive Capital a mené le tour de table, annonce "
      "Sam Altman.",
      "Le Fil Numérique", "2024-10-03",
      {{EntityType::kOrg, "OpenAI"},
       {EntityType::kOrg, "Thrive Capital"},
       {EntityType::kPerson, "Sam Altman"},
       {EntityType::kPlace, "San Francisco"}}));
  add_amount(out[0], "6,6 milliards de dollars", 6.6e9, "USD", 6.1e9);
  add_amount(out[0], "157 milliards de dollars", 157e9, "USD", 145e9);
  add_event(out[0], "La start-up de San Francisco vient de boucler une levée de fonds de 6,6 milliards de dollars.",
            "levee-de-fonds", {"OpenAI"});
  out[0].labels[schema::facet_index(FieldId::kAgency)].push_back("AFP");
  out[0].article.url = "https://exemple.invalid/record";
  out.push_back(make_article("fil/bureaux.txt", "",
                             "Après San Francisco, OpenAI ouvre des bureaux à Paris. Sam Altman s’en félicite.\n\nUn "
                             "aspect commercial, mais pas "
                             "uniquement\n\nÀ Paris, OpenAI côtoiera Mistral AI, qui a dévoilé Pixtral 12B.",
                             "Le Fil Numérique", "2024-10",
                             {{EntityType::kOrg, "OpenAI"},
                              {EntityType::kOrg, "Mistral AI"},
                              {EntityType::kPerson, "Sam Altman"},
                              {EntityType::kPlace, "San Francisco"},
                              {EntityType::kPlace, "Paris"},
                              {EntityType::kProduct, "Pixtral 12B"}}));
  add_event(out[1], "OpenAI ouvre des bureaux à Paris.", "implantation", {"OpenAI"});
  out.push_back(make_article("hebdo/mistral.txt", "Mistral AI lève 600 millions d’euros",
                             "La jeune pousse Mistral AI lève 600 millions d’euros à Paris.", "Techno Hebdo",
                             "2024-06-11", {{EntityType::kOrg, "Mistral AI"}, {EntityType::kPlace, "Paris"}}));
  add_amount(out[2], "600 millions d’euros", 6e8, "EUR", 6e8);
  add_event(out[2], "La jeune pousse Mistral AI lève 600 millions d’euros à Paris.", "levee-de-fonds",
            {"Mistral AI"});
  out[2].article.url = "javascript:alert(1)";
  out.push_back(make_article("courrier/xss.txt", "<script>alert(1)</script> & \"guillemets\"",
                             "Un texte avec <b>balises</b> & entités.", "Courrier <des> Puces", "2023",
                             {{EntityType::kOrg, "<img src=x onerror=alert(1)>"}}));
  out.push_back(make_article("sans-date", "Une dépêche sans date ni source", "Rien de plus.", "", "", {}));
  return out;
}

bool holds(const StoredArticle& stored, const Filter& filter) {
  if (filter.field == FieldId::kDate) {
    const auto span = parse_day_span(filter.value);
    const auto& date = stored.article.date;
    return span && date && date->first <= span->last && date->last() >= span->first;
  }
  if (schema::field(filter.field).kind != schema::FieldKind::kFacet) return true;
  const auto& labels = stored.labels[schema::facet_index(filter.field)];
  const std::string key = text::value_key(filter.value);
  return std::any_of(labels.begin(), labels.end(), [&](const auto& label) { return text::value_key(label) == key; });
}

searcher::DateHistogram months(const std::vector<const StoredArticle*>& articles) {
  searcher::DateHistogram out;
  std::map<Day, std::uint64_t> counts;
  for (const StoredArticle* stored : articles) {
    if (!stored->article.date) {
      ++out.missing;
      continue;
    }
    CivilDay civil = civil_from_day(stored->article.date->first);
    civil.day = 1;
    ++counts[day_from_civil(civil)];
  }
  if (counts.empty()) return out;
  for (Day day = counts.begin()->first; day <= counts.rbegin()->first;) {
    const Day last = Date{day, DatePrecision::kMonth}.last();
    out.buckets.push_back({day, last, counts[day]});
    day = last + 1;
  }
  return out;
}

searcher::AmountHistogram decades(const std::vector<const StoredArticle*>& articles) {
  searcher::AmountHistogram out;
  for (int third = 18; third < 36; ++third) {
    searcher::AmountBucket bucket{std::pow(10.0, third / 3.0), std::pow(10.0, (third + 1) / 3.0), 0};
    for (const StoredArticle* stored : articles) {
      const auto& amounts = stored->annotations.amounts;
      bucket.count += std::any_of(amounts.begin(), amounts.end(),
                                  [&](auto& a) { return a.eur >= bucket.from && a.eur < bucket.to; });
    }
    out.buckets.push_back(bucket);
  }
  out.min = 6e8;
  out.max = 145e9;
  return out;
}

}  // namespace

StoredArticle make_article(std::string id, std::string title, std::string text, std::string source, std::string date,
                           const std::vector<Named>& names) {
  StoredArticle stored;
  Article& article = stored.article;
  article.id = std::move(id);
  article.title = std::move(title);
  article.text = std::move(text);
  article.source = source;
  article.date = parse_date(date);
  if (!source.empty()) stored.labels[schema::facet_index(FieldId::kSource)].push_back(std::move(source));
  for (const Named& name : names) {
    stored.labels[static_cast<std::size_t>(name.type)].push_back(name.label);
    for (const Part part : {Part::kTitle, Part::kText}) {
      const std::string& where = part == Part::kTitle ? article.title : article.text;
      const auto at = where.find(name.label);
      if (at == where.npos) continue;
      const ByteRange range{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + name.label.size())};
      stored.annotations.mentions.push_back({part, range, name.type, name.label, "gazetteer"});
    }
  }
  auto& mentions = stored.annotations.mentions;
  std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) {
    return std::pair(a.in, a.range.begin) < std::pair(b.in, b.range.begin);
  });
  return stored;
}

FakeSearcher::FakeSearcher() : articles_(invented_articles()) {}

bool FakeSearcher::matches(const StoredArticle& stored, const SearchRequest& request,
                           std::optional<FieldId> except) const {
  if (request.query == "rien") return false;
  for (const schema::Field& field : schema::kFields) {
    bool asked = false, held = false;
    for (const Filter& filter : request.filters) {
      if (filter.field != field.id) continue;
      if (filter.exclude && holds(stored, filter)) return false;
      if (filter.exclude) continue;
      asked = true;
      held = held || holds(stored, filter);
    }
    if (asked && !held && except != field.id) return false;
  }
  return true;
}

searcher::FacetResult FakeSearcher::count(const searcher::FacetRequest& facet, const SearchRequest& request) const {
  searcher::FacetResult out;
  out.field = facet.field;
  std::map<std::string, std::uint64_t> counts;
  for (const StoredArticle& stored : articles_) {
    const bool in = matches(stored, request, std::count(request.all_of.begin(), request.all_of.end(), facet.field) > 0 ? std::nullopt : std::optional(facet.field));
    const auto& labels = stored.labels[schema::facet_index(facet.field)];
    if (in && labels.empty()) ++out.missing;
    for (const std::string& label : labels) counts[label] += in ? 1 : 0;
  }
  for (const auto& [label, n] : counts) {
    searcher::FacetValue value{text::value_key(label), label, n};
    for (const Filter& filter : request.filters) {
      if (filter.field == facet.field && text::value_key(filter.value) == value.value)
        (filter.exclude ? value.excluded : value.selected) = true;
    }
    out.distinct += n > 0;
    if (facet.order == searcher::ValueOrder::kUnusual) {
      for (const StoredArticle& stored : articles_) {
        const auto& labels = stored.labels[schema::facet_index(facet.field)];
        value.overall += std::count(labels.begin(), labels.end(), label) > 0 ? 1 : 0;
      }
      value.surprise = 4 * n > 3 * value.overall && n >= 5 ? 20 : 0;  // most of what has it is here
    }
    const bool wanted = facet.prefix.empty() || text::fold(label).starts_with(text::fold(facet.prefix));
    if (wanted && (n > 0 || value.selected || value.excluded)) out.values.push_back(std::move(value));
  }
  if (facet.order == searcher::ValueOrder::kCount) {
    std::stable_sort(out.values.begin(), out.values.end(), [](auto& a, auto& b) { return a.count > b.count; });
  }
  out.values.erase(out.values.begin(),
                   out.values.begin() + static_cast<std::ptrdiff_t>(std::min(facet.offset, out.values.size())));
  if (out.values.size() > facet.size) out.values.resize(facet.size);
  return out;
}

Hit FakeSearcher::hit_of(const StoredArticle& stored, const SearchRequest& request) const {
  Hit hit;
  hit.id = stored.article.id;
  hit.title_from_text = !stored.article.has_title();
  hit.title =
      hit.title_from_text ? stored.article.text.substr(0, stored.article.text.find(". ") + 1) : stored.article.title;
  hit.url = stored.article.url;
  hit.source = stored.article.source;
  hit.date = stored.article.date;
  hit.score = request.query.empty() ? 0 : 12.3;
  if (request.snippets) {
    hit.snippet.text = stored.article.text.substr(0, stored.article.text.find("\n\n"));
    for (const std::string_view word : {"OpenAI", "levée de fonds"}) {
      const auto at = hit.snippet.text.find(word);
      if (at != std::string::npos) hit.snippet.highlights.emplace_back(at, at + word.size());
    }
    std::sort(hit.snippet.highlights.begin(), hit.snippet.highlights.end());
  }
  hit.labels = stored.labels;
  hit.amounts = stored.annotations.amounts;
  if (hit.id == "fil/record.txt" && request.group_duplicates)
    hit.duplicates.push_back({"hebdo/copie.txt", "La même", "Techno Hebdo", parse_date("2024-10-04")});
  if (request.why == hit.id)
    hit.why = {{"« levée de fonds »", {}, 1, 2, 7.9}, {"openai", {}, 1, 0, 4.4}};
  return hit;
}

Result<SearchResponse> FakeSearcher::search(const SearchRequest& request) {
  if (request.query == "panne-interne") return failure(ErrorCode::kInternal, "the fake failed as asked");
  SearchResponse out;
  out.query = request.query;
  out.parsed = request.query.empty() ? "all" : "(" + request.query + ")";
  out.filters = request.filters;
  out.sort = request.sort.value_or(request.query.empty() ? searcher::Sort::kDate : searcher::Sort::kRelevance);
  out.took_ms = 1.3;
  out.revision = revision_;
  std::vector<const StoredArticle*> found, any_date;
  for (const StoredArticle& stored : articles_) {
    if (matches(stored, request, std::nullopt)) found.push_back(&stored);
    if (matches(stored, request, FieldId::kDate)) any_date.push_back(&stored);
  }
  out.total = out.groups = found.size();
  if (request.query == "approx") {
    out.relaxed = true;
    out.dropped = {"approx"};
    out.suggestion = "approximation";
  }
  for (std::size_t i = request.offset; i < found.size() && i < request.offset + request.limit; ++i) {
    out.hits.push_back(hit_of(*found[i], request));
  }
  for (const auto& facet : request.facets) out.facets.push_back(count(facet, request));
  if (request.histograms) {
    out.dates = months(any_date);
    for (const Filter& filter : request.filters) {
      if (filter.field == FieldId::kDate && !filter.exclude) out.dates->selected = parse_day_span(filter.value);
    }
    out.amounts = decades(found);
  }
  return out;
}

Result<StoredArticle> FakeSearcher::article(const std::string& id) {
  for (const StoredArticle& stored : articles_) {
    if (stored.article.id == id) return stored;
  }
  return failure(ErrorCode::kNotFound, "no article has the id \"" + id + "\"", "ids stand at the right of each hit");
}

Result<searcher::Suggestions> FakeSearcher::suggest(const searcher::SuggestRequest& request) {
  searcher::Suggestions out;
  out.prefix = request.prefix;
  out.revision = revision_;
  if (request.prefix == "rien") return out;
  searcher::Suggestion word, name, title;
  word.label = word.query = request.prefix + " fonds";
  word.highlights = {{0, request.prefix.size()}};
  word.count = 3;
  name.kind = searcher::SuggestionKind::kName;
  name.label = "OpenAI";
  name.highlights = {{0, 4}};
  name.field = FieldId::kOrg;
  name.value = "openai";
  name.count = 2;
  title.kind = searcher::SuggestionKind::kTitle;
  title.label = articles_.front().article.title;
  title.id = articles_.front().article.id;
  title.source = articles_.front().article.source;
  title.date = articles_.front().article.date;
  out.list = {word, name, title};
  if (out.list.size() > request.limit) out.list.resize(request.limit);
  return out;
}

Result<std::vector<Hit>> FakeSearcher::similar(const std::string& id, std::size_t limit) {
  if (auto known = article(id); !known) return tl::unexpected(known.error());
  std::vector<Hit> hits;
  for (const StoredArticle& stored : articles_) {
    if (stored.article.id != id && hits.size() < limit) hits.push_back(hit_of(stored, {}));
  }
  return hits;
}

Result<void> FakeSearcher::for_each_article(const std::function<Result<void>(const StoredArticle&)>& each) {
  for (const StoredArticle& stored : articles_) {
    if (auto done = each(stored); !done) return done;
  }
  return {};
}

Result<searcher::Stats> FakeSearcher::stats(bool with_terms) {
  searcher::Stats stats;
  stats.articles = articles_.size();
  stats.sources = 3;
  stats.revision = revision_;
  stats.parts = 1;
  if (with_terms) stats.terms = 1234;
  stats.bytes = 4'300'000;
  stats.schema = 1;
  stats.analyzer = "a1";
  stats.entities = "e1";
  stats.built_with = "depeche 0.1.0";
  stats.period = DaySpan{day_from_civil({2023, 1, 1}), day_from_civil({2024, 10, 31})};
  stats.distinct[0] = 4;
  return stats;
}

}  // namespace depeche::testing
