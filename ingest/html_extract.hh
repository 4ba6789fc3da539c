// The article in a page: where it is, and its text.
#pragma once

#include <string>
#include <string_view>

#include "ingest/html_tree.hh"

namespace depeche::ingest {

// Paragraphs, sub-headings, lists and quotations of the page's article, a blank line between them. By what marks the
// body (itemprop, <article>, <main>), else by where the running text lies. `title` is left out of it, a standfirst is
// part of it (`description` helps to find it); `stated_body`
// is the body as the page's metadata give it (may be empty, cut or without paragraphs), used to find the place and
// where the page has less.
std::string extract_body(const HtmlTree& tree, std::string_view title, std::string_view description,
                         std::string_view stated_body);

// The text of a tree that is an article's body and nothing else: captions and pointers to other articles are left
// out.
std::string extract_fragment(const HtmlTree& tree, std::string_view title);

}  // namespace depeche::ingest
