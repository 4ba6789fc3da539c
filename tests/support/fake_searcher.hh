// A searcher without an index: five invented articles and the seed's beginning, answers made from them by hand. For
// tests of what stands above the searcher.
#pragma once

#include <memory>
#include <vector>

#include "searcher/searcher.hh"

namespace depeche::testing {

// "rien" finds nothing, "approx" a relaxed answer with a suggestion, "panne-interne" an error; any other query finds
// all articles that the filters leave. Facet counts, histograms and filters are right for those articles.
class FakeSearcher : public searcher::Searcher {
 public:
  FakeSearcher();

  Result<searcher::SearchResponse> search(const searcher::SearchRequest& request) override;
  Result<schema::StoredArticle> article(const std::string& id) override;
  Result<std::vector<searcher::Hit>> similar(const std::string& id, std::size_t limit) override;
  // "rien" has none; any other prefix X the query "X fonds", an organisation and the first title.
  Result<searcher::Suggestions> suggest(const searcher::SuggestRequest& request) override;
  Result<void> for_each_article(const std::function<Result<void>(const schema::StoredArticle&)>& each) override;
  Result<searcher::Stats> stats(bool with_terms) override;
  std::uint64_t revision() const override { return revision_; }

  void set_revision(std::uint64_t revision) { revision_ = revision; }
  void add(schema::StoredArticle article) { articles_.push_back(std::move(article)); }
  const std::vector<schema::StoredArticle>& articles() const { return articles_; }

 private:
  bool matches(const schema::StoredArticle& stored, const searcher::SearchRequest& request,
               std::optional<schema::FieldId> except) const;
  searcher::FacetResult count(const searcher::FacetRequest& facet, const searcher::SearchRequest& request) const;
  searcher::Hit hit_of(const schema::StoredArticle& stored, const searcher::SearchRequest& request) const;

  std::vector<schema::StoredArticle> articles_;
  std::uint64_t revision_ = 7;
};

// An article with the labels and mentions of `names`, each at its first place in title or text.
struct Named {
  EntityType type;
  std::string label;
};
schema::StoredArticle make_article(std::string id, std::string title, std::string text, std::string source,
                                   std::string date, const std::vector<Named>& names);

}  // namespace depeche::testing
