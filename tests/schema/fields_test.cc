#include "schema/fields.hh"

#include <gtest/gtest.h>

#include <string>

#include "schema/terms.hh"

namespace depeche::schema {
namespace {

TEST(Fields, ByEitherNameWithOrWithoutAccentsAndCapitals) {
  for (const Field& f : kFields) {
    const bool internal = f.id == FieldId::kId;
    EXPECT_EQ(find_field(f.name), internal ? std::nullopt : std::optional(f.id)) << f.name;
    EXPECT_EQ(find_field(f.french, true), f.id) << f.french;
  }
  EXPECT_EQ(find_field("Thème"), FieldId::kTopic);
  EXPECT_EQ(find_field("ÉVÉNEMENT"), FieldId::kEvent);
  EXPECT_EQ(find_field("e\u0301ve\u0301nement"), FieldId::kEvent);
  for (const std::string_view name : {"", "x", "or", "orgs ", "organisation ", "tïtre", "\xC3"}) {
    EXPECT_FALSE(find_field(name)) << name;
  }
}

TEST(Terms, LongValuesKeepTheirDifference) {
  const std::string a = std::string(300, 'a') + "1", b = std::string(300, 'a') + "2";
  EXPECT_NE(value_term("XO", a), value_term("XO", b));
  EXPECT_EQ(value_term("XO", "openai"), "XOopenai");
  for (std::size_t n = 0; n < 600; ++n) {
    for (const char c : {'a', '\0'}) {
      const std::string term = value_term("XO", std::string(n, c));
      std::size_t stored = term.size();  // a NUL takes two bytes in the tables, which hold 245
      for (const char t : term) stored += t == '\0';
      EXPECT_LE(stored, 245u) << n;
      EXPECT_TRUE(term.starts_with("XO"));
    }
  }
}

}  // namespace
}  // namespace depeche::schema
