#include "searcher/form_scan.hh"

#include <algorithm>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

namespace depeche::searcher {
namespace {

using Found = std::tuple<Form, std::uint32_t, std::size_t>;  // form, word, byte

// A title, then sentences; forms of one, two and three bytes.
std::vector<Form> random_stream(std::mt19937& random) {
  std::vector<Form> numbers;
  const auto words = [&](std::size_t n) {
    for (; n > 0; --n) numbers.push_back(schema::stream::kFirstForm + random() % (random() % 2 == 0 ? 120 : 40'000));
  };
  words(random() % 5);
  if (random() % 8 != 0) numbers.push_back(schema::stream::kTitleEnd);
  for (std::size_t sentences = random() % 6; sentences > 0; --sentences) {
    words(random() % 12);
    numbers.push_back(schema::stream::kSentenceEnd);
  }
  return numbers;
}

TEST(FormScan, FindsWhatDecodingFinds) {
  std::mt19937 random(7);
  std::size_t found_at_all = 0;
  for (int round = 0; round < 3'000; ++round) {
    const std::vector<Form> numbers = random_stream(random);
    std::set<Form> wanted;
    for (std::size_t i = 0; i < numbers.size() && wanted.size() < 3; i += 1 + random() % 9) {
      if (numbers[i] >= schema::stream::kFirstForm) wanted.insert(numbers[i]);
    }
    FormScan scan;
    for (const Form form : wanted) scan.look_for(form);

    std::string coded;
    std::vector<Found> expected, expected_in_text, found, found_in_text;
    std::uint32_t words = 0, words_before_text = 0;
    bool in_text = false;
    const bool has_title_end = std::find(numbers.begin(), numbers.end(), schema::stream::kTitleEnd) != numbers.end();
    for (const Form number : numbers) {
      const std::size_t begin = coded.size();
      schema::put_stream_number(coded, number);
      if (number >= schema::stream::kFirstForm) ++words;
      if (wanted.contains(number)) expected.emplace_back(number, words, begin);
      if (in_text && wanted.contains(number)) expected_in_text.emplace_back(number, words - words_before_text, begin);
      if (in_text && number == schema::stream::kSentenceEnd) expected_in_text.emplace_back(number, 0, begin);
      if (number == schema::stream::kTitleEnd) in_text = true, words_before_text = words;
    }
    scan.run(coded, [&](Form form, std::uint32_t word, std::size_t begin) {
      if (wanted.contains(form)) found.emplace_back(form, word, begin);
    });
    scan.run_text(coded, [&](Form form, std::uint32_t word, std::size_t begin) {
      const bool end = form == schema::stream::kSentenceEnd;
      if (end || wanted.contains(form)) found_in_text.emplace_back(form, end ? 0 : word, begin);
    });
    ASSERT_EQ(found, expected) << "round " << round;
    if (has_title_end) {
      ASSERT_EQ(found_in_text, expected_in_text) << "round " << round;
    }
    found_at_all += found.size();
  }
  EXPECT_GT(found_at_all, 1'000u);
}

}  // namespace
}  // namespace depeche::searcher
