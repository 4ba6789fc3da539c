// A parsed page as one array in document order: a node's descendants are the nodes behind it, up to its `end`. Every
// walk is a loop, however deep the page.
#pragma once

#include <gumbo.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hh"

namespace depeche::ingest {

// Larger pages are refused, not counting scripts and styles.
inline constexpr std::size_t kMaxPageBytes = 12u << 20;

struct HtmlNode {
  GumboTag tag = GUMBO_TAG_UNKNOWN;  // GUMBO_TAG_LAST: text
  std::uint32_t parent = 0;
  std::uint32_t end = 0;       // one past the last descendant
  std::string_view text = {};  // of text nodes
  const GumboElement* element = nullptr;

  bool is_text() const { return element == nullptr; }
};

class HtmlTree {
 public:
  HtmlTree(HtmlTree&&) noexcept;
  HtmlTree& operator=(HtmlTree&&) noexcept;
  ~HtmlTree();

  // `utf8` must be valid UTF-8. An error for pages that would take unbounded time or memory: too large, nested too
  // deeply, or with too many formatting elements left open.
  static Result<HtmlTree> parse(std::string utf8);

  const std::vector<HtmlNode>& nodes() const { return nodes_; }
  const HtmlNode& operator[](std::uint32_t i) const { return nodes_[i]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }

  // The attribute's value with entities resolved; empty when it is not there.
  std::string_view attribute(std::uint32_t node, const char* name) const;
  bool has_attribute(std::uint32_t node, const char* name) const;
  // The text below `node`, blanks collapsed; of scripts their source.
  std::string text_of(std::uint32_t node) const;
  bool is_inside(std::uint32_t node, GumboTag tag) const;

 private:
  HtmlTree();
  struct Arena;
  std::unique_ptr<Arena> arena_;  // owns all that nodes_ points into
  std::vector<HtmlNode> nodes_;   // [0] is <html>
};

// Appends `text` with every run of blanks as one blank, none at the beginning of `out` or after a line break, and
// without characters that only serve layout (soft hyphen, zero-width blank, byte-order mark).
void append_collapsed(std::string_view text, std::string& out);

}  // namespace depeche::ingest
