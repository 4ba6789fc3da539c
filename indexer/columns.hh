// Sidecars that are derived from a part's Xapian database alone: the columns and the hot postings.
#pragma once

#include <string>

#include "core/error.hh"

namespace depeche::indexer {

// Reads the value slots and writes columns.dps beside the database.
Result<void> write_columns(const std::string& part_path, bool sync);

// Decodes the posting lists of frequent words and writes hot.dps.
Result<void> write_hot_postings(const std::string& part_path, bool sync);

}  // namespace depeche::indexer
