// A page as the blocks of text that a reader sees one below the other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/html_tree.hh"

namespace depeche::ingest {

enum class BlockKind : std::uint8_t { kParagraph, kHeading, kItem, kQuote, kCell, kPlain, kPre };

struct Block {
  BlockKind kind = BlockKind::kPlain;  // kPlain: in a <div> or the like, not in a <p>
  std::uint32_t node = 0;              // the innermost block element around it
  std::uint32_t at = 0;                // the node of its first text; increases from block to block
  std::size_t link_bytes = 0;          // of the text, inside links
  std::size_t bold_bytes = 0;          // inside <b> or <strong>
  bool is_teaser = false;              // follows a heading that is a link: the summary of another page
  std::string text = {};

  double link_density() const {
    return text.empty() ? 0 : static_cast<double>(link_bytes) / static_cast<double>(text.size());
  }
};

// The blocks of `root` in order, without the subtrees of nodes for which `dropped[node]` is set. Runs of <br>
// separate blocks.
std::vector<Block> collect_blocks(const HtmlTree& tree, std::uint32_t root, const std::vector<bool>& dropped);

}  // namespace depeche::ingest
