#include "schema/terms.hh"

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "schema/fields.hh"

namespace depeche::schema {
namespace {

constexpr std::size_t kMaxTermBytes = 245;  // Xapian's limit for glass
constexpr std::size_t kHashDigits = 16;

// What a term takes in the tables: a NUL counts twice.
std::size_t stored_size(std::string_view s) {
  return s.size() + static_cast<std::size_t>(std::count(s.begin(), s.end(), '\0'));
}

std::uint64_t hash_bytes(std::string_view bytes) {  // FNV-1a
  std::uint64_t h = 0xcbf29ce484222325u;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return h;
}

}  // namespace

std::string value_term(std::string_view prefix, std::string_view value) {
  std::string term(prefix);
  if (prefix.size() + stored_size(value) <= kMaxTermBytes) return term.append(value);
  char hash[kHashDigits + 1];
  std::snprintf(hash, sizeof hash, "%016llx", static_cast<unsigned long long>(hash_bytes(value)));
  std::string_view beginning = value.substr(0, kMaxTermBytes - prefix.size() - kHashDigits);
  while (prefix.size() + stored_size(beginning) + kHashDigits > kMaxTermBytes) beginning.remove_suffix(1);
  return term.append(beginning).append(hash, kHashDigits);
}

std::string id_term(std::string_view id) { return value_term(field(FieldId::kId).prefix, id); }

std::string origin_term(std::string_view path_id) { return value_term(kOriginPrefix, path_id); }

}  // namespace depeche::schema
