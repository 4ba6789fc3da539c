#include "schema/terms.hh"

#include <algorithm>

#include "core/hash.hh"
#include "schema/fields.hh"

namespace depeche::schema {
namespace {

constexpr std::size_t kMaxTermBytes = 245;  // Xapian's limit for glass
constexpr std::size_t kHashDigits = 16;  // of hex64()

// What a term takes in the tables: a NUL counts twice.
std::size_t stored_size(std::string_view s) {
  return s.size() + static_cast<std::size_t>(std::count(s.begin(), s.end(), '\0'));
}

}  // namespace

std::string value_term(std::string_view prefix, std::string_view value) {
  std::string term(prefix);
  if (prefix.size() + stored_size(value) <= kMaxTermBytes) return term.append(value);
  std::string_view beginning = value.substr(0, kMaxTermBytes - prefix.size() - kHashDigits);
  while (prefix.size() + stored_size(beginning) + kHashDigits > kMaxTermBytes) beginning.remove_suffix(1);
  return term.append(beginning).append(hex64(fnv1a(value)));
}

std::string id_term(std::string_view id) { return value_term(field(FieldId::kId).prefix, id); }

std::string origin_term(std::string_view path_id) { return value_term(kOriginPrefix, path_id); }

}  // namespace depeche::schema
