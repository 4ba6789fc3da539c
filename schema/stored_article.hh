// The article as it lies in the index: everything needed to show it, export it and rebuild its sidecars.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotations.hh"
#include "core/article.hh"
#include "core/error.hh"
#include "schema/fields.hh"

namespace depeche::schema {

// The labels of each facet, by facet_index().
using FacetLabels = std::array<std::vector<std::string>, kFacetCount>;

struct StoredArticle {
  Article article;
  Annotations annotations;
  FacetLabels labels;
  std::uint64_t content_hash = 0;  // of the article as read; tells whether a re-index changes anything
};

// The version byte, then compressed (compression.hh) what every hit needs, then compressed the rest. An unknown version
// is kIndexVersion, anything else that cannot be read kIndexDamaged.
std::string encode(const StoredArticle& stored);
Result<StoredArticle> decode(std::string_view data);

// Of the article as read, whatever was found in it: two that differ have different hashes, but for chance.
std::uint64_t hash_of(const Article& article, std::uint64_t seed);

// What a hit needs, without touching the rest. Views point into the buffer it was decoded to.
struct ArticleSummary {
  std::string_view id, title, url, source, text;
  std::uint64_t content_hash = 0;
  std::optional<Date> date;
  std::array<std::vector<std::string_view>, kFacetCount> labels;  // as in FacetLabels, in the order of the article
};
// Replaces `buffer`, which must outlive the summary.
Result<ArticleSummary> decode_summary(std::string_view data, std::string& buffer);

}  // namespace depeche::schema
