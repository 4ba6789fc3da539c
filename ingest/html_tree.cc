#include "ingest/html_tree.hh"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "ingest/ascii.hh"

namespace depeche::ingest {
namespace {

constexpr std::size_t kMaxDepth = 1000;
// Each formatting element left open is repeated in every paragraph that follows (HTML § 13.2.4.3).
constexpr std::size_t kMaxRepeatedNodes = 2'000'000;

constexpr auto kNeverClosed = std::to_array<std::string_view>(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
     // Closed by what follows them, and often left open.
     "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup"});
constexpr auto kFormatting = std::to_array<std::string_view>(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"});
constexpr auto kRaw = std::to_array<std::string_view>({"script", "style", "textarea", "title", "noscript", "iframe"});

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Estimates from tags alone what the parser would have to build.
class Prescan {
 public:
  explicit Prescan(std::string_view html) { scan(html); }

  bool is_too_deep() const { return max_depth_ > static_cast<std::ptrdiff_t>(kMaxDepth); }
  bool repeats_too_much() const {
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(max_formatting_, 0)) * tags_ > kMaxRepeatedNodes * 8 &&
           max_formatting_ > 64;
  }

 private:
  void scan(std::string_view html) {
    std::size_t at = html.find('<');
    while (at != std::string_view::npos && at + 1 < html.size()) {
      const bool closing = html[at + 1] == '/';
      std::size_t begin = at + (closing ? 2 : 1);
      std::size_t end = begin;
      while (end < html.size() && (is_ascii_alnum(html[end]) || html[end] == '-')) ++end;
      const std::string name = to_lower_ascii(html.substr(begin, std::min<std::size_t>(end - begin, 16)));
      if (html.substr(at, 4) == "<!--") end = std::min(html.find("-->", at + 4), html.size());
      if (!name.empty()) count(name, closing, html, end);
      at = html.find('<', std::max(end, at + 1));
    }
  }

  void count(const std::string& name, bool closing, std::string_view html, std::size_t& end) {
    ++tags_;
    if (contains(kNeverClosed, name)) return;
    const bool is_formatting = contains(kFormatting, name);
    if (closing) {
      depth_ -= depth_ > 0 ? 1 : 0;
      if (is_formatting && formatting_ > 0) --formatting_;
      return;
    }
    if (contains(kRaw, name)) {  // its content is no markup
      const std::string stop = "</" + name;
      auto found = std::search(html.begin() + static_cast<std::ptrdiff_t>(end), html.end(), stop.begin(), stop.end(),
                               [](char a, char b) { return to_lower_ascii(a) == b; });
      if (found != html.end()) end = static_cast<std::size_t>(found - html.begin()) + stop.size();
      return;
    }
    const std::size_t close = html.find('>', end);
    if (close != std::string_view::npos && close > 0 && html[close - 1] == '/' && !is_formatting && name != "div")
      return;
    max_depth_ = std::max(max_depth_, ++depth_);
    if (is_formatting) max_formatting_ = std::max(max_formatting_, ++formatting_);
  }

  std::size_t tags_ = 0;
  std::ptrdiff_t depth_ = 0;
  std::ptrdiff_t max_depth_ = 0;
  std::ptrdiff_t formatting_ = 0;
  std::ptrdiff_t max_formatting_ = 0;
};

}  // namespace

// Gumbo's memory, all freed at once: its own way of freeing goes as deep into the stack as the page is nested.
struct HtmlTree::Arena {
  static constexpr std::size_t kChunk = 256 << 10;

  std::string source;
  std::vector<std::unique_ptr<char[]>> chunks;
  std::size_t left = 0;
  char* next = nullptr;

  void* take(std::size_t size) {
    size = (size + 15) / 16 * 16;
    if (size > left) {
      const std::size_t chunk = std::max(size, kChunk);
      chunks.push_back(std::make_unique_for_overwrite<char[]>(chunk));
      next = chunks.back().get();
      left = chunk;
    }
    char* taken = next;
    next += size;
    left -= size;
    return taken;
  }
};

HtmlTree::HtmlTree() : arena_(std::make_unique<Arena>()) {}
HtmlTree::HtmlTree(HtmlTree&&) noexcept = default;
HtmlTree& HtmlTree::operator=(HtmlTree&&) noexcept = default;
HtmlTree::~HtmlTree() = default;

namespace {

const GumboVector* children_of(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE ? &node->v.element.children : nullptr;
}

void flatten(const GumboNode* root, std::vector<HtmlNode>& nodes) {
  struct Open {
    const GumboNode* node;
    std::uint32_t index;
    unsigned next;
  };
  std::vector<Open> open;
  const auto add = [&](const GumboNode* node, std::uint32_t parent) {
    HtmlNode flat;
    flat.parent = parent;
    const auto index = static_cast<std::uint32_t>(nodes.size());
    flat.end = index + 1;
    if (const GumboVector* children = children_of(node)) {
      flat.tag = node->v.element.tag;
      flat.element = &node->v.element;
      nodes.push_back(flat);
      if (children->length > 0) open.push_back({node, index, 0});
    } else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
               node->type == GUMBO_NODE_CDATA) {
      flat.tag = GUMBO_TAG_LAST;
      flat.text = node->v.text.text;
      nodes.push_back(flat);
    }
  };
  add(root, 0);
  while (!open.empty()) {
    Open& top = open.back();
    const GumboVector* children = children_of(top.node);
    if (top.next == children->length) {
      nodes[top.index].end = static_cast<std::uint32_t>(nodes.size());
      open.pop_back();
    } else {
      const auto* child = static_cast<const GumboNode*>(children->data[top.next++]);
      add(child, top.index);
    }
  }
}

}  // namespace

Result<HtmlTree> HtmlTree::parse(std::string utf8) {
  if (utf8.size() > kMaxPageBytes) {
    return failure(ErrorCode::kBadRecord, "the page is larger than " + std::to_string(kMaxPageBytes) + " bytes");
  }
  const Prescan prescan(utf8);
  if (prescan.is_too_deep()) return failure(ErrorCode::kBadRecord, "the page is nested too deeply");
  if (prescan.repeats_too_much()) {
    return failure(ErrorCode::kBadRecord, "the page leaves too many formatting elements open");
  }
  HtmlTree tree;
  tree.arena_->source = std::move(utf8);
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  options.userdata = tree.arena_.get();
  options.allocator = [](void* arena, std::size_t size) { return static_cast<Arena*>(arena)->take(size); };
  options.deallocator = [](void*, void*) {};
  const std::string& source = tree.arena_->source;
  const GumboOutput* output = ::gumbo_parse_with_options(&options, source.data(), source.size());
  if (output == nullptr || output->root == nullptr) return failure(ErrorCode::kBadRecord, "the page has no content");
  flatten(output->root, tree.nodes_);
  return tree;
}

std::string_view HtmlTree::attribute(std::uint32_t node, const char* name) const {
  if (nodes_[node].is_text()) return {};
  const GumboAttribute* found = ::gumbo_get_attribute(&nodes_[node].element->attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool HtmlTree::has_attribute(std::uint32_t node, const char* name) const {
  return !nodes_[node].is_text() && ::gumbo_get_attribute(&nodes_[node].element->attributes, name) != nullptr;
}

std::string HtmlTree::text_of(std::uint32_t node) const {
  std::string out;
  for (std::uint32_t i = node; i < nodes_[node].end; ++i) {
    const GumboTag tag = nodes_[i].tag;
    if (i != node && (tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE)) {
      i = nodes_[i].end - 1;
    } else if (nodes_[i].is_text()) {
      append_collapsed(nodes_[i].text, out);
    } else if (tag == GUMBO_TAG_BR && !out.empty()) {
      append_collapsed(" ", out);
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

bool HtmlTree::is_inside(std::uint32_t node, GumboTag tag) const {
  while (node != 0) {
    node = nodes_[node].parent;
    if (nodes_[node].tag == tag) return true;
  }
  return false;
}

void append_collapsed(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_blank(c)) {
      if (!out.empty() && out.back() != ' ' && out.back() != '\n') out += ' ';
      continue;
    }
    if (text.substr(i, 2) == "\xC2\xAD") {
      ++i;
    } else if (text.substr(i, 3) == "\xE2\x80\x8B" || text.substr(i, 3) == "\xEF\xBB\xBF") {
      i += 2;
    } else {
      out += c;
    }
  }
}

}  // namespace depeche::ingest
