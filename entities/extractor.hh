// Who, where, what, how much and what happened: everything that the facets of an article are made of.
//
//   Extractor extractor(gazetteer);
//   Annotations found = extractor.extract(article);
//
// Mentions carry the canonical label of what they name: "Altman" after "Sam Altman" is labelled "Sam Altman".
#pragma once

#include <memory>
#include <string>

#include "core/annotations.hh"
#include "core/article.hh"

namespace depeche::entities {

class Gazetteer;

// Not thread-safe: one a thread. The gazetteer must outlive it and is shared.
class Extractor {
 public:
  explicit Extractor(const Gazetteer& gazetteer);
  ~Extractor();
  Extractor(Extractor&&) noexcept;

  // Ranges are bytes of article.title and article.text as they are. Never fails; linear in the size of the article.
  // Fields that the article gives itself (Article::given) are extracted all the same: the caller decides.
  Annotations extract(const Article& article);

 private:
  std::unique_ptr<class ExtractorImpl> impl_;
};

// A hash over everything that decides what is found: rules, gazetteers, models, rates.
std::string extractor_fingerprint(const Gazetteer& gazetteer);

}  // namespace depeche::entities
