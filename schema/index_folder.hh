// The index as a folder: a stub file XAPIANDB that names the folders of its parts, so that stock Xapian tools open it.
//
//   index/XAPIANDB            # depeche revision 12
//                             auto part-000011
//                             auto part-000012
//   index/part-000011/        a Xapian glass database and its sidecars (*.dps)
//   index/LOCK                held by the one writer; its content names that process
//
// The stub is replaced by rename: readers see the old or the new set of parts, never a mixture.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hh"

namespace depeche::schema {

inline constexpr int kSchemaVersion = 2;
inline constexpr std::string_view kStubName = "XAPIANDB";
inline constexpr std::string_view kMetaSchema = "depeche.schema";      // decimal number
inline constexpr std::string_view kMetaAnalyzer = "depeche.analyzer";  // text::analyzer_fingerprint()
inline constexpr std::string_view kMetaEntities = "depeche.entities";  // entities::extractor_fingerprint()
inline constexpr std::string_view kMetaBuiltWith = "depeche.built_with";

struct IndexFolder {
  std::string path;
  std::uint64_t revision = 0;
  std::vector<std::string> parts;  // folder names, below `path`

  std::string part_path(std::size_t i) const { return path + "/" + parts[i]; }
};

// kIndexMissing when there is no such folder or no stub in it; kIndexDamaged when the stub is not one of ours.
Result<IndexFolder> read_index_folder(const std::string& path);

// The text of the stub file.
std::string stub_text(const IndexFolder& folder);

}  // namespace depeche::schema
