// The suggestions of a part: the words, names and titles that a beginning may become (schema/part_layout.hh).
#pragma once

#include <string>

#include "core/error.hh"
#include "schema/string_table.hh"

namespace depeche::indexer {

// Reads the part's token stream and columns, which must be written, and writes suggest.dps beside them. `spellings`:
// as TokenStream::build() collects them.
Result<void> write_suggestions(const std::string& part_path, const schema::StringTableBuilder& spellings, bool sync);

// The spellings in a sidecar of suggestions; none where they are cut.
schema::StringTableBuilder spellings_of(const schema::Sidecar& suggestions);

}  // namespace depeche::indexer
