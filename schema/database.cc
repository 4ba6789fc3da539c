#include "schema/database.hh"

#include <charconv>
#include <string>

#include "schema/index_folder.hh"

namespace depeche::schema {
namespace {

constexpr std::string_view kReindex = "index the articles again, or name another index with --db DIR";

bool is(std::string_view type, std::string_view name) { return type == name; }

}  // namespace

Error from_xapian(const Xapian::Error& error, std::string_view action) {
  const std::string_view type = error.get_type();
  std::string message = std::string(action) + ": " + error.get_msg();
  if (const char* reason = error.get_error_string()) message += std::string(" (") + reason + ")";
  if (is(type, "DatabaseVersionError")) return {ErrorCode::kIndexVersion, message, std::string(kReindex)};
  if (is(type, "DatabaseLockError")) return {ErrorCode::kLocked, message, "wait for the other writer to end"};
  if (is(type, "DatabaseNotFoundError") || is(type, "DatabaseOpeningError")) {
    return {ErrorCode::kIndexDamaged, message, "run `depeche check`"};
  }
  if (is(type, "DatabaseError")) {
    return {ErrorCode::kIo, message, "check free space and permissions, then run `depeche check`"};
  }
  if (is(type, "DatabaseCorruptError")) {
    return {ErrorCode::kIndexDamaged, message, "run `depeche check --repair`"};
  }
  return {ErrorCode::kInternal, message + " [" + std::string(type) + "]", ""};
}

Result<Xapian::Database> open_part(const std::string& path) {
  return guarded("cannot open " + path, [&] { return Xapian::Database(path); });
}

Result<void> check_version(const Xapian::Database& part, const std::string& path, std::string_view analyzer) {
  std::string schema, fingerprint;
  auto read = guarded("reading " + path, [&] {
    schema = part.get_metadata(std::string(kMetaSchema));
    fingerprint = part.get_metadata(std::string(kMetaAnalyzer));
  });
  if (!read) return read;
  int version = 0;
  const auto parsed = std::from_chars(schema.data(), schema.data() + schema.size(), version);
  if (schema.empty() || parsed.ec != std::errc{}) {
    return failure(ErrorCode::kIndexDamaged, path + " is a Xapian database, but not one of depeche",
                   "build an index with `depeche index PATH`, or name another with --db DIR");
  }
  if (version < kSchemaVersion) {
    return failure(ErrorCode::kIndexVersion,
                   path + " has schema " + schema + ", this program writes schema " + std::to_string(kSchemaVersion),
                   "export it with the older depeche (`depeche export`), then index that file again");
  }
  if (version > kSchemaVersion) {
    return failure(ErrorCode::kIndexVersion,
                   path + " has schema " + schema + ", newer than this program's " + std::to_string(kSchemaVersion),
                   "install the newer depeche that made it");
  }
  if (!analyzer.empty() && fingerprint != analyzer) {
    return failure(ErrorCode::kIndexVersion,
                   path + " was made with another text analysis (" + fingerprint + ", this program has " +
                       std::string(analyzer) + ")",
                   "run `depeche export | depeche index --db NEW -`, which reads it and indexes it again");
  }
  return {};
}

}  // namespace depeche::schema
