// The JSON of `search` over corpus/: the contract's form, highlights that are what matched, counts that a plain count
// over `export` and `extract` confirms.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/cli/workplace.hh"
#include "tests/support/answer_checks.hh"
#include "tests/support/brute_match.hh"
#include "text/analyzer.hh"
#include "text/fold.hh"
#include "text/query_words.hh"

namespace depeche::test {
namespace {

using Json = nlohmann::json;

std::string corpus() {
  return std::string(DEPECHE_SOURCE_DIR) + "/corpus/articles";
}

// Every query of corpus/questions.tsv, and what people type who did not read the manual.
std::vector<std::string> queries() {
  return {"",
          "levée de fonds OpenAI",
          "licenciements jeu vidéo",
          "\"intelligence artificielle\"",
          "Apple OU Google",
          "OpenAI SAUF Microsoft",
          "microp*",
          "amende NEAR/10 Meta",
          "montant:>1Md",
          "date:2024-10 org:OpenAI",
          "titre:OpenAI",
          "xyzzy",
          "OpenAI xyzzy",
          "de la",
          "\"",
          "((",
          "\"\"",
          "l’",
          "😀",
          "\xff\xfe",
          "a\tb\nc",
          "cour de justice \"jamais vu ensemble\"",
          "NOT",
          "org:",
          "http://a.b/c?d=e&f=g"};
}

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

Json answer(const Workplace& place, const std::vector<std::string>& options, const std::string& query) {
  const ProgramRun run = place.depeche(with(with({"search", "--format", "json"}, options), {"--", query}));
  const Json json = Json::parse(run.out, nullptr, false);
  EXPECT_TRUE(json.is_object()) << query << ": " << run.err;
  if (json.is_object()) {
    EXPECT_EQ(run.status, json["total"] == 0 ? 1 : 0) << query;
  }
  EXPECT_EQ(run.err, "") << query;
  return json;
}

std::vector<std::string> ids(const Workplace& place, const std::vector<std::string>& options,
                             const std::string& query) {
  const Json json = answer(place, options, query);
  std::vector<std::string> out;
  for (const Json& hit : json.at("hits")) out.push_back(hit.at("id"));
  return out;
}

TEST(SearchJson, HasTheFormOfTheContract) {
  Workplace place;
  place.index({corpus()});
  const std::vector<std::string> options[] = {
      {},
      {"--limit", "0"},
      {"--limit", "3", "--offset", "2", "--sort", "date"},
      {"--offset", "9000"},
      {"-f", "org=OpenAI", "-f", "org=Google", "-f", "!event=proces", "-f", "date=2020..2024-06"},
      {"-f", "org=personne d'autre", "--sort", "date-asc"},
      {"--facets", "none"},
      {"--facets", "org,date", "--facet-size", "2", "--no-group-duplicates"},
  };
  for (const std::string& query : queries()) {
    for (const auto& some : options) {
      SCOPED_TRACE(query + (some.empty() ? "" : " " + some[0] + " " + some[1]));
      EXPECT_EQ(answer_problems(answer(place, some, query)), std::vector<std::string>());
    }
  }
}

// What is marked is one of the things that were asked for.
bool is_asked_for(text::Analyzer& analyzer, const std::string& marked, const std::vector<text::QueryGroup>& groups) {
  text::Analysis analysis;
  analyzer.analyze(marked, analysis);
  for (const text::QueryGroup& group : groups) {
    for (const text::Alternative& alternative : group.alternatives) {
      if (has_alternative(analysis, alternative)) return true;
    }
  }
  return false;
}

TEST(SearchJson, HighlightsAreWordsOfTheQuery) {
  Workplace place;
  place.index({corpus()});
  text::Analyzer analyzer;
  std::size_t marks = 0;
  for (const std::string query :
       {"levée de fonds OpenAI", "licenciements jeu vidéo", "amende RGPD", "l’euro numérique", "données"}) {
    text::QueryAnalyzer words(analyzer);
    const auto groups = words.words(query, [](std::string_view) { return true; });
    const Json json = answer(place, {"--limit", "50"}, query);
    for (const Json& hit : json.at("hits")) {
      if (!hit.contains("snippet")) continue;
      const std::string text = hit["snippet"]["text"];
      for (const Json& range : hit["snippet"]["highlights"]) {
        const std::string marked = code_points(text, range[0], range[1]);
        EXPECT_TRUE(is_asked_for(analyzer, marked, groups)) << query << ": " << marked;
        ++marks;
      }
    }
  }
  EXPECT_GT(marks, 50u);
}

// Labels of every article, told by `export` and `extract`: given lists replace what is found in the text. Topics are
// left out: where none is given they come from a classifier that neither of the two prints.
using Labels = std::map<std::string, std::set<std::string>>;

// All spellings of a name found in texts are one value, under the spelling that most articles have.
void join_spellings(std::map<std::string, Labels>& articles, const std::set<std::pair<std::string, std::string>>& given) {
  for (const char* field : {"org", "person", "place", "product"}) {
    std::map<std::string, std::map<std::string, std::size_t>> spellings;
    for (const auto& [id, labels] : articles) {
      const auto own = labels.find(field);
      if (own == labels.end()) continue;
      for (const std::string& label : own->second) {
        if (!given.contains({field, label})) ++spellings[text::value_identity(label)][label];
      }
    }
    for (auto& [id, labels] : articles) {
      if (!labels.contains(field)) continue;
      std::set<std::string> joined;
      for (const std::string& label : labels.at(field)) {
        const auto same = spellings.find(text::value_identity(label));
        if (given.contains({field, label}) || same == spellings.end()) {
          joined.insert(label);
        } else {
          joined.insert(std::max_element(same->second.begin(), same->second.end(), [](auto& a, auto& b) {
                          return a.second < b.second;
                        })->first);
        }
      }
      labels[field] = joined;
    }
  }
}

std::map<std::string, Labels> labels_by_article(const Workplace& place) {
  std::map<std::string, Labels> out;
  std::set<std::pair<std::string, std::string>> given;
  const ProgramRun exported = place.depeche({"export"});
  for (const Json& article : json_lines(exported.out)) {
    Labels& labels = out[article["id"]];
    if (article.contains("source")) labels["source"].insert(article["source"]);
  }
  const ProgramRun extracted = place.depeche({"extract", "--format", "jsonl"}, {.input = exported.out});
  for (const Json& found : json_lines(extracted.out)) {
    Labels& labels = out[found["id"]];
    for (const Json& mention : found["mentions"]) labels[mention["type"]].insert(mention["label"]);
    for (const Json& event : found["events"]) {
      if (event["polarity"] == "fact") labels["event"].insert(event["type"]);  // rumours and denials are not counted
    }
    for (const Json& agency : found.value("agencies", Json::array())) labels["agency"].insert(agency);
  }
  for (const Json& article : json_lines(exported.out)) {
    for (const char* field : {"org", "person", "place", "product", "event", "agency"}) {
      if (!article.contains(field)) continue;
      out[article["id"]][field] = {article[field].begin(), article[field].end()};
      for (const Json& label : article[field]) given.emplace(field, label);
    }
  }
  join_spellings(out, given);
  return out;
}

struct Wanted {
  std::map<std::string, std::set<std::string>> any_of, none_of;  // field → labels
};

bool has_any(const Labels& labels, const std::string& field, const std::set<std::string>& wanted) {
  const auto of_field = labels.find(field);
  return of_field != labels.end() &&
         std::any_of(wanted.begin(), wanted.end(), [&](auto& w) { return of_field->second.contains(w); });
}

// All filters but those of `but`; exclusions always.
bool passes(const Labels& labels, const Wanted& wanted, const std::string& but) {
  for (const auto& [field, values] : wanted.none_of) {
    if (has_any(labels, field, values)) return false;
  }
  for (const auto& [field, values] : wanted.any_of) {
    if (field != but && !has_any(labels, field, values)) return false;
  }
  return true;
}

std::vector<std::string> options_of(const Wanted& wanted) {
  std::vector<std::string> out;
  for (const auto& [field, values] : wanted.any_of) {
    for (const std::string& value : values) out.insert(out.end(), {"-f", field + "=" + value});
  }
  for (const auto& [field, values] : wanted.none_of) {
    for (const std::string& value : values) out.insert(out.end(), {"-f", "!" + field + "=" + value});
  }
  return out;
}

void expect_brute_counts(const Json& facet, const std::vector<const Labels*>& base, const Wanted& wanted) {
  const std::string field = facet["field"];
  std::map<std::string, std::uint64_t> counts;
  std::uint64_t missing = 0;
  for (const Labels* labels : base) {
    if (!passes(*labels, wanted, field)) continue;
    const auto of_field = labels->find(field);
    if (of_field == labels->end() || of_field->second.empty())
      ++missing;
    else
      for (const std::string& label : of_field->second) ++counts[label];
  }
  EXPECT_EQ(facet["distinct"], counts.size()) << field;
  EXPECT_EQ(facet["missing"], missing) << field;
  for (const Json& value : facet["values"]) {
    const std::string label = value["label"];
    EXPECT_EQ(value["count"], counts.contains(label) ? counts[label] : 0) << field << "=" << label;
    const auto selected = wanted.any_of.find(field), excluded = wanted.none_of.find(field);
    EXPECT_EQ(value["selected"], selected != wanted.any_of.end() && selected->second.contains(label)) << label;
    EXPECT_EQ(value["excluded"], excluded != wanted.none_of.end() && excluded->second.contains(label)) << label;
    counts.erase(label);
  }
  EXPECT_TRUE(counts.empty()) << field << " lacks " << (counts.empty() ? "" : counts.begin()->first);
}

TEST(SearchJson, CountsAreThoseOfAPlainCount) {
  Workplace place;
  place.index({corpus(), fixture("articles/depeches.jsonl")});
  const auto labels = labels_by_article(place);
  ASSERT_GT(labels.size(), 160u);
  const Wanted all_wanted[] = {
      {},
      {{{"org", {"OpenAI"}}}, {}},
      {{{"org", {"OpenAI", "Google"}}}, {}},
      {{{"org", {"OpenAI", "Google", "Meta"}}, {"event", {"levee-de-fonds", "acquisition"}}}, {}},
      {{{"source", {"Éco Numérique", "Agence Nouvelle"}}}, {{"org", {"Microsoft"}}}},
      {{}, {{"org", {"OpenAI"}}, {"event", {"levee-de-fonds"}}}},
      {{{"place", {"Paris"}}, {"org", {"OpenAI"}}}, {{"person", {"Sam Altman"}}, {"org", {"Microsoft"}}}},
      {{{"org", {"aucune société de ce nom"}}, {"event", {"levee-de-fonds"}}}, {}},
  };
  for (const std::string query : {"", "levée de fonds", "OpenAI", "entreprise"}) {
    std::vector<const Labels*> base;
    for (const std::string& id :
         ids(place, {"--limit", "10000", "--no-group-duplicates", "--facets", "none"}, query)) {
      base.push_back(&labels.at(id));
    }
    ASSERT_FALSE(base.empty());
    for (const Wanted& wanted : all_wanted) {
      SCOPED_TRACE(query + " " + ::testing::PrintToString(options_of(wanted)));
      const Json json = answer(place, with({"--facet-size", "1000"}, options_of(wanted)), query);
      const auto total = std::count_if(base.begin(), base.end(), [&](auto* l) { return passes(*l, wanted, ""); });
      if (json["relaxed"] == false) {
        EXPECT_EQ(json["total"], total);
      }
      std::size_t compared = 0;
      for (const Json& facet : json["facets"]) {
        if (facet["field"] == "topic" || json["relaxed"] == true) continue;
        expect_brute_counts(facet, base, wanted);
        ++compared;
      }
      EXPECT_EQ(compared, json["relaxed"] == true ? 0u : 7u);
    }
  }
}

TEST(SearchJson, FilterFindsWhatItsCountSays) {
  Workplace place;
  place.index({corpus()});
  const Json all = answer(place, {"--facet-size", "3"}, "");
  for (const Json& facet : all.at("facets")) {
    for (const Json& value : facet["values"]) {
      const std::string field = facet["field"];
      for (const char* key : {"value", "label"}) {
        const std::string filter = field + "=" + value[key].get<std::string>();
        EXPECT_EQ(answer(place, {"-f", filter}, "")["total"], value["count"]) << filter;
      }
    }
  }
}

TEST(SearchJson, FacetsCommandCountsTheSame) {
  Workplace place;
  place.index({corpus()});
  const Json search = answer(place, {"--facet-size", "1000", "-f", "event=levee-de-fonds"}, "OpenAI");
  for (const Json& facet : search["facets"]) {
    const ProgramRun run =
        place.depeche({"facets", facet["field"], "OpenAI", "-f", "event=levee-de-fonds", "--format", "json"});
    const Json alone = Json::parse(run.out, nullptr, false);
    ASSERT_TRUE(alone.is_object()) << facet["field"];
    EXPECT_EQ(alone["distinct"], facet["distinct"]);
    EXPECT_EQ(alone["missing"], facet["missing"]);
    EXPECT_EQ(alone["values"].size(), facet["values"].size());
    for (std::size_t i = 0; i < facet["values"].size(); ++i) {
      EXPECT_EQ(alone["values"][i]["label"], facet["values"][i]["label"]);
      EXPECT_EQ(alone["values"][i]["count"], facet["values"][i]["count"]);
    }
  }
}

TEST(SearchJson, SpellingsOfOneQueryFindTheSame) {
  Workplace place;
  place.index({corpus(), fixture("articles")});
  std::vector<std::vector<std::string>> found;
  for (const std::string query : {"levee de fonds openai", "Levées de fonds d’OpenAI", "LEVÉE DE FONDS OPENAI"}) {
    found.push_back(ids(place, {"--limit", "1000", "--no-group-duplicates"}, query));
    std::sort(found.back().begin(), found.back().end());
  }
  EXPECT_GE(found[0].size(), 6u);
  EXPECT_EQ(found[0], found[1]);
  EXPECT_EQ(found[0], found[2]);
}

TEST(SearchJson, PagesFollowEachOther) {
  Workplace place;
  place.index({corpus()});
  const auto all = ids(place, {"--limit", "1000"}, "entreprise");
  std::vector<std::string> paged;
  for (std::size_t offset = 0; offset < all.size(); offset += 7) {
    const auto page = ids(place, {"--limit", "7", "--offset", std::to_string(offset)}, "entreprise");
    paged.insert(paged.end(), page.begin(), page.end());
  }
  EXPECT_EQ(all, paged);
  EXPECT_EQ(answer(place, {"--limit", "7"}, "entreprise").contains("next_url"), all.size() > 7);
  EXPECT_FALSE(answer(place, {"--limit", "7", "--offset", "9000"}, "entreprise").contains("next_url"));
}

}  // namespace
}  // namespace depeche::test
