// What the index holds already, by id.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
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
  std::optional<Signature> signature(Place place) const;
  std::string origin(Place place) const;  // the input that it came from: "corpus/2024/a.jsonl"
  struct FromInput {
    Place place;
    std::string origin;  // "corpus/2024/a.jsonl"
  };
  // The articles that came from one of the inputs or from below one ("corpus", "corpus/2024/a.jsonl"), each once, part
  // by part.
  std::vector<FromInput> from_inputs(std::vector<std::string> inputs) const;
  // Puts the signature of every article into `finder`, in the order of the index.
  void load_groups(GroupFinder& finder) const;

 private:
  std::vector<Xapian::Database> parts_;
};

}  // namespace depeche::indexer
