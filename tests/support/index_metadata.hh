// Indexes that another program could have written: metadata changed behind depeche's back.
#pragma once

#include <string>

namespace depeche::test {

// Sets the key in every part of the index. Throws what Xapian throws.
void set_index_metadata(const std::string& index, const std::string& key, const std::string& value);

}  // namespace depeche::test
