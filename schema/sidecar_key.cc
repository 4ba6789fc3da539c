#include "schema/sidecar_key.hh"

#include <string>

namespace depeche::schema {

SidecarKey sidecar_key(const Xapian::Database& part, std::uint32_t format) {
  SidecarKey key;
  const std::string uuid = part.get_uuid();  // 36 characters, folded over each other into 16 bytes
  for (std::size_t i = 0; i < uuid.size(); ++i) {
    char& c = key.uuid[i % key.uuid.size()];
    c = static_cast<char>(static_cast<unsigned char>(c) * 31 + static_cast<unsigned char>(uuid[i]));
  }
  key.revision = part.get_revision();
  key.format = format;
  return key;
}

}  // namespace depeche::schema
