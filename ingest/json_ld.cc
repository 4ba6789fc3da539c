#include "ingest/json_ld.hh"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>

#include "ingest/ascii.hh"
#include "ingest/html_tree.hh"

namespace depeche::ingest {
namespace {

namespace dom = simdjson::dom;

constexpr int kMaxDepth = 6;               // of lists, graphs and main entities
constexpr std::size_t kMaxNames = 20'000;  // looked at in all; references can point at each other

// Valid JSON out of what pages call JSON: without comments around it, control characters in strings, trailing commas.
std::string forgiven(std::string_view script) {
  constexpr std::string_view kCdata = "<![CDATA[";
  if (const std::size_t at = script.find(kCdata); at < 20) script.remove_prefix(at + kCdata.size());
  if (const std::size_t at = script.rfind("]]>"); at != std::string_view::npos) script = script.substr(0, at);
  const std::size_t begin = script.find_first_of("{[");
  const std::size_t end = script.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  std::string out;
  bool in_string = false;
  for (std::size_t i = begin; i <= end; ++i) {
    const char c = script[i];
    if (in_string && c == '\\' && i < end) {
      out += c;
      out += script[++i];
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (!in_string && (c == '}' || c == ']')) {
      while (!out.empty() && is_blank(out.back())) out.pop_back();
      if (out.ends_with(',')) out.pop_back();
    }
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

bool is_article_type(std::string_view type) {
  if (type.starts_with("http")) type = type.substr(type.rfind('/') + 1);
  constexpr auto kOthers =
      std::to_array<std::string_view>({"BlogPosting", "LiveBlogPosting", "Report", "Review", "CriticReview"});
  return type.ends_with("Article") || std::find(kOthers.begin(), kOthers.end(), type) != kOthers.end();
}

class LdReader {
 public:
  std::optional<StatedArticle> read(const std::vector<std::string>& scripts) {
    // One parser a script: elements live as long as their parser.
    parsers_.resize(scripts.size());
    for (std::size_t i = 0; i < scripts.size(); ++i) {
      dom::element root;
      if (parsers_[i].parse(forgiven(scripts[i])).get(root) != simdjson::SUCCESS) continue;
      collect(root, 0);
    }
    std::optional<StatedArticle> best;
    int best_weight = 0;
    for (const dom::object& object : articles_) {
      StatedArticle article = read_article(object);
      const int weight = weight_of(article);
      if (weight > best_weight) {
        best = std::move(article);
        best_weight = weight;
      }
    }
    return best;
  }

 private:
  static int weight_of(const StatedArticle& a) {
    return (a.headline.empty() ? 0 : 4) + (a.published.empty() ? 0 : 4) + (a.body.empty() ? 0 : 2) +
           (a.authors.empty() ? 0 : 1) + (a.publisher.empty() ? 0 : 1);
  }

  void collect(const dom::element& element, int depth) {
    if (depth > kMaxDepth) return;
    dom::array list;
    if (element.get(list) == simdjson::SUCCESS) {
      for (const dom::element item : list) collect(item, depth + 1);
      return;
    }
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) return;
    if (const std::string id = string_of(object, "@id"); !id.empty()) by_id_.emplace(id, object);
    if (is_article(object)) articles_.push_back(object);
    for (const char* inner : {"@graph", "mainEntity", "mainEntityOfPage"}) {
      dom::element child;
      if (object[inner].get(child) == simdjson::SUCCESS) collect(child, depth + 1);
    }
  }

  static bool is_article(const dom::object& object) {
    dom::element type;
    if (object["@type"].get(type) != simdjson::SUCCESS) return false;
    std::string_view name;
    if (type.get(name) == simdjson::SUCCESS) return is_article_type(name);
    dom::array names;
    if (type.get(names) != simdjson::SUCCESS) return false;
    for (const dom::element item : names) {
      if (item.get(name) == simdjson::SUCCESS && is_article_type(name)) return true;
    }
    return false;
  }

  static std::string string_of(const dom::object& object, const char* key) {
    std::string_view text;
    return object[key].get(text) == simdjson::SUCCESS ? std::string(trim_blanks(text)) : std::string();
  }

  static std::string first_string(const dom::object& object, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
      std::string text = string_of(object, key);
      dom::array list;
      std::string_view first;
      if (text.empty() && object[key].get(list) == simdjson::SUCCESS && list.at(0).get(first) == simdjson::SUCCESS) {
        text = trim_blanks(first);
      }
      if (!text.empty()) return text;
    }
    return {};
  }

  // Names of people or organisations: a string, an object with a name, a reference to one, or a list of these.
  void add_names(const dom::element& element, std::vector<std::string>& out, int depth = 0) const {
    if (depth > kMaxDepth || out.size() > 50 || ++names_read_ > kMaxNames) return;
    std::string_view text;
    dom::array list;
    dom::object object;
    if (element.get(text) == simdjson::SUCCESS) {
      std::string name = plain_text(text);
      const bool is_link = name.starts_with("http://") || name.starts_with("https://");
      if (!name.empty() && !is_link && std::find(out.begin(), out.end(), name) == out.end())
        out.push_back(std::move(name));
    } else if (element.get(list) == simdjson::SUCCESS) {
      for (const dom::element item : list) add_names(item, out, depth + 1);
    } else if (element.get(object) == simdjson::SUCCESS) {
      dom::element name;
      if (object["name"].get(name) == simdjson::SUCCESS) {
        add_names(name, out, depth + 1);
      } else if (const auto found = by_id_.find(string_of(object, "@id")); found != by_id_.end()) {
        if (found->second["name"].get(name) == simdjson::SUCCESS) add_names(name, out, depth + 1);
      }
    }
  }

  std::vector<std::string> names(const dom::object& object, const char* key) const {
    std::vector<std::string> out;
    dom::element element;
    if (object[key].get(element) == simdjson::SUCCESS) add_names(element, out);
    return out;
  }

  static bool is_false(const dom::object& object, const char* key) {
    bool value = true;
    if (object[key].get(value) == simdjson::SUCCESS) return !value;
    return equals_no_case(string_of(object, key), "false");
  }

  static bool is_paywalled(const dom::object& object) {
    if (is_false(object, "isAccessibleForFree")) return true;
    dom::object part;
    if (object["hasPart"].get(part) == simdjson::SUCCESS && is_false(part, "isAccessibleForFree")) return true;
    dom::array parts;
    if (object["hasPart"].get(parts) != simdjson::SUCCESS) return false;
    for (const dom::element item : parts) {
      if (item.get(part) == simdjson::SUCCESS && is_false(part, "isAccessibleForFree")) return true;
    }
    return false;
  }

  static std::string url_of(const dom::object& object) {
    std::string url = string_of(object, "url");
    if (url.empty()) url = string_of(object, "mainEntityOfPage");
    dom::object page;
    if (url.empty() && object["mainEntityOfPage"].get(page) == simdjson::SUCCESS) {
      url = first_string(page, {"@id", "url"});
    }
    if (url.empty()) url = string_of(object, "@id");
    // A fragment is the name of the object in the page, not of the page.
    url = url.substr(0, url.find('#'));
    return url.starts_with("http") ? url : std::string();
  }

  StatedArticle read_article(const dom::object& object) const {
    StatedArticle article;
    article.headline = plain_text(first_string(object, {"headline", "name"}));
    article.published = first_string(object, {"datePublished", "dateCreated", "uploadDate"});
    article.modified = first_string(object, {"dateModified"});
    article.authors = names(object, "author");
    if (article.authors.empty()) article.authors = names(object, "creator");
    const std::vector<std::string> publishers = names(object, "publisher");
    if (!publishers.empty()) article.publisher = publishers.front();
    article.url = url_of(object);
    article.language = first_string(object, {"inLanguage"});
    article.sections = names(object, "articleSection");
    article.keywords = names(object, "keywords");
    article.body = string_of(object, "articleBody");
    article.description = plain_text(string_of(object, "description"));
    article.paywalled = is_paywalled(object);
    return article;
  }

  mutable std::size_t names_read_ = 0;
  std::vector<dom::parser> parsers_;
  std::vector<dom::object> articles_;
  std::map<std::string, dom::object, std::less<>> by_id_;
};

}  // namespace

std::optional<StatedArticle> read_json_ld(const std::vector<std::string>& scripts) {
  return LdReader().read(scripts);
}

std::string plain_text(std::string_view text) {
  if (text.find_first_of("<&") == std::string_view::npos) {
    std::string out;
    append_collapsed(trim_blanks(text), out);
    return out;
  }
  std::string once(text);
  // Twice at most: "&amp;eacute;" is an é that went through two programs.
  for (int round = 0; round < 2 && once.find_first_of("<&") != std::string::npos; ++round) {
    const auto tree = HtmlTree::parse("<body>" + once);
    if (!tree) break;
    std::string decoded = tree->text_of(0);
    if (decoded == once) break;
    once = std::move(decoded);
  }
  return once;
}

}  // namespace depeche::ingest
