#include "searcher/part.hh"

#include <cstring>

#include "schema/part_layout.hh"
#include "schema/sidecar_key.hh"

namespace depeche::searcher {

Result<std::shared_ptr<const Part>> Part::open(const std::string& path, const Xapian::Database& db) {
  auto part = std::make_shared<Part>();
  part->path = path;
  const auto load = [&]<class T>(T& into, std::string_view file, std::uint32_t format) -> Result<void> {
    auto sidecar = schema::Sidecar::open(path + "/" + std::string(file), schema::sidecar_key(db, format));
    if (!sidecar) return tl::unexpected(sidecar.error());
    part->sidecar_bytes += (*sidecar)->bytes();
    auto opened = T::open(std::move(*sidecar));
    if (!opened) return tl::unexpected(opened.error());
    into = std::move(*opened);
    return {};
  };
  if (auto done = load(part->columns, schema::kColumnsFile, schema::kColumnsFormat); !done) {
    return tl::unexpected(done.error());
  }
  if (auto done = load(part->words, schema::kStreamFile, schema::kStreamFormat); !done) {
    return tl::unexpected(done.error());
  }
  if (auto done = load(part->hot, schema::kHotFile, schema::kHotFormat); !done) return tl::unexpected(done.error());
  const auto suggestions = schema::Sidecar::open(path + "/" + std::string(schema::kSuggestFile),
                                                 schema::sidecar_key(db, schema::kSuggestFormat));
  if (suggestions) part->vocabulary = Vocabulary::open(*suggestions, part->words);
  part->sidecar_bytes += part->vocabulary.bytes();
  return part;
}

}  // namespace depeche::searcher
