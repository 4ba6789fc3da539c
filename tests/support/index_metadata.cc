#include "tests/support/index_metadata.hh"

#include <xapian.h>

#include <filesystem>

namespace depeche::test {

void set_index_metadata(const std::string& index, const std::string& key, const std::string& value) {
  for (const auto& entry : std::filesystem::directory_iterator(index)) {
    if (!entry.is_directory()) continue;
    Xapian::WritableDatabase part(entry.path(), Xapian::DB_OPEN);
    part.set_metadata(key, value);
    part.commit();
  }
}

}  // namespace depeche::test
