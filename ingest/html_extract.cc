#include "ingest/html_extract.hh"

#include <algorithm>
#include <unordered_set>

#include "ingest/ascii.hh"
#include "ingest/dates.hh"
#include "ingest/html_blocks.hh"
#include "ingest/html_boilerplate.hh"

namespace depeche::ingest {
namespace {

// Letters and digits only, so that spacing and quotes do not matter.
std::string skeleton(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0xC0) out += to_lower_ascii(c);
  }
  return out;
}

class Extractor {
 public:
  Extractor(const HtmlTree& tree, std::string_view title, std::string_view stated_body)
      : tree_(tree), title_(skeleton(title)), stated_(skeleton(stated_body)), dropped_(mark_boilerplate(tree)) {
    blocks_ = collect_blocks(tree_, 0, dropped_);
    before_.resize(blocks_.size() + 1);
    for (std::size_t i = 0; i < blocks_.size(); ++i) before_[i + 1] = before_[i] + running_text(blocks_[i]);
  }

  std::string run() {
    const std::uint32_t container = choose();
    auto [first, last] = range_of(container);
    first = after_heading(first, last);
    std::vector<const Block*> chosen;
    for (std::size_t i = first; i < last; ++i) chosen.push_back(&blocks_[i]);
    return emit(chosen);
  }

 private:
  // The blocks below a node: [first, last).
  std::pair<std::size_t, std::size_t> range_of(std::uint32_t node) const {
    const auto less = [](const Block& block, std::uint32_t at) { return block.at < at; };
    const auto first = std::lower_bound(blocks_.begin(), blocks_.end(), node, less);
    const auto last = std::lower_bound(first, blocks_.end(), tree_[node].end, less);
    return {static_cast<std::size_t>(first - blocks_.begin()), static_cast<std::size_t>(last - blocks_.begin())};
  }
  std::size_t text_in(std::uint32_t node) const {
    const auto [first, last] = range_of(node);
    return before_[last] - before_[first];
  }
  std::size_t total() const { return before_.back(); }

  std::uint32_t choose() const {
    if (const std::uint32_t body = marked_body(); body != 0) return body;
    std::uint32_t best_article = 0;
    std::uint32_t best_main = 0;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      if (dropped_[i]) {
        i = tree_[i].end - 1;
        continue;
      }
      const std::string_view role = tree_.attribute(i, "role");
      if (tree_[i].tag == GUMBO_TAG_ARTICLE || role == "article") better(best_article, i);
      if (tree_[i].tag == GUMBO_TAG_MAIN || role == "main") better(best_main, i);
    }
    if (best_article != 0 && text_in(best_article) * 100 >= total() * 35) return descend(best_article);
    if (best_main != 0 && text_in(best_main) * 100 >= total() * 50) return descend(best_main);
    return descend(0);
  }

  void better(std::uint32_t& best, std::uint32_t node) const {
    if (text_in(node) > 0 && (best == 0 || text_in(node) > text_in(best))) best = node;
  }

  // What says itself that it is the body: the one with most text, or the parent of several.
  std::uint32_t marked_body() const {
    std::uint32_t best = 0;
    std::size_t sum = 0;
    std::uint32_t common = 0;
    bool siblings = true;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      if (dropped_[i]) {
        i = tree_[i].end - 1;
        continue;
      }
      const std::string_view property = tree_.attribute(i, "itemprop");
      if (property.find("articleBody") == std::string_view::npos) continue;
      better(best, i);
      sum += text_in(i);
      siblings = siblings && (common == 0 || common == tree_[i].parent);
      common = tree_[i].parent;
    }
    if (best == 0 || sum * 100 < total() * 30) return 0;
    return siblings && text_in(best) < sum ? common : best;
  }

  // Down to the innermost node that still has nearly all of the running text.
  std::uint32_t descend(std::uint32_t node) const {
    while (true) {
      std::uint32_t best = 0;
      for (std::uint32_t child = node + 1; child < tree_[node].end; child = tree_[child].end) {
        if (!tree_[child].is_text() && !dropped_[child]) better(best, child);
      }
      if (best == 0 || text_in(best) * 100 < text_in(node) * 70 || tree_[best].tag == GUMBO_TAG_P) return node;
      node = best;
    }
  }

  // Past the title and what stands above it, when it is near the beginning.
  std::size_t after_heading(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
      if ((before_[i] - before_[first]) * 100 > (before_[last] - before_[first]) * 15) break;
      if (is_title(blocks_[i])) return i + 1;
    }
    return first;
  }

  bool is_title(const Block& block) const {
    if (tree_[block.node].tag == GUMBO_TAG_H1) return true;
    if (title_.empty() || block.text.size() > 400) return false;
    const std::string own = skeleton(block.text);
    return own == title_;
  }

  static bool is_byline(const Block& block) {
    const std::string& text = block.text;
    if (text.size() > 160) return false;
    for (const std::string_view lead :
         {"par ", "by ", "publié", "mis à jour", "modifié", "posté", "published", "updated", "posted", "le ",
          "avec afp", "rédaction", "von ", "last updated", "created"}) {
      if (!starts_with_no_case(text, lead)) continue;
      if (!text.ends_with('.') || find_date(text)) return true;
    }
    return find_date(text) && text.size() < 80 && !text.ends_with('.');
  }

  bool is_worth(const Block& block, bool has_text_before) const {
    const std::size_t size = block.text.size();
    if (is_title(block) || is_furniture(block.text)) return false;
    if (block.link_density() > 0.6 && (size < 250 || block.link_density() > 0.9) && block.kind != BlockKind::kHeading)
      return false;
    if (!has_text_before && block.kind != BlockKind::kHeading && is_byline(block)) return false;
    if (block.kind == BlockKind::kHeading) return block.link_density() < 0.8;
    if (block.kind == BlockKind::kPlain && size < 25 && running_text(block) == 0) return false;
    return std::any_of(block.text.begin(), block.text.end(),
                       [](char c) { return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80; });
  }

  std::string emit(const std::vector<const Block*>& chosen) const {
    std::vector<const Block*> kept;
    bool has_text = false;
    bool in_furniture = false;
    for (const Block* block : chosen) {
      if (is_furniture_heading(block->text)) {
        in_furniture = true;
        continue;
      }
      // A list of links under such a heading ends where running text begins again.
      if (in_furniture && running_text(*block) == 0) continue;
      in_furniture = false;
      if (!is_worth(*block, has_text)) continue;
      has_text = has_text || running_text(*block) > 0;
      kept.push_back(block);
    }
    // Headings that nothing follows.
    while (!kept.empty() && kept.back()->kind == BlockKind::kHeading) kept.pop_back();
    std::string out;
    for (const Block* block : kept) out.append(out.empty() ? "" : "\n\n").append(block->text);
    return out;
  }

  const HtmlTree& tree_;
  std::string title_;
  std::string stated_;
  std::vector<bool> dropped_;
  std::vector<Block> blocks_;
  std::vector<std::size_t> before_;  // running text before each block
};

}  // namespace

std::string extract_body(const HtmlTree& tree, std::string_view title, std::string_view stated_body) {
  return Extractor(tree, title, stated_body).run();
}

std::string whole_body(const HtmlTree& tree) {
  std::string out;
  for (const Block& block : collect_blocks(tree, 0, mark_invisible(tree))) {
    out.append(out.empty() ? "" : "\n\n").append(block.text);
  }
  return out;
}

}  // namespace depeche::ingest
