#include "indexer/generation.hh"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "indexer/part_writer.hh"
#include "schema/database.hh"
#include "schema/part_layout.hh"

namespace depeche::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxSmallParts = 8;
constexpr std::size_t kPartsPerMerge = 4;

struct SizedPart {
  std::string name;
  std::uint64_t bytes = 0;  // of its sidecars, all of which go through memory when parts are joined
};

std::uint64_t sidecar_bytes(const std::string& part) {
  std::uint64_t bytes = 0;
  for (const std::string_view name : {schema::kColumnsFile, schema::kStreamFile, schema::kHotFile, schema::kSuggestFile}) {
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(fs::path(part) / name, missing);
    if (!missing) bytes += size;
  }
  return bytes;
}

// The smallest ones, as many as may be joined.
std::vector<std::string> to_join(const std::vector<SizedPart>& by_size, std::uint64_t max_bytes) {
  std::vector<std::string> chosen;
  std::uint64_t bytes = 0;
  for (const SizedPart& part : by_size) {
    bytes += part.bytes;
    if (chosen.size() == kPartsPerMerge || (chosen.size() >= 2 && bytes > max_bytes)) break;
    chosen.push_back(part.name);
  }
  return chosen;
}

}  // namespace

std::string Generation::new_part() {
  char name[64];
  std::snprintf(name, sizeof name, "part-%06llu-%zu", static_cast<unsigned long long>(old_.revision + 1), ++made_);
  return name;
}

Result<void> Generation::remove(const std::map<std::size_t, std::vector<Xapian::docid>>& documents) {
  for (auto [number, gone] : documents) {
    const std::string& part = old_.parts[number];
    std::sort(gone.begin(), gone.end());
    gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
    Xapian::doccount count = 0;
    auto counted =
        schema::guarded("reading " + path(part), [&] { count = Xapian::Database(path(part)).get_doccount(); });
    if (!counted) return counted;
    const auto place = std::find(parts_.begin(), parts_.end(), part);
    if (gone.size() >= count) {  // nothing is left of it
      parts_.erase(place);
      continue;
    }
    const std::string name = new_part();
    if (auto done = copy_part_without(path(name), path(part), gone); !done) return done;
    *place = name;
  }
  return {};
}

Result<void> Generation::merge_small(std::uint64_t max_bytes) {
  while (true) {
    std::vector<SizedPart> small;
    for (const std::string& part : parts_) {
      const std::uint64_t bytes = sidecar_bytes(path(part));
      if (bytes < max_bytes / 2) small.push_back({part, bytes});
    }
    if (small.size() <= kMaxSmallParts) return {};
    std::stable_sort(small.begin(), small.end(), [](const auto& a, const auto& b) { return a.bytes < b.bytes; });
    const std::vector<std::string> chosen = to_join(small, max_bytes);
    std::vector<std::string> sources;
    for (const std::string& part : chosen) {
      sources.push_back(path(part));
      std::erase(parts_, part);
    }
    const std::string name = new_part();
    if (auto done = merge_parts(path(name), sources); !done) return done;
    parts_.push_back(name);
  }
}

}  // namespace depeche::indexer
