#include "tests/support/index_metadata.hh"

#include <xapian.h>

#include <filesystem>
#include <stdexcept>

#include "indexer/part_writer.hh"

namespace depeche::test {

void set_index_metadata(const std::string& index, const std::string& key, const std::string& value) {
  for (const auto& entry : std::filesystem::directory_iterator(index)) {
    if (!entry.is_directory()) continue;
    {
      Xapian::WritableDatabase part(entry.path(), Xapian::DB_OPEN);
      part.set_metadata(key, value);
      part.commit();
    }
    // The change is a new revision of the database; the sidecars are to look as if the other version had written
    // them.
    if (!indexer::rebuild_sidecars(entry.path())) throw std::runtime_error("cannot rebuild the sidecars");
  }
}

}  // namespace depeche::test
