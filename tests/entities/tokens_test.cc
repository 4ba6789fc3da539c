#include "entities/tokens.hh"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace depeche::entities {
namespace {

using Strings = std::vector<std::string>;

Document document_of(std::string_view text) {
  Document document;
  document.parts[1] = text;
  document.add(Part::kText, 0, text.size());
  return document;
}

Strings tokens_of(std::string_view text) {
  const Document document = document_of(text);
  Strings tokens;
  for (std::size_t i = 0; i < document.tokens.size(); ++i) tokens.emplace_back(document.text_of(i));
  return tokens;
}

Strings sentences_of(std::string_view text) {
  const Document document = document_of(text);
  Strings sentences;
  for (const Sentence& sentence : document.sentences) {
    sentences.emplace_back(document.range(sentence.first, sentence.last).of(text));
  }
  return sentences;
}

TEST(Tokens, CutElisionsAndKeepNamesWhole) {
  EXPECT_EQ(tokens_of("d'OpenAI et l’IA"), (Strings{"d'", "OpenAI", "et", "l’", "IA"}));
  EXPECT_EQ(tokens_of("AT&T, Saint-Denis, Disney+, C++"),
            (Strings{"AT&T", ",", "Saint-Denis", ",", "Disney+", ",", "C++"}));
  EXPECT_EQ(tokens_of("Booking.com vaut 6,6 M€."), (Strings{"Booking.com", "vaut", "6,6", "M", "€", "."}));
  EXPECT_EQ(tokens_of("McDonald's aujourd'hui"), (Strings{"McDonald's", "aujourd'hui"}));
  EXPECT_EQ(tokens_of("Microsoft livre .NET 8"), (Strings{"Microsoft", "livre", ".NET", "8"}));
  EXPECT_EQ(tokens_of("Selon N'Golo Kanté, n'importe"), (Strings{"Selon", "N'Golo", "Kanté", ",", "n'", "importe"}));
  EXPECT_EQ(tokens_of("un tweet anti-Trump, Jean-Noël"),
            (Strings{"un", "tweet", "anti", "-", "Trump", ",", "Jean-Noël"}));
}

TEST(Tokens, KeepTheFullStopsOfInitials) {
  EXPECT_EQ(tokens_of("de George R. R. Martin"), (Strings{"de", "George", "R.", "R.", "Martin"}));
  EXPECT_EQ(tokens_of("la C.N.I.L. enquête"), (Strings{"la", "C.N.I.L.", "enquête"}));
  EXPECT_EQ(tokens_of("la Xbox Series S. Cette console"),
            (Strings{"la", "Xbox", "Series", "S", ".", "Cette", "console"}));
  EXPECT_EQ(tokens_of("selon M. Dupont"), (Strings{"selon", "M", ".", "Dupont"}));
}

TEST(Tokens, CutSentences) {
  EXPECT_EQ(sentences_of("M. Altman parle. Il part à 10 h. \" Bien \", dit-il."),
            (Strings{"M. Altman parle.", "Il part à 10 h.", "\" Bien \", dit-il."}));
  EXPECT_EQ(sentences_of("Un intertitre\n\nSuite du texte"), (Strings{"Un intertitre", "Suite du texte"}));
}

TEST(Tokens, CoverAnyBytesInOrder) {
  const std::string hostile = std::string("a\0b", 3) + "\xFF\xC3 \xE2\x82 d' l’\xF0\x9F\x98\x80…«»";
  const Document document = document_of(hostile);
  std::uint32_t end = 0;
  for (const Token& token : document.tokens) {
    EXPECT_GE(token.begin, end);
    EXPECT_GT(token.end, token.begin);
    end = token.end;
  }
  EXPECT_LE(end, hostile.size());
}

}  // namespace
}  // namespace depeche::entities
