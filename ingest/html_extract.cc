#include "ingest/html_extract.hh"

#include <algorithm>

#include "ingest/ascii.hh"
#include "ingest/dates.hh"
#include "ingest/html_blocks.hh"
#include "ingest/html_boilerplate.hh"
#include "ingest/json_ld.hh"

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

// Running text that makes an article by itself, whatever else is on the page.
constexpr std::size_t kArticleBytes = 1500;

// How much of `text` stands in `in`, 0 to 1, by samples; both are skeletons.
double share_found(std::string_view text, std::string_view in) {
  constexpr std::size_t kSample = 32;
  constexpr std::size_t kSamples = 40;
  if (text.size() <= kSample) return in.find(text) != std::string_view::npos ? 1 : 0;
  const std::size_t step = std::max<std::size_t>((text.size() - kSample) / kSamples, 1);
  std::size_t tried = 0;
  std::size_t found = 0;
  for (std::size_t at = 0; at + kSample <= text.size(); at += step) {
    ++tried;
    found += in.find(text.substr(at, kSample)) != std::string_view::npos ? 1 : 0;
  }
  return static_cast<double>(found) / static_cast<double>(tried);
}

// The body as metadata give it: tags and line breaks are paragraphs where there are any.
std::string stated_paragraphs(std::string_view body) {
  const auto tree = body.find("</") == std::string_view::npos ? Result<HtmlTree>(failure(ErrorCode::kBadRecord, {}))
                                                              : HtmlTree::parse(std::string(body));
  if (tree) return extract_fragment(*tree, {});
  std::string out;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find_first_of("\r\n"), body.size());
    const std::string line = plain_text(body.substr(0, end));
    if (!line.empty()) out.append(out.empty() ? "" : "\n\n").append(line);
    body.remove_prefix(std::min(end + 1, body.size()));
  }
  return out;
}

class Extractor {
 public:
  Extractor(const HtmlTree& tree, std::string_view title, std::string_view description, std::string_view stated_body)
      : tree_(tree), title_(skeleton(title)), description_(skeleton(description)), dropped_(mark_boilerplate(tree)) {
    if (!stated_body.empty()) stated_text_ = stated_paragraphs(stated_body);
    stated_ = skeleton(stated_text_);
    blocks_ = collect_blocks(tree_, 0, dropped_);
    before_.resize(blocks_.size() + 1);
    for (std::size_t i = 0; i < blocks_.size(); ++i) before_[i + 1] = before_[i] + running_text(blocks_[i]);
    if (total() > 0) return;
    // A page of a few words: any text that is no link counts.
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const bool counts = blocks_[i].kind != BlockKind::kHeading && blocks_[i].link_density() < 0.5;
      before_[i + 1] = before_[i] + (counts ? blocks_[i].text.size() : 0);
    }
  }

  // Of a tree that is a body and nothing else.
  std::string run_whole() {
    is_whole_ = true;
    std::vector<const Block*> all;
    for (const Block& block : blocks_) all.push_back(&block);
    const std::vector<const Block*> kept = keep(all);
    return joined(kept, kept.size());
  }

  std::string run() {
    const std::uint32_t container = choose();
    auto [first, last] = range_of(container);
    const std::size_t body = after_heading(first, last);
    std::vector<const Block*> chosen = body == first ? standfirst(first) : std::vector<const Block*>();
    first = body;
    for (std::size_t i = first; i < last; ++i) chosen.push_back(&blocks_[i]);
    const std::vector<const Block*> kept = keep(chosen);
    const std::string text = joined(kept, kept.size());
    if (stated_.size() < kStatedBytes) return text;
    const std::string shown = skeleton(text);
    const double found = share_found(stated_, shown);
    if (found < 0.5) return stated_text_;
    // The statement is whole: what stands below its end on the page is something else.
    if (found > 0.9 && stated_.size() * 10 > shown.size() * 7) return joined(kept, end_of_stated(kept));
    return text;
  }

 private:
  static constexpr std::size_t kStatedBytes = 400;  // shorter statements are teasers

  std::size_t end_of_stated(const std::vector<const Block*>& kept) const {
    std::size_t end = kept.size();
    while (end > 0 && share_found(skeleton(kept[end - 1]->text), stated_) < 0.5) --end;
    return end;
  }

  static std::string joined(const std::vector<const Block*>& blocks, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out.append(out.empty() ? "" : "\n\n").append(blocks[i]->text);
    return out;
  }

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
    return descend(around_title());
  }

  // The smallest node that has the title's heading and a good part of the running text behind it. The root when there
  // is no such heading.
  std::uint32_t around_title() const {
    for (const Block& block : blocks_) {
      if (block.kind != BlockKind::kHeading || !is_title(block)) continue;
      for (std::uint32_t node = block.node; node != 0; node = tree_[node].parent) {
        const auto [first, last] = range_of(node);
        const auto heading = static_cast<std::size_t>(&block - blocks_.data());
        const std::size_t behind = before_[last] - before_[std::max(first, heading)];
        if (behind >= kArticleBytes || behind * 100 > total() * 40) return node;
      }
    }
    return 0;
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
      if (is_continued(node, best)) return node;
      node = best;
    }
  }

  // A body in pieces, with advertisements between them: a sibling of the same name has running text too.
  bool is_continued(std::uint32_t node, std::uint32_t piece) const {
    const auto name = [&](std::uint32_t i) {
      const std::string_view names = trim_blanks(tree_.attribute(i, "class"));
      return names.substr(0, names.find_first_of(" \t\n"));
    };
    for (std::uint32_t child = node + 1; child < tree_[node].end; child = tree_[child].end) {
      if (child == piece || dropped_[child] || tree_[child].tag != tree_[piece].tag) continue;
      if (name(child) == name(piece) && text_in(child) > 0) return true;
    }
    return false;
  }

  // Past the title and what stands above it, when it is near the beginning.
  std::size_t after_heading(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
      if ((before_[i] - before_[first]) * 100 > (before_[last] - before_[first]) * 15) break;
      if (is_title(blocks_[i])) return i + 1;
    }
    return first;
  }

  // Running text between the title and the body that introduces the article: by name, or because the page's
  // description says the same.
  std::vector<const Block*> standfirst(std::size_t body) const {
    std::vector<const Block*> found;
    std::size_t heading = body;
    for (std::size_t i = body; i-- > 0 && body - i < 30;) {
      if (is_title(blocks_[i])) {
        heading = i;
        break;
      }
    }
    for (std::size_t i = heading + 1; i < body; ++i) {
      const Block& block = blocks_[i];
      const std::string own = skeleton(block.text);
      const bool is_described =
          own.size() > 40 && description_.size() > 40 &&
          (description_.find(own) != std::string::npos || own.find(description_) != std::string::npos);
      if (is_described || (running_text(block) > 0 && is_named_standfirst(block.node))) found.push_back(&block);
    }
    return found;
  }

  bool is_named_standfirst(std::uint32_t node) const {
    for (int up = 0; up < 3 && node != 0; ++up, node = tree_[node].parent) {
      const std::string names =
          to_lower_ascii(tree_.attribute(node, "class")).append(" ").append(tree_.attribute(node, "itemprop"));
      for (const std::string_view name :
           {"chapo", "chapeau", "standfirst", "excerpt", "intro", "dek", "lead", "subtitle", "sous-titre",
            "description", "__desc", "summary", "accroche", "subhead", "abstract", "deck"}) {
        if (names.find(name) != std::string::npos) return true;
      }
    }
    return false;
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
    const bool is_bold = block.bold_bytes * 10 > size * 8;
    if (block.kind == BlockKind::kPlain && size < 25 && !is_bold && !is_whole_) return false;
    return std::any_of(block.text.begin(), block.text.end(),
                       [](char c) { return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80; });
  }

  static bool is_label(const Block* block) {
    if (block == nullptr || block->text.size() > 60) return false;
    return block->kind == BlockKind::kHeading || block->text.ends_with(':');
  }

  std::vector<const Block*> keep(const std::vector<const Block*>& chosen) const {
    std::vector<const Block*> kept;
    bool has_text = false;
    bool in_furniture = false;
    const Block* previous = nullptr;
    for (const Block* block : chosen) {
      if (is_furniture_heading(block->text)) {
        in_furniture = true;
        continue;
      }
      // A list of links under such a heading ends where running text begins again.
      if (in_furniture && running_text(*block) == 0) continue;
      in_furniture = false;
      if (!is_worth(*block, has_text)) {
        // "More:", "Dossier", "Our coverage": what introduces links goes with them.
        const bool introduces = is_label(previous) && !kept.empty() && kept.back() == previous;
        if (block->link_density() > 0.6 && introduces) kept.pop_back();
        continue;
      }
      previous = block;
      has_text = has_text || running_text(*block) > 0;
      kept.push_back(block);
    }
    // Headings that nothing follows.
    while (!kept.empty() && kept.back()->kind == BlockKind::kHeading) kept.pop_back();
    return kept;
  }

  const HtmlTree& tree_;
  std::string title_;        // skeleton
  std::string description_;  // likewise
  std::string stated_text_;
  std::string stated_;  // its skeleton
  std::vector<bool> dropped_;
  std::vector<Block> blocks_;
  std::vector<std::size_t> before_;  // running text before each block
  bool is_whole_ = false;            // nothing but the body is there
};

}  // namespace

std::string extract_body(const HtmlTree& tree, std::string_view title, std::string_view description,
                         std::string_view stated_body) {
  return Extractor(tree, title, description, stated_body).run();
}

std::string extract_fragment(const HtmlTree& tree, std::string_view title) {
  return Extractor(tree, title, {}, {}).run_whole();
}

}  // namespace depeche::ingest
