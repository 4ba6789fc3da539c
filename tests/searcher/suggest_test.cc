// Completions and corrections over small indexes: tables, and what is always true of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "schema/part_layout.hh"
#include "searcher/suggestion.hh"
#include "tests/support/random_corpus.hh"
#include "tests/support/temp_index.hh"
#include "text/fold.hh"

namespace depeche::test {
namespace {

namespace fs = std::filesystem;
using searcher::Suggestion;
using searcher::SuggestionKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kLines =
    R"({"id":"a","title":"Levée de fonds : Mistral AI lève 600 M€","date":"2024-06-11","source":"Le Relais","text":"La levée de fonds de Mistral AI est la plus grande levée de fonds en Europe. L’intelligence artificielle attire.","org":["Mistral AI"],"person":["Arthur Mensch"],"topic":["IA"]}
{"id":"b","title":"OpenAI et l’open source","date":"2024-10-03","source":"Le Relais","text":"Le modèle open source de l’entreprise. Sam Altman parle d’une levée de fonds en France.","org":["OpenAI"],"person":["Sam Altman"],"place":["France"]}
{"id":"c","title":"Open source : la livraison de Linux","date":"2023-01-05","source":"Puces et Cie","text":"Une ouverture du code open source par une entreprise. La livraison est gratuite.","org":["Intel"],"topic":["logiciel libre"]}
{"id":"d","title":"Clara Chappaz nommée","date":"2024-09-21","source":"Le Relais","text":"Clara Chappaz entre au gouvernement, à l’Élysée. Une start-up applaudit, une startup aussi.","person":["Clara Chappaz"]}
)";

std::vector<std::string> labels(const searcher::Suggestions& suggestions, SuggestionKind kind) {
  std::vector<std::string> out;
  for (const Suggestion& one : suggestions.list) {
    if (one.kind == kind) out.push_back(one.label);
  }
  return out;
}

class Suggest : public ::testing::Test {
 protected:
  Suggest() { index_.options.extract = false; }
  void SetUp() override {
    index_.add_lines(kLines);
    searcher_ = index_.open();
  }
  searcher::Suggestions suggest(const std::string& prefix, std::size_t limit = 10) {
    return value_of(searcher_->suggest({prefix, limit}));
  }
  std::optional<std::string> corrected(const std::string& query) {
    searcher::SearchRequest request;
    request.query = query;
    return TempIndex::ask(*searcher_, request).suggestion;
  }

  TempIndex index_;
  std::shared_ptr<searcher::Searcher> searcher_;
};

TEST_F(Suggest, CompletesWordsAsPeopleWriteThem) {
  const std::pair<const char*, const char*> kCases[] = {
      {"lev", "levée"},
      {"LEV", "levée"},
      {"élys", "Élysée"},
      {"elys", "Élysée"},
      {"l'intel", "l'intelligence"},
      {"l’intel", "l’intelligence"},
      {"levée de f", "levée de fonds"},
      {"Levee DE f", "Levee DE fonds"},
      {"open", "open source"},
      {"open s", "open source"},
      {"une entr", "une entreprise"},
      {"livraison grat", "livraison gratuite"},
      {"  lev", "levée"},
  };
  for (const auto& [prefix, wanted] : kCases) {
    EXPECT_THAT(labels(suggest(prefix), SuggestionKind::kWord), Contains(wanted)) << prefix;
  }
}

TEST_F(Suggest, CompletesNamesByAnyOfTheirWords) {
  const std::tuple<const char*, const char*, schema::FieldId> kCases[] = {
      {"ope", "OpenAI", schema::FieldId::kOrg},           {"alt", "Sam Altman", schema::FieldId::kPerson},
      {"sam al", "Sam Altman", schema::FieldId::kPerson}, {"SAM ", "Sam Altman", schema::FieldId::kPerson},
      {"d'Intel", "Intel", schema::FieldId::kOrg},        {"logiciel l", "logiciel libre", schema::FieldId::kTopic},
      {"le re", "Le Relais", schema::FieldId::kSource},
  };
  for (const auto& [prefix, label, field] : kCases) {
    const auto all = suggest(prefix);
    const auto found = std::find_if(all.list.begin(), all.list.end(), [&, name = label](const Suggestion& one) {
      return one.kind == SuggestionKind::kName && one.label == name;
    });
    ASSERT_NE(found, all.list.end()) << prefix;
    EXPECT_EQ(found->field, field) << prefix;
    EXPECT_EQ(found->query, "") << prefix;
  }
}

TEST_F(Suggest, WordsBeforeANameStay) {
  const auto all = suggest("levée de fonds mist");
  const auto name = std::find_if(all.list.begin(), all.list.end(),
                                 [](const Suggestion& one) { return one.kind == SuggestionKind::kName; });
  ASSERT_NE(name, all.list.end());
  EXPECT_EQ(name->label, "Mistral AI");
  EXPECT_EQ(name->query, "levée de fonds");
  EXPECT_EQ(name->value, "mistral-ai");
  EXPECT_EQ(name->count, 1u);
  EXPECT_THAT(name->highlights, ElementsAre(std::pair<std::size_t, std::size_t>(0, 4)));
}

TEST_F(Suggest, TitlesNewestFirst) {
  const auto all = suggest("open sou");
  EXPECT_THAT(labels(all, SuggestionKind::kTitle),
              ElementsAre("OpenAI et l’open source", "Open source : la livraison de Linux"));
  const Suggestion& title = all.list.at(all.list.size() - 2);
  EXPECT_EQ(title.id, "b");
  EXPECT_EQ(title.source, "Le Relais");
  const auto [begin, end] = title.highlights.at(0);
  EXPECT_EQ(title.label.substr(begin, end - begin), "open sou");
}

TEST_F(Suggest, NothingIsNoError) {
  for (const char* prefix : {"", "   ", "zzzz", "\"", "-", "l'", "* ", "org:", "\xFF\xFE", "…", "levée de zz"}) {
    EXPECT_THAT(suggest(prefix).list, IsEmpty()) << prefix;
  }
  EXPECT_THAT(suggest(std::string(9000, 'a')).list, IsEmpty());
  EXPECT_EQ(searcher_->suggest({"a", 0}).error().code, ErrorCode::kUsage);
  EXPECT_EQ(searcher_->suggest({"a", 101}).error().code, ErrorCode::kUsage);
}

TEST_F(Suggest, AnIndexWithoutTheSidecarSearchesAndSuggestsNothing) {
  const std::string file = index_.parts().at(0) + "/" + std::string(schema::kSuggestFile);
  fs::resize_file(file, fs::file_size(file) / 2);
  searcher_ = index_.open();
  EXPECT_EQ(TempIndex::ask(*searcher_, asking("levée")).total, 2u);
  EXPECT_THAT(suggest("lev").list, IsEmpty());
  EXPECT_EQ(corrected("livrezon"), std::nullopt);
  fs::remove(file);
  searcher_ = index_.open();
  EXPECT_THAT(suggest("lev").list, IsEmpty());
  value_of(indexer::check_index(index_.path(), true));
  searcher_ = index_.open();
  EXPECT_THAT(labels(suggest("lev"), SuggestionKind::kWord), Contains("levée"));
}

TEST_F(Suggest, SpellingsOutliveUpdates) {
  index_.add_lines("{\"id\":\"e\",\"title\":\"Autre chose\"}\n", "more");
  index_.add_lines("{\"id\":\"d\",\"title\":\"Rien de tout cela\"}\n", "again");  // copies the part without it
  searcher_ = index_.open();
  EXPECT_THAT(labels(suggest("lev"), SuggestionKind::kWord), Contains("levée"));
  EXPECT_THAT(labels(suggest("elys"), SuggestionKind::kWord), IsEmpty());
  EXPECT_THAT(labels(suggest("autr"), SuggestionKind::kWord), ElementsAre("autre"));
}

TEST_F(Suggest, CorrectsWhatFindsMore) {
  const std::pair<const char*, const char*> kCases[] = {
      {"mistrale", "Mistral"},
      {"Chapaz", "Chappaz"},
      {"livrezon", "livraison"},
      {"entreprize", "entreprise"},
      {"levée de fonds mistrale", "levée de fonds Mistral"},
      {"\"Clara Chapaz\"", "\"Clara Chappaz\""},
      {"titre:livrezon", "titre:livraison"},
      {"opan source", "open source"},
      {"l'inteligence artificiele", "l'intelligence artificielle"},
      {"star tupp", "startup"},
      {"mistrale -musk", "Mistral -musk"},
      {"mistrale OU altmann", "Mistral OU Altman"},
  };
  for (const auto& [query, wanted] : kCases) EXPECT_EQ(corrected(query), wanted) << query;
}

TEST_F(Suggest, LeavesAloneWhatIsRight) {
  for (const char* query : {"Mistral", "Chappaz", "ouvérture", "livraison", "Altman", "linux", "opensource",
                            "star tup", "OpenAI livraison", "xyzzyplugh", "levée", "12345", "-mistrale",
                            "org:mistrale", "", "de la", "日本語", "entreprise NOT livrezon"}) {
    EXPECT_EQ(corrected(query), std::nullopt) << query;
  }
}

TEST_F(Suggest, ALongQueryIsLeftAlone) {
  std::string query = "mistrale";
  while (query.size() < 300) query += " OU mistrale";
  EXPECT_NE(corrected(query), std::nullopt);
  while (query.size() < 8000) query += " OU mistrale";
  EXPECT_EQ(corrected(query), std::nullopt);
}

// The title, or where there is none the beginning of the text.
bool heads(const Article& article, std::string_view label) {
  return article.has_title() ? article.title == label : article.text.find(label) != article.text.npos;
}

// What is marked is the end of what was typed; a ligature may have more than that ("f" marks "ﬁ").
bool goes_on_from(std::string_view typed, std::string_view marked) {
  return typed.ends_with(marked) || (marked.size() > 1 && typed.ends_with(marked.substr(0, marked.size() - 1)));
}

// Over random articles, updated and deleted in several parts: what is counted is what is found, whatever is suggested
// goes on from what was typed, and asking again says the same.
TEST(SuggestProperty, CountsAreThoseOfTheSearch) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    CorpusMaker maker(seed);
    TempIndex index;
    index.options.extract = false;
    for (int run = 0; run < 3; ++run) {
      std::vector<Article> articles;
      for (int i = 0; i < 120; ++i)
        articles.push_back(maker.article("a" + std::to_string((run * 80 + i) % 260)).article);
      index.add(articles, "run" + std::to_string(run));
    }
    const auto searcher = index.open(), reopened = index.open();
    Random random(seed);
    std::size_t words = 0, names = 0, titles = 0;
    for (int i = 0; i < 150; ++i) {
      std::string prefix = maker.word();
      if (random.chance(30)) prefix += " " + maker.word();
      prefix.resize(1 + random.below(prefix.size()));
      while (!prefix.empty() && (prefix.back() & 0x80) != 0) prefix.pop_back();
      if (prefix.empty()) continue;
      const auto answer = value_of(searcher->suggest({prefix, 12}));
      const auto again = value_of(reopened->suggest({prefix, 12}));
      ASSERT_EQ(answer.list.size(), again.list.size()) << prefix;
      EXPECT_LE(answer.list.size(), 12u);
      for (std::size_t k = 0; k < answer.list.size(); ++k) {
        const Suggestion& one = answer.list[k];
        EXPECT_EQ(one.label, again.list[k].label) << prefix;
        ASSERT_EQ(one.highlights.size(), 1u) << prefix << " → " << one.label;
        EXPECT_LE(one.highlights[0].second, one.label.size());
        const std::string marked =
            one.label.substr(one.highlights[0].first, one.highlights[0].second - one.highlights[0].first);
        searcher::SearchRequest request = asking(one.query);
        switch (one.kind) {
          case SuggestionKind::kWord:
            ++words;
            EXPECT_TRUE(text::fold(one.label).starts_with(text::fold(prefix))) << prefix << " → " << one.label;
            EXPECT_TRUE(text::fold(marked).starts_with(text::fold(prefix))) << prefix << " → " << marked;
            break;
          case SuggestionKind::kName:
            ++names;
            EXPECT_TRUE(goes_on_from(text::value_key(prefix), text::value_key(marked))) << prefix << " → " << marked;
            request.filters.push_back({one.field, one.value, false});
            break;
          case SuggestionKind::kTitle:
            ++titles;
            EXPECT_TRUE(heads(value_of(searcher->article(one.id)).article, one.label)) << one.label;
            continue;
        }
        EXPECT_EQ(TempIndex::ask(*searcher, request).total, one.count) << prefix << " → " << one.label;
        EXPECT_GT(one.count, 0u);
      }
    }
    EXPECT_GT(words, 50u);
    EXPECT_GT(names + titles, 20u);
  }
}

}  // namespace
}  // namespace depeche::test
