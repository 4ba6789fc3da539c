// The text of an article with its mentions and amounts as links.
#pragma once

#include <string>

#include "core/annotations.hh"
#include "core/article.hh"
#include "web/page.hh"

namespace depeche::web {

// What `range` holds of that part, as paragraphs (`paragraphs`) or as one run of text. Mentions link to their
// entity's page, amounts carry the id "m" + their number among the article's amounts, events "e" + theirs; blocks
// that are short and end without a full stop are sub-headings.
SafeHtml marked_text(const Visit& visit, const Article& article, const Annotations& annotations, Part part,
                     ByteRange range, bool paragraphs);

}  // namespace depeche::web
