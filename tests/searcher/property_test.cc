// Random corpora, random requests: the searcher and the brute-force model must give the same answers, every time.
// DEPECHE_PROPERTY_SEEDS=N runs N more corpora of every size class.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "entities/extractor.hh"
#include "entities/gazetteer.hh"
#include "tests/support/brute_model.hh"
#include "tests/support/random_corpus.hh"
#include "tests/support/temp_index.hh"

namespace depeche::test {
namespace {

struct Corpus {
  std::uint64_t seed;
  std::size_t articles;
  std::size_t requests;
};

std::vector<schema::AmountValue> amounts_in(const Article& article) {
  static const auto gazetteer = value_of(entities::Gazetteer::load());
  static entities::Extractor extractor(gazetteer);
  std::vector<schema::AmountValue> out;
  for (const Amount& a : extractor.extract(article).amounts) out.push_back({a.value, a.currency, a.eur});
  return out;
}

// One index and the model of it, changed by the same runs.
class Pair {
 public:
  explicit Pair(const Corpus& corpus) : corpus_(corpus), random_(corpus.seed * 7919 + 1), maker_(corpus.seed) {
    index_.options.jobs = 1 + static_cast<unsigned>(random_.below(3));
    const std::size_t runs = 1 + random_.skewed(corpus.articles > 500 ? 3 : 12);
    for (std::size_t run = 0; run < runs; ++run) add_some(run, runs);
    if (random_.chance(40)) delete_some();
  }

  void compare() {
    const auto searcher = index_.open({"", false, searcher::plain_ranking()});
    for (std::size_t i = 0; i < corpus_.requests; ++i) {
      const auto [question, request] = maker_.request(model_);
      const auto response = searcher->search(request);
      const std::string where = "seed " + std::to_string(corpus_.seed) + ", request " + std::to_string(i) +
                                ", query <" + request.query + ">, filters " + filters_text(request);
      if (!response) FAIL() << where << ": " << response.error().message;
      const std::string wrong = model_.difference(question, request, *response);
      if (!wrong.empty())
        FAIL() << where << ", " << model_.size() << " articles in " << index_.parts().size() << " parts: " << wrong
               << "\nparsed: " << response->parsed;
      if (i % 10 == 0 && response->sort != searcher::Sort::kRelevance) walk(*searcher, request, where);
    }
  }
  std::size_t orders_compared() const { return model_.orders_compared(); }

 private:
  static std::string filters_text(const searcher::SearchRequest& request) {
    std::string out;
    for (const auto& f : request.filters) {
      out += (f.exclude ? "!" : "") + std::string(schema::field(f.field).name) + "=" + f.value + " ";
    }
    return out;
  }

  // Step by step by cursor: the same hits as all at once.
  static void walk(searcher::Searcher& searcher, searcher::SearchRequest request, const std::string& where) {
    request.facets.clear();
    request.snippets = false;
    request.offset = 0;
    request.limit = searcher::kMaxDepth;
    const std::vector<std::string> all = ids_of(value_of(searcher.search(request)));
    request.limit = 1 + all.size() / 3;
    std::vector<std::string> walked;
    for (std::size_t step = 0; step < 5; ++step) {
      const auto page = value_of(searcher.search(request));
      for (const std::string& id : ids_of(page)) walked.push_back(id);
      if (!page.next) break;
      request.after = *page.next;
    }
    ASSERT_EQ(walked, all) << where;
  }

  // New articles, and now and then one that is there already with another content.
  void add_some(std::size_t run, std::size_t runs) {
    auto& file = files_["run" + std::to_string(run)];
    const std::size_t n = corpus_.articles / runs + (run == 0 ? corpus_.articles % runs : 0);
    std::vector<Article> articles;
    for (std::size_t i = 0; i < n; ++i) {
      const auto known = model_.ids();
      const bool update = run > 0 && random_.chance(15) && !known.empty();
      const std::string id = update ? random_.of(known) : "a" + std::to_string(random_.below(1'000'000'000));
      if (file.contains(id)) continue;
      for (auto& [name, other] : files_) other.erase(id);
      const RandomArticle made = maker_.article(id);
      model_.put(made.article, amounts_in(made.article), made.family);
      file.emplace(id, made.article);
      articles.push_back(made.article);
    }
    index_.add(articles, "run" + std::to_string(run));
  }

  // Takes articles out of the files and lets `--sync` see it.
  void delete_some() {
    for (auto& [name, file] : files_) {
      std::vector<Article> kept;
      for (auto it = file.begin(); it != file.end();) {
        if (random_.chance(25)) {
          model_.remove(it->first);
          it = file.erase(it);
        } else {
          kept.push_back(it++->second);
        }
      }
      write_file(index_.in(name), jsonl_of(kept));
    }
    index_.options.sync_deleted = true;
    index_.run({index_.folder() / "in"});
  }

  const Corpus corpus_;
  Random random_;
  CorpusMaker maker_;
  TempIndex index_;
  BruteModel model_;
  std::map<std::string, std::map<std::string, Article>> files_;
};

std::vector<Corpus> corpora(std::size_t first, std::size_t count) {
  constexpr std::array<std::size_t, 10> kSizes{0, 1, 3, 10, 30, 60, 120, 250, 30, 600};
  std::vector<Corpus> out;
  for (std::size_t seed = first; seed < first + count; ++seed)
    out.push_back({seed, kSizes[seed % kSizes.size()], 250});
  return out;
}

std::size_t run_all(const std::vector<Corpus>& list) {
  std::size_t pairs = 0, orders = 0;
  for (const Corpus& corpus : list) {
    Pair pair(corpus);
    pair.compare();
    if (::testing::Test::HasFatalFailure()) return pairs;
    pairs += corpus.requests;
    orders += pair.orders_compared();
  }
  ::testing::Test::RecordProperty("pairs", std::to_string(pairs));
  ::testing::Test::RecordProperty("orders_by_relevance", std::to_string(orders));
  return pairs;
}

TEST(SearcherProperty, EqualsTheModelOnSmallCorpora) {
  EXPECT_EQ(run_all(corpora(1, 40)), 10'000u);
}

TEST(SearcherProperty, EqualsTheModelOnLargeCorpora) {
  EXPECT_EQ(run_all({{1001, 1500, 120}, {1002, 3000, 120}}), 240u);
}

// Seeds that found something once, also when the list above changes.
TEST(SearcherProperty, EqualsTheModelWhereItOnceDidNot) {
  const std::vector<Corpus> kept{
      {3, 10, 250},   // the filter value of "œuvre" where "oeuvre" is another label
      {6, 120, 250},  // ties between parts
  };
  EXPECT_EQ(run_all(kept), 500u);
}

TEST(SearcherProperty, EqualsTheModelOnMoreCorpora) {
  const char* more = std::getenv("DEPECHE_PROPERTY_SEEDS");
  if (more == nullptr) GTEST_SKIP() << "DEPECHE_PROPERTY_SEEDS is not set";
  run_all(corpora(100'000, static_cast<std::size_t>(std::atoi(more))));
}

}  // namespace
}  // namespace depeche::test
