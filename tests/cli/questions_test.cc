// How well the corpus's questions are answered: nDCG@10 (Järvelin and Kekäläinen 2002) with gains 2^grade − 1,
// through the searcher as the command line uses it. A floor against regressions, not a benchmark: the questions are
// our own.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "indexer/indexer.hh"
#include "searcher/searcher.hh"
#include "tests/cli/workplace.hh"

namespace depeche::test {
namespace {

constexpr std::size_t kDepth = 10;
constexpr double kFloor = 0.79;

struct Question {
  std::string query;
  std::map<std::string, int> grades;  // by id
};

std::map<std::string, Question> read_questions() {
  std::ifstream in(std::string(DEPECHE_SOURCE_DIR) + "/corpus/questions.tsv");
  std::map<std::string, Question> out;
  std::string line;
  std::getline(in, line);  // names of the columns
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string id, query, path, grade;
    std::getline(cells, id, '\t');
    std::getline(cells, query, '\t');
    std::getline(cells, path, '\t');
    std::getline(cells, grade);
    out[id].query = query;
    out[id].grades["articles/" + path] = std::stoi(grade);
  }
  return out;
}

double gain(int grade, std::size_t rank) {
  return (std::exp2(grade) - 1) / std::log2(static_cast<double>(rank) + 2);
}

double ndcg(const Question& question, const std::vector<searcher::Hit>& hits) {
  double found = 0, best = 0;
  for (std::size_t i = 0; i < std::min(hits.size(), kDepth); ++i) {
    const auto grade = question.grades.find(hits[i].id);
    if (grade != question.grades.end()) found += gain(grade->second, i);
  }
  std::vector<int> ideal;
  for (const auto& [id, grade] : question.grades) ideal.push_back(grade);
  std::sort(ideal.rbegin(), ideal.rend());
  for (std::size_t i = 0; i < std::min(ideal.size(), kDepth); ++i) best += gain(ideal[i], i);
  return best > 0 ? found / best : 0;
}

TEST(Questions, AreAnsweredAsWellAsBefore) {
  const Workplace place;
  Progress quiet;
  const auto indexed =
      indexer::run_index(place.in("index"), {std::string(DEPECHE_SOURCE_DIR) + "/corpus/articles"}, {}, quiet);
  ASSERT_TRUE(indexed) << indexed.error().message;
  const auto index = searcher::Searcher::open(place.in("index"));
  ASSERT_TRUE(index) << index.error().message;
  const auto questions = read_questions();
  ASSERT_GE(questions.size(), 100u);
  double sum = 0;
  std::multimap<double, std::string> worst;
  for (const auto& [id, question] : questions) {
    searcher::SearchRequest request;
    request.query = question.query;
    request.group_duplicates = false;  // each telling of a story was graded
    const auto answer = (*index)->search(request);
    ASSERT_TRUE(answer) << question.query << ": " << answer.error().message;
    const double score = ndcg(question, answer->hits);
    sum += score;
    worst.emplace(score, id + " " + question.query);
  }
  const double mean = sum / static_cast<double>(questions.size());
  RecordProperty("ndcg_at_10", std::to_string(mean));
  std::printf("nDCG@10 %.4f over %zu questions; worst:\n", mean, questions.size());
  std::size_t shown = 0;
  for (const auto& [score, name] : worst) {
    if (++shown <= 15) std::printf("  %.3f  %s\n", score, name.c_str());
  }
  EXPECT_GE(mean, kFloor);
}

}  // namespace
}  // namespace depeche::test
