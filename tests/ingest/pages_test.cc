// Precision and recall of extraction on saved pages: tests/fixtures/pages/NAME.html against NAME.txt, which holds
// title, date, whether the page is marked up, and after a blank line the article's text.
#include <gtest/gtest.h>

#include <cctype>
#include <map>

#include "tests/ingest/ingest_testing.hh"

namespace depeche::ingest {
namespace {

struct Expected {
  std::string title;
  std::string date;
  bool is_marked_up = false;
  std::string text;
};

Expected read_expected(const std::filesystem::path& path) {
  const std::string file = read_file(path);
  const std::size_t head = file.find("\n\n");
  Expected expected;
  expected.text = file.substr(head + 2);
  std::string_view lines = std::string_view(file).substr(0, head);
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    const std::string value(line.substr(line.find(": ") + 2));
    if (line.starts_with("title")) expected.title = value;
    if (line.starts_with("date")) expected.date = value;
    if (line.starts_with("marked")) expected.is_marked_up = value == "yes";
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return expected;
}

using Shingles = std::map<std::vector<std::string>, int>;

// Of four words; a word is a run of letters and digits, all bytes beyond ASCII counted as such.
Shingles shingles(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(word);
  Shingles out;
  for (std::size_t i = 0; i + 4 <= words.size(); ++i) ++out[{words[i], words[i + 1], words[i + 2], words[i + 3]}];
  return out;
}

double f1(const Shingles& want, const Shingles& got) {
  double common = 0;
  double wanted = 0;
  double given = 0;
  for (const auto& [shingle, count] : want) {
    wanted += count;
    const auto found = got.find(shingle);
    if (found != got.end()) common += std::min(count, found->second);
  }
  for (const auto& [shingle, count] : got) given += count;
  return wanted + given == 0 ? 1 : 2 * common / (wanted + given);
}

TEST(Pages, TextTitleAndDayOfSavedPages) {
  const std::filesystem::path folder = std::filesystem::path(DEPECHE_SOURCE_DIR) / "tests/fixtures/pages";
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".html") continue;
    ++count;
    std::filesystem::path expectation = entry.path();
    const Expected expected = read_expected(expectation.replace_extension(".txt"));
    const Collector out = read_all({entry.path().string()});
    ASSERT_EQ(out.articles.size(), 1U) << entry.path();
    const Article& article = out.articles[0];
    EXPECT_GE(f1(shingles(expected.text), shingles(article.text)), expected.is_marked_up ? 0.97 : 0.93)
        << entry.path();
    EXPECT_EQ(article.title, expected.title) << entry.path();
    EXPECT_EQ(iso(article).substr(0, 10), expected.date) << entry.path();
  }
  EXPECT_GE(count, 25U);
}

}  // namespace
}  // namespace depeche::ingest
