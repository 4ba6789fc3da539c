#include "ingest/folder_watch.hh"

#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "core/utf8.hh"
#include "ingest/file_walk.hh"

namespace depeche::ingest {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxDepth = 200;  // as the walk
// A file is read when it was closed by its writer, not while it grows.
constexpr unsigned kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |
                             IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;

std::string below(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

std::string valid(std::string path) {
  repair_utf8(path);
  return path;
}

bool is_folder(const std::string& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() == fs::file_type::directory;
}

// A second name for a file that is there already: nobody will close it.
bool is_link_to_whole_file(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink > 1;
}

tl::unexpected<Error> cannot_watch(const std::string& folder) {
  if (errno == ENOSPC || errno == EMFILE) {
    return failure(ErrorCode::kIo, "cannot watch " + folder + ": the system allows no more watches",
                   "raise fs.inotify.max_user_watches or max_user_instances (sysctl), or use --every");
  }
  return failure(ErrorCode::kIo, "cannot watch " + folder + ": " + std::strerror(errno),
                 "--watch takes folders; for files and feeds there is --every");
}

}  // namespace

Result<FolderWatch> FolderWatch::open(std::vector<std::string> folders) {
  const int fd = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (fd < 0) return cannot_watch(folders.empty() ? "folders" : folders.front());
  FolderWatch watch(fd, std::move(folders));
  if (auto watched = watch.watch_all(); !watched) return tl::unexpected(watched.error());
  return watch;
}

FolderWatch::FolderWatch(FolderWatch&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), folders_(std::move(other.folders_)), folder_of_(std::move(other.folder_of_)),
      watch_of_(std::move(other.watch_of_)) {}

FolderWatch::~FolderWatch() {
  if (fd_ >= 0) ::close(fd_);
}

Result<void> FolderWatch::watch_all() {
  for (const std::string& folder : folders_) {
    if (auto done = watch(folder, true, 0); !done) return done;
  }
  return {};
}

// The watch comes before the look into the folder, so that nothing is made between them unseen.
Result<void> FolderWatch::watch(const std::string& folder, bool is_given, int depth) {
  const int number = ::inotify_add_watch(fd_, folder.c_str(), is_given ? kEvents : kEvents | IN_DONT_FOLLOW);
  if (number < 0) {
    const bool gone_or_closed = errno == ENOENT || errno == ENOTDIR || errno == EACCES;
    if (!is_given && gone_or_closed) return {};
    return cannot_watch(folder);
  }
  folder_of_[number] = folder;
  watch_of_[folder] = number;
  if (depth == kMaxDepth) return {};
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string path = below(folder, it->path().filename().string());
    if (!is_folder(path)) continue;
    if (auto done = watch(path, false, depth + 1); !done) return done;
  }
  return {};
}

void FolderWatch::forget(const std::string& folder) {
  const std::string inside = folder + "/";
  for (auto it = watch_of_.lower_bound(folder); it != watch_of_.end() && it->first.starts_with(folder);) {
    if (it->first != folder && !it->first.starts_with(inside)) {
      ++it;
      continue;
    }
    ::inotify_rm_watch(fd_, it->second);
    folder_of_.erase(it->second);
    it = watch_of_.erase(it);
  }
}

Result<void> FolderWatch::take(FolderChanges& changes) {
  alignas(inotify_event) char buffer[64 << 10];
  while (true) {
    const ssize_t size = ::read(fd_, buffer, sizeof buffer);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return {};
    for (ssize_t at = 0; at < size;) {
      inotify_event event{};
      std::memcpy(&event, buffer + at, sizeof event);
      const std::string name = event.len > 0 ? std::string(buffer + at + sizeof event) : std::string();
      at += static_cast<ssize_t>(sizeof event + event.len);
      if (auto noted = note(event.wd, event.mask, name, changes); !noted) return noted;
    }
  }
}

Result<void> FolderWatch::note(int number, unsigned mask, const std::string& name, FolderChanges& changes) {
  if ((mask & IN_Q_OVERFLOW) != 0) {  // folders may have come unseen as well
    changes.everything = true;
    for (const auto& [watched, path] : folder_of_) ::inotify_rm_watch(fd_, watched);
    folder_of_.clear();
    watch_of_.clear();
    return watch_all();
  }
  const auto place = folder_of_.find(number);
  if (place == folder_of_.end()) return {};  // of a folder that went away with the one around it
  const std::string folder = place->second;
  if ((mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) != 0) {
    if (std::find(folders_.begin(), folders_.end(), folder) == folders_.end()) return {};  // its parent tells
    return failure(ErrorCode::kIo, folder + " has gone; its articles are kept",
                   "start again when it is back, or delete them with `depeche index --sync`");
  }
  if ((mask & IN_IGNORED) != 0) {
    watch_of_.erase(folder);
    folder_of_.erase(place);
    return {};
  }
  const std::string path = below(folder, name);
  if ((mask & IN_ISDIR) != 0) {
    if ((mask & (IN_DELETE | IN_MOVED_FROM)) != 0) forget(path);
    changes.paths.insert(valid(path));
    if ((mask & (IN_CREATE | IN_MOVED_TO)) != 0) return watch(path, false, 0);
    return {};
  }
  if (!is_looked_at(name) || ((mask & IN_CREATE) != 0 && !is_link_to_whole_file(path))) return {};
  changes.paths.insert(valid(path));
  return {};
}

}  // namespace depeche::ingest
