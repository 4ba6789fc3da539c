#include "ingest/file_walk.hh"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "core/utf8.hh"

namespace depeche::ingest {
namespace {

constexpr std::size_t kMaxDepth = 200;  // of folders; bounds descriptors

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::string valid(std::string_view bytes) {
  std::string out(bytes);
  repair_utf8(out);
  return out;
}

// The name of what `path` leads to, also of "." and "corpus/". "given" where there is none ("/").
std::filesystem::path named(const std::string& path) {
  std::filesystem::path full = std::filesystem::absolute(path).lexically_normal();
  return full.has_filename() ? full : full.parent_path();
}

std::vector<std::string> names_in(int fd) {
  std::vector<std::string> names;
  const int copy = ::dup(fd);
  DIR* folder = copy < 0 ? nullptr : ::fdopendir(copy);
  if (folder == nullptr) {
    if (copy >= 0) ::close(copy);
    return names;
  }
  while (const dirent* entry = ::readdir(folder)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  ::closedir(folder);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

bool is_looked_at(std::string_view file_name) {
  constexpr std::array<std::string_view, 11> kEndings{".txt", ".jsonl", ".html", ".htm", ".xml", ".rss",
                                                      ".rdf", ".atom",  ".warc", ".tar", ".zip"};
  const std::string lower = lower_ascii(file_name);
  std::string_view name = lower;
  if (name.ends_with(".gz")) name.remove_suffix(3);
  if (name.ends_with(".zst")) name.remove_suffix(4);
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view e) { return name.ends_with(e); });
}

struct FileWalk::Folder {
  int fd = -1;
  std::string where;   // with a slash at its end
  std::string id;      // likewise
  std::string source;  // for the files in it
  std::vector<std::string> names;
  std::size_t next = 0;

  ~Folder() { ::close(fd); }
};

FileWalk::FileWalk(std::vector<std::string> paths, std::vector<std::string> only)
    : paths_(std::move(paths)), only_(std::move(only)) {
  std::sort(only_.begin(), only_.end());
  for (const std::string& path : paths_) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) cover(path);
  }
}
FileWalk::~FileWalk() = default;

bool FileWalk::next(FoundFile& out) {
  while (true) {
    if (!open_.empty()) {
      if (step(out)) return true;
    } else if (next_path_ < paths_.size()) {
      if (start(paths_[next_path_++], out)) return true;
    } else {
      return false;
    }
  }
}

bool FileWalk::start(const std::string& path, FoundFile& out) {
  if (path == "-") {
    out = {::dup(STDIN_FILENO), "-", {}, {}};
    return out.fd >= 0;
  }
  // NONBLOCK: a FIFO that nobody writes to yet is waited for where waiting can be stopped, when it is read.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status {};
  if (fd < 0 || ::fstat(fd, &status) != 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    if (missing) missing_.push_back(path);
    rejections_.push_back({valid(path), missing ? "no such file or folder" : std::strerror(errno), true});
    if (fd >= 0) ::close(fd);
    return false;
  }
  const std::filesystem::path full = named(path);
  if (S_ISDIR(status.st_mode)) {
    const std::string name = valid(full.filename().string());
    enter(fd, valid(path), name + "/", {});
    return false;
  }
  // A file named alone has the id that it would have, had its folder been given.
  const std::string folder = full.parent_path().filename().string();
  out = {fd, valid(path), valid((folder.empty() ? "" : folder + "/") + full.filename().string()), {}};
  return true;
}

void FileWalk::cover(const std::string& path) {
  const std::string id = valid(named(path).filename().string());
  if (only_.empty()) covered_.push_back(id);
  const std::string where = valid(path), folder = where.ends_with('/') ? where : where + "/";
  for (const std::string& wanted : only_) {
    if (wanted.starts_with(folder)) covered_.push_back(id + "/" + wanted.substr(folder.size()));
  }
}

// Whether it is one of those that alone are wanted, lies below one, or is a folder on the way to one.
bool FileWalk::is_wanted(const std::string& where) const {
  if (only_.empty()) return true;
  const auto below = std::lower_bound(only_.begin(), only_.end(), where + "/");
  if (below != only_.end() && below->starts_with(where + "/")) return true;
  for (std::size_t end = where.size(); end != 0 && end != std::string::npos; end = where.rfind('/', end - 1)) {
    if (std::binary_search(only_.begin(), only_.end(), where.substr(0, end))) return true;
  }
  return false;
}

void FileWalk::enter(int fd, std::string where, std::string id, std::string source) {
  auto folder = std::make_unique<Folder>();
  folder->fd = fd;
  folder->where = std::move(where);
  if (!folder->where.ends_with('/')) folder->where += '/';
  folder->id = std::move(id);
  folder->source = std::move(source);
  folder->names = names_in(fd);
  open_.push_back(std::move(folder));
}

bool FileWalk::step(FoundFile& out) {
  Folder& folder = *open_.back();
  if (folder.next == folder.names.size()) {
    open_.pop_back();
    return false;
  }
  const std::string& name = folder.names[folder.next++];
  const std::string shown = valid(name);
  if (!is_wanted(folder.where + shown)) return false;
  struct stat status {};
  if (::fstatat(folder.fd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return false;  // gone meanwhile
  const bool is_folder = S_ISDIR(status.st_mode);
  if (!is_folder && (!S_ISREG(status.st_mode) || !is_looked_at(name))) {
    ++passed_over_;
    return false;
  }
  // NONBLOCK and a second look: what was a file a moment ago may be a FIFO now.
  const int fd = ::openat(folder.fd, name.c_str(),
                          O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (is_folder ? O_DIRECTORY : 0));
  if (fd < 0) {
    if (errno != ENOENT) rejections_.push_back({folder.where + shown, std::strerror(errno), true});
    return false;
  }
  if (is_folder) {
    if (open_.size() >= kMaxDepth) {
      rejections_.push_back({folder.where + shown, "folders are nested too deeply"});
      ::close(fd);
      return false;
    }
    enter(fd, folder.where + shown, folder.id + shown + "/", shown);
    return false;
  }
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    ++passed_over_;
    ::close(fd);
    return false;
  }
  out = {fd, folder.where + shown, folder.id + shown, folder.source};
  return true;
}

}  // namespace depeche::ingest
