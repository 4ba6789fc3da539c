#include "schema/fields.hh"

#include <string>

namespace depeche::schema {
namespace {

// Field names have no other letters with marks than é, è, É, È; everything else is compared as it is.
std::string plain(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    const auto next = i + 1 < name.size() ? static_cast<unsigned char>(name[i + 1]) : 0;
    if (c == 0xC3 && (next == 0xA8 || next == 0xA9 || next == 0x88 || next == 0x89)) {
      out += 'e';
      ++i;
    } else if ((c == 0xCC) && (next == 0x80 || next == 0x81)) {
      ++i;  // a combining accent after the letter
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
    }
  }
  return out;
}

}  // namespace

std::optional<FieldId> find_field(std::string_view name, bool internal) {
  const std::string wanted = plain(name);
  for (const Field& f : kFields) {
    if (f.id == FieldId::kId && !internal) continue;
    if (wanted == f.name || wanted == f.french) return f.id;
  }
  return std::nullopt;
}

}  // namespace depeche::schema
