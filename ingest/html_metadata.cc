#include "ingest/html_metadata.hh"

#include <algorithm>
#include <array>
#include <map>

#include "ingest/ascii.hh"
#include "ingest/dates.hh"
#include "ingest/html_boilerplate.hh"
#include "ingest/url.hh"

namespace depeche::ingest {
namespace {

std::string folded_words(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0xC0) {
      out += to_lower_ascii(c);
    } else if (!out.empty() && out.back() != ' ' && static_cast<unsigned char>(c) < 0x80) {
      out += ' ';
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

void add_once(std::vector<std::string>& list, std::string value) {
  if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

// "IA, start-up ; Mistral" as it stands in <meta name="keywords">.
void add_split(std::vector<std::string>& list, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(",;|"), text.size());
    add_once(list, std::string(trim_blanks(text.substr(0, end))));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

class MetadataReader {
 public:
  MetadataReader(const HtmlTree& tree, std::string_view page_url, const std::optional<Date>& fetched)
      : tree_(tree), page_url_(page_url), fetched_(fetched) {}

  PageMetadata read() {
    scan();
    PageMetadata page;
    if (auto stated = read_json_ld(scripts_)) stated_ = std::move(*stated);
    page.body = stated_.body;
    page.paywalled = stated_.paywalled || says_it_is_paywalled() ||
                     equals_no_case(meta({"article:content_tier"}), "locked") ||
                     equals_no_case(meta({"og:article:content_tier"}), "locked");
    page.description = first({stated_.description, meta({"og:description", "description", "twitter:description"})});
    page.url = url();
    page.publisher = publisher();
    page.title = title(page.publisher);
    page.language =
        first({stated_.language, std::string(tree_.attribute(0, "lang")), meta({"og:locale", "content-language"})});
    page.published = published(page.url);
    page.modified = believed(first(
        {stated_.modified,
         meta({"article:modified_time", "og:updated_time", "dateModified", "last-modified", "dcterms.modified"}),
         item("dateModified")}));
    page.authors = authors();
    page.topics = topics();
    page.keywords = stated_.keywords;
    for (const std::string& tag : tags_) add_once(page.keywords, tag);
    if (page.keywords.size() <= 1) add_split(page.keywords, meta({"news_keywords", "keywords"}));
    return page;
  }

 private:
  static std::string first(std::initializer_list<std::string> values) {
    for (const std::string& value : values) {
      if (!trim_blanks(value).empty()) return std::string(trim_blanks(value));
    }
    return {};
  }

  void scan() {
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      if (tree_[i].is_text()) continue;
      switch (static_cast<int>(tree_[i].tag)) {
        case GUMBO_TAG_META:
          scan_meta(i);
          break;
        case GUMBO_TAG_SCRIPT:
          if (to_lower_ascii(tree_.attribute(i, "type")).find("ld+json") != std::string::npos)
            scripts_.push_back(source(i));
          break;
        case GUMBO_TAG_LINK:
          if (equals_no_case(tree_.attribute(i, "rel"), "canonical") && canonical_.empty()) {
            canonical_ = tree_.attribute(i, "href");
          }
          break;
        case GUMBO_TAG_BASE:
          if (base_.empty()) base_ = tree_.attribute(i, "href");
          break;
        case GUMBO_TAG_TITLE:
          if (title_element_.empty() && !tree_.is_inside(i, GUMBO_TAG_SVG)) title_element_ = tree_.text_of(i);
          break;
        case GUMBO_TAG_H1:
          h1s_.push_back(i);
          [[fallthrough]];
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
          headings_.push_back(i);
          break;
        case GUMBO_TAG_TIME:
          times_.push_back(i);
          break;
        default:
          break;
      }
      if (tree_.has_attribute(i, "itemprop")) items_.push_back(i);
    }
  }

  std::string source(std::uint32_t script) const {
    std::string out;
    for (std::uint32_t i = script + 1; i < tree_[script].end; ++i) out += tree_[i].text;
    return out;
  }

  void scan_meta(std::uint32_t node) {
    std::string_view name = tree_.attribute(node, "property");
    if (name.empty()) name = tree_.attribute(node, "name");
    if (name.empty()) name = tree_.attribute(node, "http-equiv");
    const std::string content = plain_text(tree_.attribute(node, "content"));
    if (name.empty() || content.empty()) return;
    const std::string key = to_lower_ascii(trim_blanks(name));
    if (key == "article:tag") add_once(tags_, content);
    if (key == "article:author" || key == "author") add_once(meta_authors_, content);
    metas_.emplace(key, content);
  }

  // The first that is there, in the order of the names.
  std::string meta(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      const auto found = metas_.find(to_lower_ascii(name));
      if (found != metas_.end()) return found->second;
    }
    return {};
  }

  bool has_item(std::uint32_t node, std::string_view property) const {
    std::string_view names = tree_.attribute(node, "itemprop");
    while (!names.empty()) {
      const std::size_t end = std::min(names.find(' '), names.size());
      if (names.substr(0, end) == property) return true;
      names.remove_prefix(std::min(end + 1, names.size()));
    }
    return false;
  }

  // Value of the first microdata property of that name.
  std::string item(std::string_view property) const {
    for (const std::uint32_t node : items_) {
      if (has_item(node, property)) return item_value(node);
    }
    return {};
  }

  std::string item_value(std::uint32_t node) const {
    for (const char* name : {"content", "datetime"}) {
      const std::string_view value = tree_.attribute(node, name);
      if (!value.empty()) return plain_text(value);
    }
    // An item within: its name.
    if (tree_.has_attribute(node, "itemscope")) {
      for (const std::uint32_t inner : items_) {
        if (inner > node && inner < tree_[node].end && has_item(inner, "name")) return item_value(inner);
      }
    }
    return tree_.text_of(node);
  }

  std::string url() const {
    const std::string base = base_.empty() ? std::string(page_url_) : resolve_url(base_, page_url_);
    for (const std::string& candidate : {canonical_, meta({"og:url"}), stated_.url, std::string(page_url_)}) {
      const std::string resolved = resolve_url(candidate, base);
      if (!is_web_url(resolved)) continue;
      // The front page as everybody's canonical address is a mistake of the site's template.
      const std::string path = resolved.substr(std::min(resolved.find('/', 8), resolved.size()));
      if (path.size() <= 1 && candidate != page_url_ && is_deeper(page_url_)) continue;
      return canonical_url(resolved);
    }
    return {};
  }

  static bool is_deeper(std::string_view url) {
    const std::size_t slash = url.find('/', 8);
    return slash != std::string_view::npos && slash + 1 < url.size();
  }

  std::string publisher() const {
    std::string name = first(
        {meta({"og:site_name"}), stated_.publisher, item("publisher"), meta({"application-name", "publisher"})});
    if (!stated_.publisher.empty() && name != stated_.publisher && is_web_url(std::string("https://").append(name)))
      name = stated_.publisher;
    return name;
  }

  // Without "… - Le Monde", "… | Numerama": the site's name, or what only the <title> has behind the last bar.
  std::string without_site(const std::string& title, std::string_view site) const {
    for (const std::string_view bar : {" | ", " - ", " – ", " — ", " • ", " :: ", " · ", " « "}) {
      const std::size_t at = title.rfind(bar);
      if (at == std::string::npos || at < 10) continue;
      const std::string tail = folded_words(title.substr(at + bar.size()));
      const std::string name = folded_words(site);
      const bool is_site = !name.empty() && (tail == name || tail.find(name) != std::string::npos ||
                                             name.find(tail) != std::string::npos);
      const std::string_view head = trim_blanks(std::string_view(title).substr(0, at));
      const bool is_short =
          std::count(tail.begin(), tail.end(), ' ') < 2 && std::count(head.begin(), head.end(), ' ') > 3;
      if (is_site || bar == " | " || (is_short && bar != " - ") || is_printed(head)) return std::string(head);
    }
    return title;
  }

  bool says_it_is_paywalled() const {
    constexpr auto kPhrases = std::to_array<std::string_view>(
        {"cet article est réservé", "article est réservé aux abonnés", "la suite est réservée", "pour lire la suite",
         "de cet article à lire", "de l’article à lire", "de l'article à lire", "subscribe to continue reading",
         "subscribe to read the full", "this article is for subscribers"});
    for (const HtmlNode& node : tree_.nodes()) {
      if (node.text.size() < 20 || node.text.size() > 300) continue;
      const std::string text = to_lower_ascii(node.text);
      for (const std::string_view phrase : kPhrases) {
        if (text.find(phrase) != std::string::npos) return true;
      }
    }
    return false;
  }

  // True when a text of the body is just that.
  bool is_printed(std::string_view words) const {
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      if (tree_[i].is_text() && trim_blanks(tree_[i].text) == words && !tree_.is_inside(i, GUMBO_TAG_HEAD))
        return true;
    }
    return false;
  }

  std::string title(const std::string& site) const {
    const std::string named = without_site(title_element_, site.empty() ? host_of(page_url_) : site);
    const std::string og =
        without_site(meta({"og:title", "twitter:title", "dc.title", "title", "parsely-title"}), site);
    const std::string heading = main_heading(stated_.headline, og, named);
    // Some put a description there: then heading and <title> agree without it.
    const bool is_other = !heading.empty() && overlap_of(heading, stated_.headline).of_shorter < 0.3 &&
                          overlap_of(heading, named).of_shorter > 0.9;
    if (!stated_.headline.empty() && !is_other) {
      // Google once wanted 110 characters at most: what was cut stands whole on the page.
      return is_longer_form(heading, stated_.headline) ? heading : stated_.headline;
    }
    return first({heading, item("headline"), og, named});
  }

  static bool is_longer_form(const std::string& heading, const std::string& headline) {
    std::string cut = folded_words(headline);
    return heading.size() > headline.size() && cut.size() > 20 && folded_words(heading).starts_with(cut);
  }

  // The heading that says the same as one of the titles given elsewhere. Of these a heading is a part, or they of it;
  // an <h2> or <h3> only when nearly the whole.
  std::string main_heading(const std::string& a, const std::string& b, const std::string& c) const {
    std::string best;
    double best_overlap = kMinOverlap;
    for (const std::uint32_t node : headings_) {
      std::string text = tree_.text_of(node);
      if (const std::size_t anchor = text.find("¶"); anchor != std::string::npos) text.resize(anchor);
      if (text.empty() || text.size() > 500) continue;
      const double min_share = tree_[node].tag == GUMBO_TAG_H1 ? 0.5 : 0.9;
      for (const std::string& other : {a, b, c}) {
        const Overlap overlap = overlap_of(text, other);
        if (overlap.of_shorter < min_share || overlap.of_longer <= best_overlap) continue;
        best_overlap = overlap.of_longer;
        best = text;
      }
    }
    return best;
  }

  static constexpr double kMinOverlap = 0.3;

  // The share of the shorter text's words that the longer one has, and how much of the longer one that is.
  struct Overlap {
    double of_shorter = 0;
    double of_longer = 0;
  };
  static Overlap overlap_of(std::string_view a, std::string_view b) {
    const std::string x = std::string(" ").append(folded_words(a)).append(" ");
    const std::string y = std::string(" ").append(folded_words(b)).append(" ");
    const std::string& small = x.size() < y.size() ? x : y;
    const std::string& large = x.size() < y.size() ? y : x;
    int words = 0;
    int found = 0;
    for (std::size_t begin = 0; begin + 1 < small.size();) {
      const std::size_t end = small.find(' ', begin + 1);
      if (end == std::string::npos) break;
      ++words;
      if (large.find(small.substr(begin, end - begin + 1)) != std::string::npos) ++found;
      begin = end;
    }
    if (words == 0) return {};
    const auto all = std::max(words, static_cast<int>(std::count(large.begin(), large.end(), ' ')) - 1);
    return {static_cast<double>(found) / words, static_cast<double>(found) / all};
  }

  // A date that an article can have: not the beginning of Unix time, not after the page was fetched.
  std::optional<Date> believed(const std::string& text) const {
    auto date = read_date(text);
    if (!date) {
      const auto found = find_date(text);
      if (found) date = found->date;
    }
    if (!date || date->precision == DatePrecision::kYear) return std::nullopt;
    const Day first_page = day_from_civil({1990, 1, 1});
    if (date->first < first_page || (fetched_ && date->first > fetched_->first + 2)) return std::nullopt;
    return date;
  }

  std::optional<Date> published(const std::string& url) const {
    if (auto date = believed(stated_.published)) return date;
    if (auto date = believed(item("datePublished"))) return date;
    for (const std::string_view name : {"article:published_time",
                                        "og:article:published_time",
                                        "article:published",
                                        "og:published_time",
                                        "datepublished",
                                        "date",
                                        "dc.date.issued",
                                        "dc.date",
                                        "dcterms.created",
                                        "dcterms.date",
                                        "dcterms.issued",
                                        "dc.date.created",
                                        "publishdate",
                                        "publish-date",
                                        "publish_date",
                                        "publication_date",
                                        "pubdate",
                                        "parsely-pub-date",
                                        "sailthru.date",
                                        "cxenseparse:recs:publishtime",
                                        "article_date_original",
                                        "originalpublicationdate",
                                        "date.release",
                                        "creation_date",
                                        "citation_publication_date",
                                        "citation_date",
                                        "displaydate",
                                        "rnews:datepublished",
                                        "release_date",
                                        "datecreated"}) {
      if (auto date = believed(meta({name}))) return date;
    }
    if (auto date = believed(item("dateCreated"))) return date;
    if (auto date = printed_date()) return date;
    if (auto date = date_in_url(url.empty() ? std::string(page_url_) : url)) return date;
    if (auto date = believed(stated_.modified)) return date;
    return believed(meta({"article:modified_time", "og:updated_time"}));
  }

  // <time>: those in the article or near its heading first.
  std::optional<Date> printed_date() const {
    const std::uint32_t heading = h1s_.empty() ? 0 : h1s_.front();
    std::optional<Date> other;
    for (const std::uint32_t node : times_) {
      if (is_elsewhere(node)) continue;
      std::string value(tree_.attribute(node, "datetime"));
      if (value.empty()) value = tree_.attribute(node, "content");
      auto date = believed(value);
      if (!date) date = believed(tree_.text_of(node));
      if (!date && fetched_) date = read_relative_date(tree_.text_of(node), *fetched_);
      if (!date) continue;
      if (node > heading || tree_.has_attribute(node, "pubdate")) return date;
      if (!other) other = date;
    }
    if (other) return other;
    return dated_line(heading);
  }

  bool is_elsewhere(std::uint32_t node) const {
    for (const GumboTag tag : {GUMBO_TAG_NAV, GUMBO_TAG_ASIDE, GUMBO_TAG_FOOTER}) {
      if (tree_.is_inside(node, tag)) return true;
    }
    return false;
  }

  // The first short text after the heading (or before it, at last) with a full date in it.
  std::optional<Date> dated_line(std::uint32_t heading) const {
    const auto hidden = mark_invisible(tree_);
    std::optional<Date> before;
    std::size_t seen = 0;
    for (const Block& block : collect_blocks(tree_, 0, hidden)) {
      const bool is_after = block.at > heading;
      if (is_after && ++seen > 40) break;
      if (block.text.size() > 200 || is_elsewhere(block.at)) continue;
      auto found = find_date(block.text);
      std::optional<Date> date = found ? believed(to_iso(found->date, true)) : std::nullopt;
      if (!date && fetched_) date = read_relative_date(block.text, *fetched_);
      if (date && is_after) return date;
      if (date && block.at > heading / 2) before = date;
    }
    return before;
  }

  // ".../2024/10/03/...", ".../2024-10-03-...", "...20241003..."
  std::optional<Date> date_in_url(const std::string& url) const {
    for (std::size_t at = url.find('/', 8); at != std::string::npos && at < url.size(); ++at) {
      if (!is_ascii_digit(url[at]) || is_ascii_digit(url[at - 1])) continue;
      std::string digits;
      std::size_t end = at;
      while (end < url.size() && (is_ascii_digit(url[end]) || url[end] == '/' || url[end] == '-'))
        digits += url[end++];
      std::replace(digits.begin(), digits.end(), '/', '-');
      for (const std::size_t size : {std::size_t{10}, std::size_t{9}, std::size_t{8}}) {
        if (digits.size() < size || (digits.size() > size && is_ascii_digit(digits[size]))) continue;
        const auto date = read_date_prefix(digits.substr(0, size));
        if (date && date->date.precision == DatePrecision::kDay) return believed(to_iso(date->date));
      }
      at = end - 1;
    }
    return std::nullopt;
  }

  std::vector<std::string> authors() const {
    std::vector<std::string> list = stated_.authors;
    if (list.empty()) {
      for (const std::string& name : meta_authors_) {
        if (!is_web_url(name) && name.size() < 120) add_once(list, name);
      }
    }
    if (list.empty()) {
      for (const std::uint32_t node : items_) {
        if (has_item(node, "author")) add_once(list, item_value(node));
      }
    }
    if (list.empty()) add_once(list, meta({"dc.creator", "parsely-author", "sailthru.author", "twitter:data1"}));
    if (list.empty()) list = linked_authors();
    std::erase_if(list, [](const std::string& name) { return name.size() > 150; });
    return list;
  }

  std::vector<std::string> linked_authors() const {
    std::vector<std::string> list;
    for (std::uint32_t i = 1; i < tree_.size() && list.size() < 5; ++i) {
      if (tree_[i].tag != GUMBO_TAG_A || tree_.attribute(i, "rel").find("author") == std::string_view::npos) continue;
      add_once(list, tree_.text_of(i));
    }
    return list;
  }

  std::vector<std::string> topics() const {
    std::vector<std::string> list;
    for (const std::string& section : stated_.sections) add_once(list, section);
    if (list.empty()) add_once(list, meta({"article:section", "og:article:section", "parsely-section"}));
    if (list.empty()) add_once(list, item("articleSection"));
    return list;
  }

  const HtmlTree& tree_;
  std::string_view page_url_;
  const std::optional<Date>& fetched_;
  StatedArticle stated_;
  std::vector<std::string> scripts_;
  std::map<std::string, std::string, std::less<>> metas_;
  std::vector<std::string> tags_;
  std::vector<std::string> meta_authors_;
  std::vector<std::uint32_t> h1s_;
  std::vector<std::uint32_t> headings_;  // h1 to h3
  std::vector<std::uint32_t> times_;
  std::vector<std::uint32_t> items_;
  std::string canonical_;
  std::string base_;
  std::string title_element_;
};

}  // namespace

PageMetadata read_metadata(const HtmlTree& tree, std::string_view page_url, const std::optional<Date>& fetched) {
  return MetadataReader(tree, page_url, fetched).read();
}

}  // namespace depeche::ingest
