#include "web/deals.hh"

#include <gtest/gtest.h>

namespace depeche::web {
namespace {

// "Une phrase. Une autre." with an event and an amount in the first sentence.
schema::StoredArticle told(std::string event, std::string amount_kind, std::vector<std::string> participants) {
  schema::StoredArticle stored;
  stored.article.id = "a";
  stored.article.text = "Elle lève 10 M€. Elle en vaut 90 M€.";
  stored.article.date = parse_date("2024-10-03");
  stored.annotations.events = {{Part::kText, {0, 17}, std::move(event), Polarity::kFact, std::move(participants)}};
  stored.annotations.amounts = {{Part::kText, {11, 17}, 1e7, "EUR", 1e7, std::move(amount_kind), RangeEnd::kNone}};
  stored.labels[schema::facet_index(schema::FieldId::kOrg)] = {"Alan", "Belfius", "Bpifrance"};
  return stored;
}

TEST(Deals, WhoAndHowMuchInOneSentence) {
  const auto deal = deal_of(told("levee-de-fonds", "levee", {"Alan", "Jean Dupont", "Belfius", "Bpifrance"}));
  ASSERT_TRUE(deal);
  EXPECT_EQ(deal->orgs, (std::vector<std::string>{"Alan", "Belfius"})) << "two organisations, no person";
  EXPECT_EQ(deal->amount.value, 1e7);
  EXPECT_EQ(deal->article, "a");
  EXPECT_TRUE(deal_of(told("acquisition", "rachat", {"Alan"})));
}

TEST(Deals, NothingIsMadeUp) {
  EXPECT_FALSE(deal_of(told("levee-de-fonds", "valorisation", {"Alan"}))) << "what it is worth is no price";
  EXPECT_FALSE(deal_of(told("levee-de-fonds", "rachat", {"Alan"}))) << "the price of another kind";
  EXPECT_FALSE(deal_of(told("levee-de-fonds", "levee", {"Jean Dupont"}))) << "nobody";
  EXPECT_FALSE(deal_of(told("lancement", "levee", {"Alan"}))) << "no deal";
  auto elsewhere = told("levee-de-fonds", "levee", {"Alan"});
  elsewhere.annotations.amounts[0].range = {31, 37};
  EXPECT_FALSE(deal_of(elsewhere)) << "another sentence";
}

TEST(Deals, ToldTwiceIsOne) {
  const Deal deal = *deal_of(told("levee-de-fonds", "levee", {"Alan"}));
  Deal other = deal;
  other.orgs = {"Belfius", "Alan"};
  other.date = parse_date("2024-10-20");
  EXPECT_TRUE(same_deal(deal, other));
  Deal later = other, larger = other, foreign = other;
  later.date = parse_date("2024-12");
  larger.amount.value = 2e7;
  foreign.orgs = {"Belfius"};
  for (const Deal& one : {later, larger, foreign}) EXPECT_FALSE(same_deal(deal, one));
}

}  // namespace
}  // namespace depeche::web
