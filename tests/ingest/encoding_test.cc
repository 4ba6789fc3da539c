#include "ingest/encoding.hh"

#include <gtest/gtest.h>

#include "core/utf8.hh"

namespace depeche::ingest {
namespace {

struct EncodingCase {
  std::string name;
  std::string bytes;
  std::string declared;
  std::string text;
};

std::string utf16(std::string_view ascii, bool big, bool mark) {
  std::string out = mark ? (big ? "\xFE\xFF" : "\xFF\xFE") : "";
  for (const char c : ascii) {
    if (big) out += '\0';
    out += c;
    if (!big) out += '\0';
  }
  return out;
}

TEST(Encoding, ByMarkDeclarationAndLikelihood) {
  const std::vector<EncodingCase> cases{
      {"utf-8", "déjà", "", "déjà"},
      {"utf-8 with mark",
       "\xEF\xBB\xBF"
       "déjà",
       "", "déjà"},
      {"utf-8 declared as latin", "déjà", "iso-8859-1", "déjà"},
      {"latin", "d\xE9j\xE0 vu", "iso-8859-1", "déjà vu"},
      {"latin undeclared",
       "L'\xE9t\xE9 a \xE9t\xE9 tr\xE8s chaud \xE0 Orl\xE9"
       "ans",
       "", "L'été a été très chaud à Orléans"},
      {"latin declared as utf-8",
       "L'\xE9t\xE9 \xE0 Orl\xE9"
       "ans",
       "utf-8", "L'été à Orléans"},
      {"windows quotes declared as latin", "l\x92\x9Cuvre co\xFBte 5 \x80", "ISO-8859-1", "l’œuvre coûte 5 €"},
      {"latin-9 declared", "5 \xA4 pour l'\xBDuvre", "iso-8859-15", "5 € pour l'œuvre"},
      {"latin-9 undeclared",
       "5 \xA4 pour l'\xBDuvre achev\xE9"
       "e",
       "", "5 € pour l'œuvre achevée"},
      {"damaged utf-8", "déjà caf\xC3 été \xFF fin", "", "déjà caf\uFFFD été \uFFFD fin"},
      {"stray byte in ascii", "date 2024 \xFF\xFE fin", "", "date 2024 \uFFFD\uFFFD fin"},
      {"utf-16 little endian", utf16("Bonjour, le monde", false, true), "", "Bonjour, le monde"},
      {"utf-16 big endian", utf16("Bonjour, le monde", true, true), "utf-8", "Bonjour, le monde"},
      {"utf-16 without mark", utf16("Bonjour, le monde", false, false), "", "Bonjour, le monde"},
      {"cyrillic declared", "\xCF\xF0\xE8\xE2\xE5\xF2", "windows-1251", "Привет"},
      {"unknown label", "d\xE9j\xE0 vu", "x-nonsense", "déjà vu"},
  };
  for (const EncodingCase& row : cases) EXPECT_EQ(to_utf8(row.bytes, row.declared), row.text) << row.name;
}

TEST(Encoding, AnyBytesBecomeValidUtf8) {
  std::uint32_t state = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (int i = 0; i < round % 97; ++i) {
      state = state * 1664525 + 1013904223;
      bytes += static_cast<char>(state >> 24);
    }
    for (const char* declared : {"", "utf-8", "iso-8859-1", "shift_jis", "utf-7", "iso-2022-jp"}) {
      EXPECT_TRUE(is_valid_utf8(to_utf8(bytes, declared)));
    }
  }
}

}  // namespace
}  // namespace depeche::ingest
