#include "ingest/feed.hh"

#include <algorithm>
#include <pugixml.hpp>

#include "ingest/ascii.hh"
#include "ingest/dates.hh"
#include "ingest/deliver.hh"
#include "ingest/encoding.hh"
#include "ingest/html.hh"
#include "ingest/json_ld.hh"
#include "ingest/language.hh"
#include "ingest/url.hh"

namespace depeche::ingest {
namespace {

constexpr unsigned kParse = pugi::parse_default | pugi::parse_fragment;

std::string declared_encoding(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 200);
  const std::size_t at = head.find("encoding=");
  return at == std::string_view::npos || head.find("<?xml") == std::string_view::npos
             ? std::string()
             : std::string(head.substr(at + 9, 40));
}

// Characters that XML 1.0 forbids, which feeds have all the same.
void blank_controls(std::string& text) {
  for (char& c : text) c = static_cast<unsigned char>(c) < 0x20 && !is_blank(c) ? ' ' : c;
}

bool is_named(const char* name, std::string_view want) {
  return name == want;
}

// An element by its name with the prefix that everybody uses.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& c : node.children()) {
    if (is_named(c.name(), name)) return c;
  }
  return {};
}

std::string text_of(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& c : node.children()) {
    if (c.type() == pugi::node_pcdata || c.type() == pugi::node_cdata) out += c.value();
  }
  return std::string(trim_blanks(out));
}

// Markup inside an element as it stands: XHTML in Atom, unescaped HTML in careless RSS.
struct Writer final : pugi::xml_writer {
  std::string out;
  void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
};

std::string markup_of(const pugi::xml_node& node) {
  const bool has_elements =
      std::any_of(node.begin(), node.end(), [](const pugi::xml_node& c) { return c.type() == pugi::node_element; });
  if (!has_elements) return text_of(node);
  Writer writer;
  for (const pugi::xml_node& c : node.children()) c.print(writer, "", pugi::format_raw);
  return std::move(writer.out);
}

// Where items begin and end, past CDATA and comments, which may hold anything.
class ItemCutter {
 public:
  explicit ItemCutter(std::string_view xml) : xml_(xml) {}

  std::string_view head() {
    at_ = find_tag(0);
    return xml_.substr(0, at_);
  }

  // The next item with its tags; nothing at the end. `cut` is set when the feed ends inside of it.
  std::optional<std::string_view> next(bool& cut) {
    if (at_ == std::string_view::npos) return std::nullopt;
    const std::size_t begin = at_;
    const std::string end_tag = "</" + name_;
    std::size_t at = begin + 1;
    while (true) {
      at = next_markup(at);
      if (at == std::string_view::npos) {
        cut = true;
        at_ = at;
        return xml_.substr(begin);
      }
      if (xml_.substr(at, end_tag.size()) == end_tag) break;
      if (is_item(at)) {  // the one before was never closed
        at_ = at;
        return xml_.substr(begin, at - begin);
      }
      ++at;
    }
    const std::size_t end = std::min(xml_.find('>', at), xml_.size() - 1) + 1;
    at_ = find_tag(end);
    return xml_.substr(begin, end - begin);
  }

 private:
  // The next "<" that begins a tag.
  std::size_t next_markup(std::size_t at) const {
    while ((at = xml_.find('<', at)) != std::string_view::npos) {
      if (xml_.substr(at, 9) == "<![CDATA[") {
        at = xml_.find("]]>", at);
      } else if (xml_.substr(at, 4) == "<!--") {
        at = xml_.find("-->", at);
      } else {
        return at;
      }
      if (at == std::string_view::npos) break;
    }
    return std::string_view::npos;
  }

  bool is_item(std::size_t at) {
    for (const std::string_view name : {"item", "entry", "rss:item", "atom:entry", "a:entry"}) {
      if (xml_.substr(at + 1, name.size()) != name || at + 1 + name.size() >= xml_.size()) continue;
      const char next = xml_[at + 1 + name.size()];
      if (!is_blank(next) && next != '>') continue;
      name_ = name;
      return true;
    }
    return false;
  }

  std::size_t find_tag(std::size_t at) {
    for (at = next_markup(at); at != std::string_view::npos; at = next_markup(at + 1)) {
      if (is_item(at)) return at;
    }
    return at;
  }

  std::string_view xml_;
  std::string name_;
  std::size_t at_ = 0;
};

struct Channel {
  std::string title;
  std::string link;
  std::string base;
  std::string author;
  std::optional<Date> built;
  bool is_podcast = false;
};

std::string link_of(const pugi::xml_node& node) {
  std::string first;
  for (const pugi::xml_node& c : node.children()) {
    if (!is_named(c.name(), "link") && !is_named(c.name(), "atom:link")) continue;
    const std::string_view rel = c.attribute("rel").value();
    std::string href = c.attribute("href").value();
    if (href.empty()) href = text_of(c);
    if (rel.empty() || rel == "alternate") return href;
    if (rel != "self" && rel != "hub" && rel != "enclosure" && rel != "replies" && rel != "edit" && first.empty())
      first = href;
  }
  return first;
}

class FeedParser {
 public:
  FeedParser(const RawRecord& raw, const ReadOptions& options, ArticleSink& sink)
      : raw_(raw), options_(options), sink_(sink) {}

  void parse(const std::string& xml) {
    ItemCutter cutter(xml);
    read_channel(cutter.head());
    bool cut = false;
    std::size_t number = 0;
    while (const auto item = cutter.next(cut)) {
      const std::string where = raw_.where + "#" + std::to_string(++number);
      if (cut) return sink_.reject(where, "the item is cut off");
      parse_item(*item, where);
    }
    if (number == 0) sink_.reject(raw_.where, "the feed has no items");
  }

 private:
  // Cut off before the first item as it is, the head still parses as far as it goes.
  void read_channel(std::string_view head) {
    pugi::xml_document document;
    document.load_buffer(head.data(), head.size(), kParse, pugi::encoding_utf8);
    pugi::xml_node root;
    for (const pugi::xml_node& c : document.children()) {
      if (c.type() == pugi::node_element) root = c;
    }
    pugi::xml_node channel = child(root, "channel");
    if (!channel) channel = root;
    channel_.title = plain_text(text_of(child(channel, "title")));
    channel_.link = link_of(channel);
    channel_.base = channel.attribute("xml:base").value();
    if (channel_.base.empty()) channel_.base = root.attribute("xml:base").value();
    if (channel_.base.empty()) channel_.base = channel_.link;
    if (!is_web_url(channel_.base)) channel_.base = raw_.url;
    channel_.author = plain_text(text_of(child(child(channel, "author"), "name")));
    for (const char* name : {"lastBuildDate", "pubDate", "updated", "dc:date"}) {
      if (!channel_.built) channel_.built = read_date(text_of(child(channel, name)));
    }
    if (!channel_.built) channel_.built = raw_.fetched;
    for (const pugi::xml_node& c : channel.children()) {
      channel_.is_podcast = channel_.is_podcast || std::string_view(c.name()).starts_with("itunes:");
    }
  }

  void parse_item(std::string_view xml, const std::string& where) {
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_buffer(xml.data(), xml.size(), kParse, pugi::encoding_utf8);
    const pugi::xml_node item = document.first_child();
    if (!result || !item)
      return sink_.reject(where, std::string("the item is no valid XML: ") + result.description());
    if (is_podcast(item)) return sink_.skip(where, "is a podcast");
    Article article;
    article.title = plain_text(title_markup(item));
    article.url = url_of(item);
    article.id = id_of(item, article.url);
    article.source = source_of(item);
    read_date_of(item, article);
    read_authors(item, article);
    read_topics(item, article);
    if (Result<void> read = read_text(item, article); !read) return sink_.reject(where, read.error().message);
    if (options_.french_only && is_clearly_not_french(article.text)) return sink_.skip(where, "is not in French");
    deliver(std::move(article), {}, where, sink_);
  }

  bool is_podcast(const pugi::xml_node& item) const {
    bool has_media = false;
    bool has_itunes = channel_.is_podcast;
    for (const pugi::xml_node& c : item.children()) {
      const std::string_view name = c.name();
      const std::string_view type = c.attribute("type").value();
      const bool is_file =
          name == "enclosure" || (name == "link" && std::string_view(c.attribute("rel").value()) == "enclosure");
      has_media = has_media || (is_file && (type.starts_with("audio/") || type.starts_with("video/")));
      has_itunes = has_itunes || name.starts_with("itunes:");
    }
    return has_media && has_itunes;
  }

  static std::string title_markup(const pugi::xml_node& item) {
    std::string title = markup_of(child(item, "title"));
    return title.empty() ? text_of(child(item, "dc:title")) : title;
  }

  std::string resolved(const std::string& url, const pugi::xml_node& item) const {
    const std::string own = item.attribute("xml:base").value();
    return resolve_url(url, own.empty() ? channel_.base : resolve_url(own, channel_.base));
  }

  std::string url_of(const pugi::xml_node& item) const {
    std::string url = text_of(child(item, "feedburner:origLink"));
    if (url.empty()) url = link_of(item);
    const pugi::xml_node guid = child(item, "guid");
    const bool is_link = !equals_no_case(guid.attribute("isPermaLink").value(), "false");
    if (url.empty() && is_link && is_web_url(text_of(guid))) url = text_of(guid);
    if (url.empty()) url = item.attribute("rdf:about").value();
    if (url.empty()) return {};
    url = resolved(url, item);
    return is_web_url(url) ? canonical_url(url) : url;
  }

  // The id that the feed gives, where it can be one beyond this feed: a URN, an address, a tag; not a bare number.
  static std::string id_of(const pugi::xml_node& item, const std::string& url) {
    std::string id = text_of(child(item, "guid"));
    if (id.empty()) id = text_of(child(item, "id"));
    if (id == url || is_web_url(id)) id = canonical_url(id);
    return id.find(':') == std::string::npos && !url.empty() ? std::string() : id;
  }

  std::string source_of(const pugi::xml_node& item) const {
    const pugi::xml_node source = child(item, "source");
    std::string name = plain_text(text_of(child(source, "title")));
    if (name.empty()) name = plain_text(text_of(source));
    if (name.empty()) name = plain_text(text_of(child(item, "dc:publisher")));
    return name.empty() ? channel_.title : name;
  }

  void read_date_of(const pugi::xml_node& item, Article& article) const {
    std::string unread;
    for (const char* name :
         {"pubDate", "published", "dc:date", "dcterms:issued", "dcterms:created", "prism:publicationDate", "issued",
          "created", "date", "updated", "modified", "a10:updated", "atom:updated", "atom:published", "pubdate"}) {
      const std::string text = text_of(child(item, name));
      if (text.empty()) continue;
      article.date = read_date(text);
      if (!article.date) {
        const auto found = find_date(text);
        if (found) article.date = found->date;
      }
      if (!article.date && channel_.built) article.date = read_relative_date(text, *channel_.built);
      // The beginning of Unix time is what programs print that have no date.
      if (article.date && article.date->first == 0) article.date.reset();
      if (article.date) return;
      if (unread.empty()) unread = text;
    }
    if (!unread.empty()) add_extra(article.extra, "date", unread);
  }

  void read_authors(const pugi::xml_node& item, Article& article) const {
    const auto add = [&](std::string name) {
      auto& list = article.authors;
      name = normal_label(name);
      if (!name.empty() && std::find(list.begin(), list.end(), name) == list.end()) list.push_back(std::move(name));
    };
    for (const pugi::xml_node& c : item.children()) {
      const std::string_view name = c.name();
      if (name == "dc:creator" || name == "itunes:author") add(plain_text(text_of(c)));
      if (name != "author" && name != "atom:author") continue;
      std::string author = plain_text(text_of(child(c, "name")));
      if (author.empty()) author = plain_text(text_of(c));
      // RSS 2.0 wants "address (name)".
      const std::size_t open = author.find('(');
      if (author.find('@') != std::string::npos) {
        const std::size_t close = author.find(')', open == std::string::npos ? 0 : open);
        author =
            open == std::string::npos || close == std::string::npos ? "" : author.substr(open + 1, close - open - 1);
      }
      add(author);
    }
    if (article.authors.empty()) add(channel_.author);
  }

  static void read_topics(const pugi::xml_node& item, Article& article) {
    for (const pugi::xml_node& c : item.children()) {
      const std::string_view name = c.name();
      if (name != "category" && name != "dc:subject" && name != "atom:category") continue;
      std::string label = c.attribute("label").value();
      if (label.empty()) label = c.attribute("term").value();
      if (label.empty()) label = text_of(c);
      label = normal_label(plain_text(label));
      auto& topics = article.given["topic"];
      if (!label.empty() && std::find(topics.begin(), topics.end(), label) == topics.end())
        topics.push_back(std::move(label));
    }
    if (const auto found = article.given.find("topic"); found != article.given.end() && found->second.empty())
      article.given.erase(found);
  }

  static Result<void> read_text(const pugi::xml_node& item, Article& article) {
    std::string body = markup_of(child(item, "content:encoded"));
    if (body.empty()) {
      const pugi::xml_node content = child(item, "content");
      if (std::string_view(content.attribute("src").value()).empty()) body = markup_of(content);
    }
    std::string summary = markup_of(child(item, "description"));
    if (summary.empty()) summary = markup_of(child(item, "summary"));
    if (summary.empty()) summary = text_of(child(item, "dc:description"));
    if (body.empty()) std::swap(body, summary);
    auto text = fragment_text(body, article.title);
    if (!text) return tl::unexpected<Error>(text.error());
    article.text = std::move(*text);
    if (auto short_text = fragment_text(summary, article.title); short_text && !short_text->empty()) {
      if (article.text.empty()) {
        article.text = std::move(*short_text);
      } else {
        add_extra(article.extra, "description", *short_text);
      }
    }
    return {};
  }

  const RawRecord& raw_;
  const ReadOptions& options_;
  ArticleSink& sink_;
  Channel channel_;
};

}  // namespace

void parse_feed(const RawRecord& raw, std::string_view bytes, std::string_view encoding, const ReadOptions& options,
                ArticleSink& sink) {
  // The declaration is nearer to the text than a server's header.
  const std::string declared = declared_encoding(bytes);
  std::string xml = to_utf8(bytes, declared.empty() ? encoding : declared);
  blank_controls(xml);
  FeedParser(raw, options, sink).parse(xml);
}

}  // namespace depeche::ingest
