#include "cli/input_paths.hh"

#include <filesystem>

namespace depeche::cli {

Result<void> refuse_missing(const std::vector<std::string>& paths) {
  std::string missing;
  for (const std::string& path : paths) {
    std::error_code error;
    const auto type = std::filesystem::status(path, error).type();
    if (path == "-" || type != std::filesystem::file_type::not_found) return {};
    missing += (missing.empty() ? "" : ", ") + path;
  }
  return failure(ErrorCode::kIo, "no such file or folder: " + missing, "check the spelling; - is standard input");
}

}  // namespace depeche::cli
