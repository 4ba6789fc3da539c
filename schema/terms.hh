// Terms that stand for whole values: ids, addresses, labels.
#pragma once

#include <string>
#include <string_view>

namespace depeche::schema {

// prefix + value; where that is longer than Xapian takes, the beginning and a hash of the whole.
std::string value_term(std::string_view prefix, std::string_view value);

std::string id_term(std::string_view id);
// Of the input (ingest::RawRecord::path_id) that an article came from.
std::string origin_term(std::string_view path_id);

}  // namespace depeche::schema
