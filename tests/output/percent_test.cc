#include "output/percent.hh"

#include <gtest/gtest.h>

namespace depeche::output {
namespace {

TEST(Percent, EncodesComponents) {
  struct Case {
    std::string_view text, encoded;
  };
  for (const auto& [text, encoded] : std::vector<Case>{
           {"levée de fonds", "lev%C3%A9e+de+fonds"},
           {"a&b=c#d?e", "a%26b%3Dc%23d%3Fe"},
           {"\"x\" <y> 'z'", "%22x%22+%3Cy%3E+%27z%27"},
           {"2024-01..2024-06", "2024-01..2024-06"},
           {"1+1", "1%2B1"},
           {"\r\nSet-Cookie: x", "%0D%0ASet-Cookie:+x"},
       }) {
    EXPECT_EQ(encode_component(text), encoded);
    EXPECT_EQ(decode_percent(encoded, true), text);
  }
}

TEST(Percent, KeepsPathsReadableUnlessABrowserWouldChangeThem) {
  EXPECT_EQ(encode_path("corpus/a b.txt"), "corpus/a%20b.txt");
  EXPECT_EQ(encode_path("https://x.fr/a"), "https:%2F%2Fx.fr%2Fa");
  EXPECT_EQ(encode_path("../etc"), "..%2Fetc");
  EXPECT_EQ(encode_path("a/../b"), "a%2F..%2Fb");
}

TEST(Percent, DecodesAnythingToUtf8) {
  EXPECT_EQ(decode_percent("%zz%4", true), "%zz%4");
  EXPECT_EQ(decode_percent("%FF", true), "\uFFFD");
  EXPECT_EQ(decode_percent("a+b", false), "a+b");
}

TEST(Percent, ParsesParametersInTheirOrder) {
  const Parameters expected = {{"q", "a b"}, {"org", "x"}, {"org", "é"}, {"bare", ""}, {"", "v"}};
  EXPECT_EQ(parse_parameters("q=a+b&&org=x&org=%C3%A9&bare&=v"), expected);
}

TEST(Percent, OnlyPlainWebAddressesAreLinks) {
  for (const char* good : {"https://exemple.fr/a?b=c#d", "HTTP://exemple.fr", "http://[::1]:80/"})
    EXPECT_TRUE(is_web_link(good)) << good;
  for (const char* bad : {"javascript:alert(1)", "JaVaScRiPt://x%0Aalert(1)", "data:text/html,x", "//exemple.fr",
                          "https:///x", "https://", "ftp://x", " https://x", "https://x y", "https://x\n",
                          "https://x\"", "https:\\\\x", "", "exemple.fr", "https://\xFF"}) {
    EXPECT_FALSE(is_web_link(bad)) << bad;
  }
}

}  // namespace
}  // namespace depeche::output
