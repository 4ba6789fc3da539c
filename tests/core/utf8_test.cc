#include "core/utf8.hh"

#include <gtest/gtest.h>

#include <random>

namespace depeche {
namespace {

TEST(Utf8, WellFormed) {
  for (const std::string_view text :
       {"", "abc", "é", "œuvre", "€", "🙂", "\U0010FFFF", "\uD7FF", "\uE000", "a\u0301"}) {
    EXPECT_TRUE(is_valid_utf8(text)) << text;
    std::string copy(text);
    EXPECT_EQ(repair_utf8(copy), 0u);
    EXPECT_EQ(copy, text);
  }
  EXPECT_TRUE(is_valid_utf8(std::string_view("a\0b", 3)));
}

TEST(Utf8, EachMaximalIllFormedPartBecomesOneSign) {
  const struct {
    std::string_view bytes;
    std::string_view repaired;
    std::size_t count;
  } rows[] = {
      {"\xFF", "\uFFFD", 1},
      {"a\x80z", "a\uFFFDz", 1},
      {"\xC0\xAF", "\uFFFD\uFFFD", 2},                      // overlong
      {"\xE0\x80\xAF", "\uFFFD\uFFFD\uFFFD", 3},            // overlong
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", 3},            // a surrogate
      {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD", 4},  // above U+10FFFF
      {"\xE2\x82", "\uFFFD", 1},                            // cut
      {"\xE2\x82z", "\uFFFDz", 1},
      {"\xF0\x9F\x99", "\uFFFD", 1},
      {"\xF0\x9F\x99\xF0\x9F\x99\x82", "\uFFFD🙂", 1},
      {"\xC3\xC3\xA9", "\uFFFDé", 1},
  };
  for (const auto& row : rows) {
    std::string bytes(row.bytes);
    EXPECT_FALSE(is_valid_utf8(bytes));
    EXPECT_EQ(repair_utf8(bytes), row.count) << row.repaired;
    EXPECT_EQ(bytes, row.repaired);
  }
}

TEST(Utf8, AnyBytesAreRepairedOnce) {
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes(random() % 12, '\0');
    for (char& c : bytes) c = static_cast<char>(random() % 3 == 0 ? random() % 128 : 128 + random() % 128);
    const bool valid = is_valid_utf8(bytes);
    EXPECT_EQ(repair_utf8(bytes) == 0, valid);
    EXPECT_TRUE(is_valid_utf8(bytes));
    EXPECT_EQ(repair_utf8(bytes), 0u);
    for (std::size_t n = 0; n <= bytes.size(); ++n) {
      const std::string_view prefix = utf8_prefix(bytes, n);
      EXPECT_TRUE(is_valid_utf8(prefix));
      EXPECT_LE(prefix.size(), n);
      EXPECT_GT(prefix.size() + 4, n);
    }
  }
}

TEST(Utf8, CodePoints) {
  EXPECT_EQ(count_code_points("é🙂a"), 3u);
  const std::string_view text = "aé🙂b";
  CodePointCounter counter(text);
  EXPECT_EQ(counter.at(0), 0u);
  EXPECT_EQ(counter.at(1), 1u);
  EXPECT_EQ(counter.at(3), 2u);
  EXPECT_EQ(counter.at(3), 2u);
  EXPECT_EQ(counter.at(7), 3u);
  EXPECT_EQ(counter.at(8), 4u);
}

}  // namespace
}  // namespace depeche
