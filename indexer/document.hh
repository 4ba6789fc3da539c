// One article as a Xapian document and a row of the token stream: all that makes it findable.
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "indexer/near_duplicates.hh"
#include "indexer/token_stream.hh"
#include "schema/stored_article.hh"
#include "text/analyzer.hh"

namespace depeche::indexer {

// The labels that the article is counted under: given ones as they are, else those of its annotations.
schema::FacetLabels facet_labels(const Article& article, const Annotations& annotations);

void set_group(Xapian::Document& document, std::uint64_t group);

// Reuses its buffers; one a thread.
class DocumentBuilder {
 public:
  // Analyses title and text. Read by the functions below.
  void analyze(const schema::StoredArticle& stored);
  Signature signature() const { return signature_of(title_, text_); }
  // Complete but for its group of near-duplicates.
  Xapian::Document document(const schema::StoredArticle& stored, std::string_view origin, const Signature& signature);
  // REQUIRES: `stored` is what was analysed.
  void add_to(TokenStream& stream, const schema::StoredArticle& stored) const {
    stream.add({stored.article.title, title_}, {stored.article.text, text_});
  }

 private:
  void add_words(Xapian::Document& doc, const schema::StoredArticle& stored);

  text::Analyzer analyzer_;
  text::Analysis title_, text_, author_;
  std::vector<std::pair<std::string_view, std::uint32_t>> words_, title_words_;
  std::string term_;
};

}  // namespace depeche::indexer
