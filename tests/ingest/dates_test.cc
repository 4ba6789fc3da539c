#include "ingest/dates.hh"

#include <gtest/gtest.h>

namespace depeche::ingest {
namespace {

struct DateCase {
  std::string_view text;
  std::string_view iso;  // empty: no date
};

TEST(Dates, SpellingsOfTheWebAndThePress) {
  constexpr auto kCases = std::to_array<DateCase>({
      {"2024-10-03", "2024-10-03"},
      {"2024-10", "2024-10"},
      {"2024", "2024"},
      {"2024-10-03T10:15:00+02:00", "2024-10-03T10:15:00+02:00"},
      {"2024-10-03 10:15:00 +0200", "2024-10-03T10:15:00+02:00"},
      {"2024-10-03T23:59:00.000Z", "2024-10-03T23:59:00.000Z"},
      {"2024/10/03", "2024-10-03"},
      {"20241003", "2024-10-03"},
      {"20241003T101500Z", "2024-10-03T10:15:00Z"},
      {"03/10/2024", "2024-10-03"},
      {"3.10.2024", "2024-10-03"},
      {"03-10-24", "2024-10-03"},
      {"10/25/2024", "2024-10-25"},
      {"3 octobre 2024", "2024-10-03"},
      {"jeudi 3 octobre 2024 à 10h15", "2024-10-03T10:15"},
      {"Jeudi 03 Octobre 2024 - 10:15", "2024-10-03T10:15"},
      {"1er août 2024", "2024-08-01"},
      {"le 1er déc. 2024", "2024-12-01"},
      {"15 FÉVRIER 2024", "2024-02-15"},
      {"octobre 2024", "2024-10"},
      {"3 oct. 2024, 9 h 05", "2024-10-03T09:05"},
      {"Thu, 03 Oct 2024 10:15:00 GMT", "2024-10-03T10:15:00Z"},
      {"Thu, 3 Oct 2024 10:15:00 +0200", "2024-10-03T10:15:00+02:00"},
      {"Thu, 03 Oct 24 10:15:00 EST", "2024-10-03T10:15:00-05:00"},
      {"jeu., 03 oct. 2024 10:15:00 +0200", "2024-10-03T10:15:00+02:00"},
      {"mar, 5 mars 2024 08:00:00 +0100", "2024-03-05T08:00:00+01:00"},
      {"mar 3 sept. 2024", "2024-09-03"},
      {"Thu Oct  3 10:15:00 CEST 2024", "2024-10-03T10:15:00+02:00"},
      {"October 3, 2024", "2024-10-03"},
      {"Oct. 3rd, 2024 at 10:15 PM", "2024-10-03T22:15"},
      {"3. Oktober 2024", "2024-10-03"},
      {"3 de octubre de 2024", "2024-10-03"},
      {"3-Oct-2024", "2024-10-03"},
      {"1727943300", "2024-10-03T08:15:00Z"},
      {"1727943300000", "2024-10-03T08:15:00Z"},
      {"2024-13-01", ""},
      {"31/02/2024", ""},
      {"32 octobre 2024", ""},
      {"octobre", ""},
      {"hier", ""},
      {"", ""},
      {"2024 a été une année chargée", ""},
      {"12345", ""},
      {"0000-00-00 00:00:00", ""},
  });
  for (const DateCase& row : kCases) {
    const auto date = read_date(row.text);
    EXPECT_EQ(date ? to_iso(*date, true) : "", row.iso) << row.text;
  }
}

TEST(Dates, FoundInRunningText) {
  const auto found = find_date("Publié le 3 octobre 2024 à 10h15, mis à jour le 4 octobre 2024 par la rédaction");
  ASSERT_TRUE(found);
  EXPECT_EQ(to_iso(found->date, true), "2024-10-03T10:15");
  EXPECT_FALSE(find_date("Le mois d'octobre 2024 a compté 31 jours"));
}

TEST(Dates, RelativeToTheDayOfReading) {
  const Date today{.first = day_from_civil({2024, 10, 3})};
  constexpr auto kCases = std::to_array<DateCase>({{"il y a 2 heures", "2024-10-03"},
                                                   {"Il y a 3 jours", "2024-09-30"},
                                                   {"il y a une semaine", "2024-09-26"},
                                                   {"hier à 18h", "2024-10-02"},
                                                   {"aujourd'hui", "2024-10-03"},
                                                   {"2 days ago", "2024-10-01"},
                                                   {"yesterday", "2024-10-02"},
                                                   {"dans 3 jours", ""}});
  for (const DateCase& row : kCases) {
    const auto date = read_relative_date(row.text, today);
    EXPECT_EQ(date ? to_iso(*date) : "", row.iso) << row.text;
  }
}

// Whatever stands before and after, the prefix reader takes no more than the text and never a date that does not
// exist.
TEST(Dates, PrefixesStayInsideTheText) {
  const std::string_view text = "jeudi 31 décembre 2024 à 23h59 CEST et 2024-12-31T23:59:59+01:00 fin";
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    for (std::size_t size = 0; size <= text.size() - begin; ++size) {
      const auto found = read_date_prefix(text.substr(begin, size));
      if (found) {
        EXPECT_LE(found->size, size);
      }
    }
  }
}

}  // namespace
}  // namespace depeche::ingest
