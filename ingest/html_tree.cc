#include "ingest/html_tree.hh"

#include <algorithm>

#include "ingest/ascii.hh"
#include "ingest/html_prescan.hh"

namespace depeche::ingest {
// Gumbo's memory, all freed at once: its own way of freeing goes as deep into the stack as the page is nested.
struct HtmlTree::Arena {
  // Small at first: titles and descriptions are parsed too.
  static constexpr std::size_t kFirstChunk = 8 << 10;
  static constexpr std::size_t kMaxChunk = 1 << 20;

  std::string source;
  std::vector<std::unique_ptr<char[]>> chunks;
  std::size_t left = 0;
  char* next = nullptr;

  void* take(std::size_t size) {
    size = (size + 15) / 16 * 16;
    if (size > left) {
      const std::size_t chunk =
          std::max(size, std::min(kFirstChunk << std::min<std::size_t>(chunks.size(), 10), kMaxChunk));
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
  auto reduced = prescan_html(utf8);
  if (!reduced) return tl::unexpected<Error>(reduced.error());
  if (reduced->size() > kMaxPageBytes) {
    return failure(ErrorCode::kBadRecord, "the page is larger than " + std::to_string(kMaxPageBytes) + " bytes");
  }
  HtmlTree tree;
  tree.arena_->source = std::move(*reduced);
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
