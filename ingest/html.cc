#include "ingest/html.hh"

#include "ingest/encoding.hh"
#include "ingest/html_extract.hh"
#include "ingest/html_tree.hh"

namespace depeche::ingest {

Result<Article> read_page(std::string_view bytes, const PageContext& context) {
  auto tree = HtmlTree::parse(to_utf8(bytes, context.encoding));
  if (!tree) return tl::unexpected<Error>(tree.error());
  Article article;
  article.text = extract_body(*tree, article.title, {});
  return article;
}

Result<std::string> fragment_text(std::string_view html) {
  const auto tree = HtmlTree::parse(std::string(html));
  if (!tree) return tl::unexpected<Error>(tree.error());
  return whole_body(*tree);
}

}  // namespace depeche::ingest
