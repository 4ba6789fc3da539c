// The parts of the next revision, put together: old ones without what was deleted, new ones, small ones joined. Nothing
// of it is seen by readers before publish().
//
// REQUIRES: the lock of the index is held.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <xapian.h>

#include "core/error.hh"
#include "schema/index_folder.hh"

namespace depeche::indexer {

class Generation {
 public:
  explicit Generation(const schema::IndexFolder& old) : old_(old), parts_(old.parts) {}

  // A name for a new folder: never used before, since readers may have an old one open.
  std::string new_part();
  std::string path(const std::string& part) const { return old_.path + "/" + part; }

  void add(const std::string& part) { parts_.push_back(part); }
  // Takes the documents out, by part of the old revision.
  Result<void> remove(const std::map<std::size_t, std::vector<Xapian::docid>>& documents);
  // Joins the smallest parts while there are many, so that a query opens few. Joining takes memory: a part whose
  // sidecars have half of `max_bytes` or more is large, stays as it is and is not counted.
  Result<void> merge_small(std::uint64_t max_bytes);

  bool changed() const { return parts_ != old_.parts; }
  const std::vector<std::string>& parts() const { return parts_; }

 private:
  const schema::IndexFolder& old_;
  std::vector<std::string> parts_;
  std::size_t made_ = 0;
};

}  // namespace depeche::indexer
