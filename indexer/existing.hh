// What the index holds already, by id.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <xapian.h>

#include "core/error.hh"
#include "indexer/near_duplicates.hh"
#include "schema/index_folder.hh"

namespace depeche::indexer {

struct Place {
  std::size_t part = 0;
  Xapian::docid doc = 0;
};

// Read-only look-ups; throws Xapian::Error, the caller guards. One a thread.
class ExistingArticles {
 public:
  explicit ExistingArticles(const schema::IndexFolder& folder);

  struct Found {
    Place place;
    std::uint64_t content_hash = 0;
  };
  std::optional<Found> find(std::string_view id) const;
  struct FromInput {
    Place place;
    std::string origin;  // "corpus/2024/a.jsonl"
  };
  // The articles that came from below any of the prefixes ("corpus/"), each once, part by part.
  std::vector<FromInput> from_inputs(std::vector<std::string> prefixes) const;
  // Puts the signature of every article into `finder`, in the order of the index.
  void load_groups(GroupFinder& finder) const;
  std::uint64_t count() const;

 private:
  std::vector<Xapian::Database> parts_;
};

}  // namespace depeche::indexer
