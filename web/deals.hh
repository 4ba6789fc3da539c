// The latest fundings and acquisitions of some articles: who, how much, when, and the sentence that says so.
#pragma once

#include <vector>

#include "output/request_url.hh"
#include "web/page.hh"

namespace depeche::web {

struct Deal {
  std::vector<std::string> orgs;  // labels, as the sentence names them; one or two
  std::string event;              // "levee-de-fonds", "acquisition"
  Polarity polarity = Polarity::kFact;
  Amount amount;
  std::size_t amount_number = 0;  // among the article's amounts
  std::optional<Date> date;
  std::string article;         // the id of the latest one that tells it
  std::uint64_t articles = 1;  // how many tell it, near-duplicates included
};

// The first event of the article that names an organisation and states its amount; nothing where none does.
std::optional<Deal> deal_of(const schema::StoredArticle& stored);
// The same event, amount and an organisation in common, at most a month apart.
bool same_deal(const Deal& a, const Deal& b);

// The `most` latest deals in the articles of `state`, as values for the template "deals".
List deal_values(const Visit& visit, const output::SearchState& state, std::size_t most);
// All articles of `state` that may tell of a deal.
output::SearchState with_deals(const output::SearchState& state);

}  // namespace depeche::web
