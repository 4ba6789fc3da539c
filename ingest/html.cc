#include "ingest/html.hh"

#include "ingest/ascii.hh"
#include "ingest/deliver.hh"
#include "ingest/encoding.hh"
#include "ingest/html_extract.hh"
#include "ingest/html_metadata.hh"
#include "ingest/html_tree.hh"
#include "ingest/url.hh"

namespace depeche::ingest {
namespace {

constexpr std::size_t kMetaSearch = 8 << 10;

// The encoding that the page states of itself, in <meta charset>, <meta http-equiv> or an XML declaration.
std::string stated_encoding(std::string_view bytes) {
  const std::string head = to_lower_ascii(bytes.substr(0, kMetaSearch));
  for (const std::string_view key : {"charset=", "encoding="}) {
    for (std::size_t at = head.find(key); at != std::string::npos; at = head.find(key, at + 1)) {
      const std::size_t tag = head.rfind('<', at);
      if (tag == std::string::npos || (head.compare(tag, 5, "<meta") != 0 && head.compare(tag, 5, "<?xml") != 0))
        continue;
      const std::string name = encoding_from_label(std::string_view(head).substr(at + key.size(), 60));
      if (!name.empty()) return name;
    }
  }
  return {};
}

void keep_list(std::string& extra, std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  std::string list = "[";
  for (const std::string& value : values) {
    if (list.size() > 1) list += ',';
    append_json_string(value, list);
  }
  add_extra_json(extra, key, list + "]");
}

}  // namespace

Result<Article> read_page(std::string_view bytes, const PageContext& context) {
  std::string encoding(context.encoding);
  if (encoding.empty()) encoding = stated_encoding(bytes);
  std::string utf8 = to_utf8(bytes, encoding);
  auto tree = HtmlTree::parse(std::move(utf8));
  if (!tree) return tl::unexpected<Error>(tree.error());
  PageMetadata page = read_metadata(*tree, context.url, context.fetched);
  Article article;
  article.text = extract_body(*tree, page.title, page.description, page.body);
  article.title = std::move(page.title);
  article.url = std::move(page.url);
  article.source = std::move(page.publisher);
  if (article.source.empty()) article.source = host_of(article.url);
  for (const std::string& author : page.authors) article.authors.push_back(normal_label(author));
  article.date = page.published;
  if (!article.date && context.fetched) {
    // News is crawled within days of its publication; said to be no more than that.
    article.date = Date{.first = context.fetched->first};
    add_extra(article.extra, "date_from", "crawl");
  }
  if (!page.topics.empty()) {
    auto& topics = article.given["topic"];
    for (const std::string& topic : page.topics) topics.push_back(normal_label(topic));
  }
  if (page.modified) add_extra(article.extra, "modified", to_iso(*page.modified, true));
  if (!page.language.empty()) add_extra(article.extra, "language", page.language);
  if (!page.description.empty()) add_extra(article.extra, "description", page.description);
  keep_list(article.extra, "keywords", page.keywords);
  if (page.paywalled) add_extra_json(article.extra, "paywalled", "true");
  return article;
}

Result<std::string> fragment_text(std::string_view html, std::string_view title) {
  // Without markup the line breaks are all there is.
  if (html.find('<') == std::string_view::npos)
    return html.find('&') == std::string_view::npos ? std::string(html) : plain_text(html);
  const auto tree = HtmlTree::parse(std::string(html));
  if (!tree) return tl::unexpected<Error>(tree.error());
  return extract_fragment(*tree, title);
}

}  // namespace depeche::ingest
