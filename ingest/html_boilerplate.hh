// What of a page is not its article: navigation, consent, sharing, related links, comments, captions.
#pragma once

#include <string_view>
#include <vector>

#include "ingest/html_blocks.hh"
#include "ingest/html_tree.hh"

namespace depeche::ingest {

// Marks the top nodes of subtrees that are no part of an article: by element, role, visibility, and the words of
// class and id. An element that holds much of the page's running text, or its only <h1>, is kept whatever its name
// says.
std::vector<bool> mark_boilerplate(const HtmlTree& tree);

// Only what is never text: scripts, styles, hidden elements, forms. For bodies that are known to be an article.
std::vector<bool> mark_invisible(const HtmlTree& tree);

// True for a line that leads elsewhere or speaks of the site: "Lire aussi : …", "Inscrivez-vous à notre newsletter",
// "Advertisement", "© AFP", "Crédit photo". Only short blocks are judged.
bool is_furniture(std::string_view text);

// True for a heading after which a list of such lines comes: "À lire aussi", "Sur le même sujet".
bool is_furniture_heading(std::string_view text);

// Bytes of running text in a block: 0 for headings, labels and lists of links.
std::size_t running_text(const Block& block);

}  // namespace depeche::ingest
