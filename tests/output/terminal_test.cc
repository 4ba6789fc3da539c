#include "output/terminal.hh"

#include <gtest/gtest.h>

#include <random>

namespace depeche::output {
namespace {

TEST(Terminal, Columns) {
  EXPECT_EQ(columns("abc"), 3U);
  EXPECT_EQ(columns("été"), 3U);
  EXPECT_EQ(columns("e\u0301"), 1U);
  EXPECT_EQ(columns("日本"), 4U);
  EXPECT_EQ(columns(marked(kBold, "x")), 1U);
}

TEST(Terminal, NoControlSequenceGetsThrough) {
  const std::string hostile =
      "a\x1B[31mb\x07\x7F\xC2\x9B"
      "c\r\nd\x01"
      "e";
  const std::string clean = printable(hostile);
  EXPECT_EQ(clean.size(), hostile.size());
  for (const char c : clean) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
  EXPECT_EQ(clean.find('\xC2'), clean.npos);
}

TEST(Terminal, WrapsOnWordsAndCarriesStyles) {
  const auto lines = wrapped("un " + marked(kBold, "deux trois quatre") + " cinq", 11);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(finish(lines[0], {.colour = true}), "un \x1B[1mdeux\x1B[0m");
  EXPECT_EQ(finish(lines[1], {.colour = true}), "\x1B[1mtrois\x1B[0m");
  EXPECT_EQ(finish(lines[2], {}), "quatre cinq");
}

TEST(Terminal, WrapsNeverTooWideAndLosesNothing) {
  std::mt19937 random(7);
  const std::vector<std::string> words = {
      "a", "levée", "日本語", "anticonstitutionnellement", "d’OpenAI", marked(kMatch, "fonds")};
  for (int round = 0; round < 500; ++round) {
    std::string text, glued;
    for (int i = 0; i < 12; ++i) {
      const std::string& word = words[random() % words.size()];
      text += word + " ";
      glued += finish(word, {});
    }
    const std::size_t width = 2 + random() % 30;
    std::string again;
    for (const std::string& line : wrapped(text, width)) {
      EXPECT_LE(columns(line), width);
      for (const char c : finish(line, {})) {
        if (c != ' ') again += c;
      }
    }
    EXPECT_EQ(again, glued);
  }
}

TEST(Terminal, LastLineEndsInAnEllipsis) {
  const auto lines = wrapped("un deux trois quatre cinq", 8, 2);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1], "trois…");
  EXPECT_EQ(wrapped("un deux", 8, 2).size(), 1U);
}

TEST(Terminal, Bars) {
  EXPECT_EQ(bar(0), "");
  EXPECT_EQ(bar(20), "██▌");
}

TEST(Terminal, PlainAsciiForOtherLocales) {
  const std::string plain = finish("Données · « oui »\u202F: 6,6\u00A0Md€ œuf … ▁█", {.ascii = true});
  for (const char c : plain) EXPECT_LT(static_cast<unsigned char>(c), 0x80) << plain;
  EXPECT_EQ(plain.substr(0, 9), "Donnees -");
}

TEST(Terminal, ColourOnlyWhereAsked) {
  EXPECT_EQ(finish(marked(kBold, "a" + marked(kDim, "b") + "c"), {}), "abc");
  EXPECT_EQ(finish(marked(kBold, "a" + marked(kDim, "b") + "c"), {.colour = true}),
            "\x1B[1ma\x1B[2mb\x1B[0m\x1B[1mc\x1B[0m");
}

TEST(Terminal, TwoEndsOfALine) {
  EXPECT_EQ(spread("a", "b", 5), "a   b");
  EXPECT_EQ(spread("abc", "def", 5), "abc def");
  EXPECT_EQ(right_aligned("é", 3), "  é");
}

}  // namespace
}  // namespace depeche::output
