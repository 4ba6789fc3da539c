// Tells whether an article has changed since it was indexed. Stored with each document: never to be changed lightly, for
// then every article counts as changed once.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/article.hh"

namespace depeche::indexer {

// Of all that the article says, and of the rules of extraction (`extractor`): other names or rules change it too.
std::uint64_t content_hash(const Article& article, std::string_view extractor);

}  // namespace depeche::indexer
