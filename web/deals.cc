#include "web/deals.hh"

#include <algorithm>
#include <array>

#include "output/range_label.hh"
#include "output/typography.hh"

namespace depeche::web {
namespace {

using schema::FieldId;

// A kind of deal: the event, and the kind of amount that is its price.
struct DealKind {
  std::string_view event, amount;
};
constexpr auto kDealKinds = std::to_array<DealKind>({{"levee-de-fonds", "levee"}, {"acquisition", "rachat"}});

constexpr std::size_t kMostOrgs = 2;
constexpr int kSameDealDays = 31;

// The number of the amount that the event's sentence states as its price.
std::optional<std::size_t> price_of(const Event& event, std::string_view kind, const std::vector<Amount>& amounts) {
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const Amount& amount = amounts[i];
    const bool inside =
        amount.in == event.in && amount.range.begin >= event.range.begin && amount.range.end <= event.range.end;
    if (inside && amount.kind == kind && amount.value > 0) return i;
  }
  return std::nullopt;
}

std::vector<std::string> orgs_of(const Event& event, const std::vector<std::string>& known) {
  std::vector<std::string> orgs;
  for (const std::string& name : event.participants) {
    if (orgs.size() < kMostOrgs && std::find(known.begin(), known.end(), name) != known.end()) orgs.push_back(name);
  }
  return orgs;
}

bool share_one(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const auto& one) { return std::find(b.begin(), b.end(), one) != b.end(); });
}

std::vector<Deal> latest_deals(searcher::Searcher& index, const output::SearchState& state, std::size_t most) {
  searcher::SearchRequest request = with_deals(state).request;
  request.limit = 3 * most;  // some only mention a deal, some tell the same one
  request.sort = searcher::Sort::kDate;
  request.histograms = request.snippets = false;
  std::vector<Deal> deals;
  const auto response = index.search(request);
  if (!response) return deals;
  for (const searcher::Hit& hit : response->hits) {
    const auto stored = index.article(hit.id);
    auto deal = stored ? deal_of(*stored) : std::nullopt;
    if (!deal) continue;
    deal->articles += hit.duplicates.size();
    const auto known = std::find_if(deals.begin(), deals.end(), [&](const Deal& d) { return same_deal(d, *deal); });
    if (known != deals.end())
      known->articles += deal->articles;
    else if (deals.size() < most)
      deals.push_back(std::move(*deal));
  }
  return deals;
}

Object deal_row(const Visit& visit, const Deal& deal) {
  const output::Strings& t = visit.t();
  List orgs;
  for (const std::string& org : deal.orgs) {
    orgs.push_back(Object()
                       .set("label", org)
                       .set("url", Url::local(entity_url(FieldId::kOrg, org, visit.state)))
                       .set("comma", &org != &deal.orgs.back()));
  }
  const std::string proof = article_url(deal.article, visit.state) + "#m" + std::to_string(deal.amount_number);
  Object row;
  row.set("orgs", std::move(orgs)).set("event", output::value_label(FieldId::kEvent, deal.event, visit.language));
  row.set("tag", deal.polarity == Polarity::kRumour   ? t["polarity.rumour"]
                 : deal.polarity == Polarity::kDenied ? t["polarity.denied"]
                                                      : "");
  row.set("amount", output::money(deal.amount, visit.language));
  row.set("date", deal.date ? output::short_date(*deal.date, visit.language) : "");
  row.set("url", Url::local(proof)).set("articles", t.count("articles", deal.articles));
  return row;
}

}  // namespace

std::optional<Deal> deal_of(const schema::StoredArticle& stored) {
  const auto& known = stored.labels[schema::facet_index(FieldId::kOrg)];
  const auto& amounts = stored.annotations.amounts;
  for (const Event& event : stored.annotations.events) {
    const auto kind =
        std::find_if(kDealKinds.begin(), kDealKinds.end(), [&](auto& k) { return k.event == event.type; });
    if (kind == kDealKinds.end()) continue;
    const auto price = price_of(event, kind->amount, amounts);
    std::vector<std::string> orgs = orgs_of(event, known);
    if (!price || orgs.empty()) continue;
    return Deal{std::move(orgs), event.type,          event.polarity,    amounts[*price],
                *price,          stored.article.date, stored.article.id, 1};
  }
  return std::nullopt;
}

bool same_deal(const Deal& a, const Deal& b) {
  if (a.event != b.event || a.amount.value != b.amount.value || a.amount.currency != b.amount.currency) return false;
  if (!a.date || !b.date || std::abs(a.date->first - b.date->first) > kSameDealDays) return false;
  return share_one(a.orgs, b.orgs);
}

output::SearchState with_deals(const output::SearchState& state) {
  output::SearchState out = with_range(state, FieldId::kAmount, "1..");
  for (const DealKind& kind : kDealKinds) {
    out.request.filters.push_back({FieldId::kEvent, std::string(kind.event), false});
  }
  return out;
}

List deal_values(const Visit& visit, const output::SearchState& state, std::size_t most) {
  List rows;
  for (const Deal& deal : latest_deals(*visit.index, state, most)) rows.push_back(deal_row(visit, deal));
  return rows;
}

}  // namespace depeche::web
