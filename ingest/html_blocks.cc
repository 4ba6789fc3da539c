#include "ingest/html_blocks.hh"

#include <algorithm>

#include "ingest/ascii.hh"

namespace depeche::ingest {
namespace {

bool is_block(GumboTag tag) {
  switch (static_cast<int>(tag)) {
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
      return true;
    default:
      return false;
  }
}

BlockKind kind_of(const HtmlTree& tree, std::uint32_t node) {
  for (int up = 0; up < 4; ++up) {
    switch (static_cast<int>(tree[node].tag)) {
      case GUMBO_TAG_P:
        return BlockKind::kParagraph;
      case GUMBO_TAG_H1:
      case GUMBO_TAG_H2:
      case GUMBO_TAG_H3:
      case GUMBO_TAG_H4:
      case GUMBO_TAG_H5:
      case GUMBO_TAG_H6:
        return BlockKind::kHeading;
      case GUMBO_TAG_LI:
      case GUMBO_TAG_DD:
      case GUMBO_TAG_DT:
        return BlockKind::kItem;
      case GUMBO_TAG_BLOCKQUOTE:
        return BlockKind::kQuote;
      case GUMBO_TAG_PRE:
        return BlockKind::kPre;
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH:
        return BlockKind::kCell;
      default:
        break;
    }
    if (node == 0) break;
    node = tree[node].parent;
  }
  return BlockKind::kPlain;
}

class BlockCollector {
 public:
  BlockCollector(const HtmlTree& tree, const std::vector<bool>& dropped) : tree_(tree), dropped_(dropped) {}

  std::vector<Block> collect(std::uint32_t root) {
    for (std::uint32_t i = root; i < tree_[root].end; ++i) {
      close_until(i);
      if (dropped_[i]) {
        if (is_block(tree_[i].tag)) flush();
        i = tree_[i].end - 1;
      } else {
        enter(i);
      }
    }
    flush();
    return std::move(blocks_);
  }

 private:
  struct Open {
    std::uint32_t end;
    GumboTag tag;
    std::uint32_t node;
  };

  void close_until(std::uint32_t at) {
    while (!open_.empty() && open_.back().end <= at) {
      if (is_block(open_.back().tag)) flush();
      count(open_.back().tag, -1);
      open_.pop_back();
    }
  }

  void count(GumboTag tag, int by) {
    if (tag == GUMBO_TAG_A) links_ += by;
    if (tag == GUMBO_TAG_B || tag == GUMBO_TAG_STRONG) bolds_ += by;
    if (tag == GUMBO_TAG_PRE) pres_ += by;
  }

  void enter(std::uint32_t i) {
    const HtmlNode& node = tree_[i];
    if (node.is_text()) return add_text(i);
    if (node.tag == GUMBO_TAG_BR) {
      if (++breaks_ == 2) flush();
      if (!current_.text.empty() && !current_.text.ends_with('\n')) {
        while (current_.text.ends_with(' ')) current_.text.pop_back();
        current_.text += '\n';
      }
      return;
    }
    if (is_block(node.tag)) flush();
    count(node.tag, 1);
    open_.push_back({node.end, node.tag, i});
  }

  void add_text(std::uint32_t i) {
    const std::string_view text = tree_[i].text;
    const bool is_visible = !trim_blanks(text).empty();
    if (!is_visible && current_.text.empty()) return;
    if (is_visible) breaks_ = 0;
    if (current_.text.empty()) current_.at = i;
    const std::size_t before = current_.text.size();
    if (pres_ > 0) {
      current_.text += text;
    } else {
      append_collapsed(text, current_.text);
    }
    const std::size_t added = current_.text.size() - before;
    if (links_ > 0) current_.link_bytes += added;
    if (bolds_ > 0) current_.bold_bytes += added;
  }

  std::uint32_t innermost_block(std::uint32_t node) const {
    while (node != 0 && !is_block(tree_[node].tag)) node = tree_[node].parent;
    return node;
  }

  void flush() {
    while (!current_.text.empty() && is_blank(current_.text.back())) current_.text.pop_back();
    if (!current_.text.empty()) {
      current_.node = innermost_block(tree_[current_.at].parent);
      current_.kind = kind_of(tree_, current_.node);
      const bool is_heading = current_.kind == BlockKind::kHeading;
      current_.is_teaser = !is_heading && !blocks_.empty() && blocks_.back().kind == BlockKind::kHeading &&
                           blocks_.back().link_density() > 0.8;
      blocks_.push_back(std::move(current_));
    }
    current_ = {};
    breaks_ = 0;
  }

  const HtmlTree& tree_;
  const std::vector<bool>& dropped_;
  std::vector<Open> open_;
  std::vector<Block> blocks_;
  Block current_;
  int links_ = 0;
  int bolds_ = 0;
  int pres_ = 0;
  int breaks_ = 0;
};

}  // namespace

std::vector<Block> collect_blocks(const HtmlTree& tree, std::uint32_t root, const std::vector<bool>& dropped) {
  return BlockCollector(tree, dropped).collect(root);
}

}  // namespace depeche::ingest
