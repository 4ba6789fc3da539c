#include "schema/sidecar.hh"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace depeche::schema {
namespace {

constexpr std::array<char, 8> kMagic{'D', 'E', 'P', 'S', 'I', 'D', 'E', '1'};
constexpr std::uint64_t kAlign = 64;
constexpr std::uint32_t kMaxSections = 4096;

struct Header {
  std::array<char, 8> magic;
  std::uint64_t checksum;
  std::array<char, 16> uuid;
  std::uint64_t revision;
  std::uint32_t format;
  std::uint32_t sections;
};
static_assert(sizeof(Header) == 48);

struct Section {
  std::array<char, 16> name;
  std::uint64_t offset;
  std::uint64_t size;
  std::uint64_t checksum;
};
static_assert(sizeof(Section) == 40);

// FNV-1a over words of 8 bytes, then the rest bytewise: fast enough to verify a gigabyte in a second.
std::uint64_t checksum(std::string_view bytes, std::uint64_t hash = 0xcbf29ce484222325u) {
  constexpr std::uint64_t kPrime = 0x100000001b3u;
  while (bytes.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), 8);
    hash = (hash ^ word) * kPrime;
    hash ^= hash >> 29;
    bytes.remove_prefix(8);
  }
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  return hash;
}

template <class T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

std::uint64_t aligned(std::uint64_t offset) { return (offset + kAlign - 1) / kAlign * kAlign; }

tl::unexpected<Error> damaged(const std::string& path, const std::string& why) {
  return failure(ErrorCode::kIndexDamaged, path + " " + why, "run `depeche check --repair`");
}

tl::unexpected<Error> io_error(const std::string& what, const std::string& path) {
  return failure(ErrorCode::kIo, what + " " + path + ": " + std::strerror(errno), "check free space and permissions");
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

std::string_view table_of(const char* data, std::uint32_t sections) {
  return {data + sizeof(Header), sections * sizeof(Section)};
}

Section section_at(std::string_view table, std::size_t i) {
  Section s;
  std::memcpy(&s, table.data() + i * sizeof s, sizeof s);
  return s;
}

Header header_of(const char* data) {
  Header h;
  std::memcpy(&h, data, sizeof h);
  return h;
}

}  // namespace

Result<std::shared_ptr<const Sidecar>> Sidecar::open(const std::string& path, const SidecarKey& key) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return damaged(path, "is missing");
  struct stat info {};
  const bool sized = ::fstat(fd, &info) == 0 && info.st_size >= static_cast<off_t>(sizeof(Header));
  void* mapped = sized ? ::mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
  ::close(fd);
  if (mapped == MAP_FAILED) return damaged(path, "is cut or cannot be mapped");
  std::shared_ptr<Sidecar> sidecar(new Sidecar);
  sidecar->data_ = static_cast<const char*>(mapped);
  sidecar->size_ = static_cast<std::uint64_t>(info.st_size);
  sidecar->path_ = path;

  Header h = header_of(sidecar->data_);
  if (h.magic != kMagic || h.sections > kMaxSections ||
      sizeof h + h.sections * sizeof(Section) > sidecar->size_) {
    return damaged(path, "is not a sidecar of this program");
  }
  const std::string_view table = table_of(sidecar->data_, h.sections);
  const std::uint64_t expected = std::exchange(h.checksum, 0);
  if (checksum(table, checksum(bytes_of(h))) != expected) return damaged(path, "has a damaged header");
  if (SidecarKey{h.uuid, h.revision, h.format} != key) return damaged(path, "belongs to another state of the index");
  for (std::size_t i = 0; i < h.sections; ++i) {
    const Section s = section_at(table, i);
    if (s.offset > sidecar->size_ || s.size > sidecar->size_ - s.offset || sidecar->size_ - s.offset - s.size < kAlign) {
      return damaged(path, "is cut");
    }
  }
  return sidecar;
}

Sidecar::~Sidecar() {
  if (data_) ::munmap(const_cast<char*>(data_), size_);
}

std::string_view Sidecar::section(std::string_view name) const {
  const Header h = header_of(data_);
  const std::string_view table = table_of(data_, h.sections);
  for (std::size_t i = 0; i < h.sections; ++i) {
    const Section s = section_at(table, i);
    if (name == std::string_view(s.name.data(), ::strnlen(s.name.data(), s.name.size()))) {
      return {data_ + s.offset, s.size};
    }
  }
  return {};
}

std::vector<std::string> Sidecar::section_names() const {
  const Header h = header_of(data_);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < h.sections; ++i) {
    const Section s = section_at(table_of(data_, h.sections), i);
    names.emplace_back(s.name.data(), ::strnlen(s.name.data(), s.name.size()));
  }
  return names;
}

Result<void> Sidecar::verify() const {
  const Header h = header_of(data_);
  const std::string_view table = table_of(data_, h.sections);
  for (std::size_t i = 0; i < h.sections; ++i) {
    const Section s = section_at(table, i);
    if (checksum({data_ + s.offset, s.size}) != s.checksum) {
      return damaged(path_, "is damaged in its section " + std::string(s.name.data(), ::strnlen(s.name.data(), 16)));
    }
  }
  return {};
}

void SidecarBuilder::add(std::string_view name, std::string_view bytes) {
  sections_.emplace_back(std::string(name.substr(0, 16)), std::string(bytes));
}

Result<void> SidecarBuilder::write(const std::string& path, const SidecarKey& key, bool sync) const {
  std::string table;
  std::uint64_t offset = aligned(sizeof(Header) + sections_.size() * sizeof(Section));
  for (const auto& [name, bytes] : sections_) {
    Section s{};
    std::memcpy(s.name.data(), name.data(), name.size());
    s.offset = offset;
    s.size = bytes.size();
    s.checksum = checksum(bytes);
    table += bytes_of(s);
    offset = aligned(offset + bytes.size());
  }
  Header h{kMagic, 0, key.uuid, key.revision, key.format, static_cast<std::uint32_t>(sections_.size())};
  h.checksum = checksum(table, checksum(bytes_of(h)));

  const std::string draft = path + ".new";
  const int fd = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return io_error("cannot write", draft);
  std::uint64_t at = sizeof h + table.size();
  bool done = write_all(fd, bytes_of(h)) && write_all(fd, table);
  const std::string zeros(2 * kAlign, '\0');
  const auto pad = [&](std::uint64_t to) {
    const bool ok = write_all(fd, std::string_view(zeros).substr(0, to - at));
    at = to;
    return ok;
  };
  for (std::size_t i = 0; done && i < sections_.size(); ++i) {
    done = pad(aligned(at)) && write_all(fd, sections_[i].second);
    at += sections_[i].second.size();
  }
  done = done && pad(aligned(at) + kAlign) && (!sync || ::fsync(fd) == 0);
  done = ::close(fd) == 0 && done;
  if (!done || ::rename(draft.c_str(), path.c_str()) != 0) {
    auto error = io_error("cannot write", path);
    ::unlink(draft.c_str());
    return error;
  }
  return {};
}

}  // namespace depeche::schema
