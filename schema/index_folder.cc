#include "schema/index_folder.hh"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace depeche::schema {
namespace {

constexpr std::string_view kHead = "# depeche revision ";
constexpr std::string_view kPartKeyword = "auto ";

tl::unexpected<Error> missing(const std::string& path) {
  return failure(ErrorCode::kIndexMissing, "no index in " + path,
                 "build one with `depeche index PATH`, or name another with --db DIR");
}

tl::unexpected<Error> damaged(const std::string& stub, const std::string& why) {
  return failure(ErrorCode::kIndexDamaged, stub + " " + why,
                 "if this is another program's folder, name an index with --db DIR; else build it again");
}

bool is_part_name(std::string_view name) {
  return !name.empty() && name.find('/') == std::string_view::npos && name.front() != '.';
}

}  // namespace

Result<IndexFolder> read_index_folder(const std::string& path) {
  std::error_code error;
  const std::string stub = path + "/" + std::string(kStubName);
  if (!std::filesystem::exists(path, error)) return missing(path);
  if (!std::filesystem::is_directory(path, error)) return damaged(path, "is not a folder");
  if (!std::filesystem::exists(stub, error)) {
    if (std::filesystem::is_empty(path, error)) return missing(path);
    return failure(ErrorCode::kIndexMissing, path + " is not an index: it has no " + std::string(kStubName),
                   "build one with `depeche index PATH`, or name another with --db DIR");
  }
  std::ifstream in(stub);
  if (!in) return failure(ErrorCode::kIo, "cannot read " + stub, "check its permissions");
  IndexFolder folder;
  folder.path = path;
  std::string line;
  if (!std::getline(in, line) || !line.starts_with(kHead)) return damaged(stub, "was not written by depeche");
  const char* end = line.data() + line.size();
  const auto parsed = std::from_chars(line.data() + kHead.size(), end, folder.revision);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return damaged(stub, "has no revision");
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (!line.starts_with(kPartKeyword) || !is_part_name(std::string_view(line).substr(kPartKeyword.size()))) {
      return damaged(stub, "has a line that names no part: " + line);
    }
    folder.parts.push_back(line.substr(kPartKeyword.size()));
  }
  return folder;
}

std::string stub_text(const IndexFolder& folder) {
  std::ostringstream out;
  out << kHead << folder.revision << '\n';
  for (const std::string& part : folder.parts) out << kPartKeyword << part << '\n';
  return out.str();
}

}  // namespace depeche::schema
