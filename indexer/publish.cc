#include "indexer/publish.hh"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

#include "schema/write_lock.hh"

namespace depeche::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPartPrefix = "part-";
constexpr std::string_view kBuildPrefix = "build-";

tl::unexpected<Error> io_error(const std::string& what) {
  return failure(ErrorCode::kIo, what + ": " + std::strerror(errno), "check free space and permissions");
}

std::string holder_of(const std::string& lock) {
  std::ifstream in(lock);
  std::string holder;
  std::getline(in, holder);
  return holder.empty() ? "another process" : holder;
}

std::string draft_name() { return std::string(schema::kStubName) + ".new"; }

bool sync_folder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool done = ::fsync(fd) == 0;
  ::close(fd);
  return done;
}

// The files of a folder, then their names.
bool sync_whole(const std::string& folder) {
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const int fd = ::open(it->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    const bool done = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!done) return false;
  }
  return !error && sync_folder(folder);
}

bool write_synced(const std::string& path, const std::string& text) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return false;
  const bool done = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  return ::close(fd) == 0 && done;
}

}  // namespace

Result<IndexLock> IndexLock::take(const std::string& index, int wait_seconds) {
  std::error_code error;
  fs::create_directories(index, error);
  if (error) return failure(ErrorCode::kIo, "cannot make " + index + ": " + error.message(), "check its permissions");
  const std::string path = index + "/" + std::string(schema::kLockName);
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return io_error("cannot open " + path);
  using clock = std::chrono::steady_clock;
  const auto until = clock::now() + std::chrono::seconds(wait_seconds);
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      auto failed = io_error("cannot lock " + path);
      ::close(fd);
      return failed;
    }
    if (clock::now() >= until) {
      ::close(fd);
      return failure(ErrorCode::kLocked, index + " is being written by " + holder_of(path),
                     "wait for it to end, or stop that process");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  const std::string me = "process " + std::to_string(::getpid()) + "\n";
  if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, me.data(), me.size(), 0) != static_cast<ssize_t>(me.size())) {
    auto failed = io_error("cannot write " + path);
    ::close(fd);
    return failed;
  }
  return IndexLock(fd);
}

IndexLock::~IndexLock() {
  if (fd_ < 0) return;
  if (::ftruncate(fd_, 0) != 0) errno = 0;  // only the holder's name; the lock itself is the kernel's
  ::close(fd_);
}

Result<schema::IndexFolder> publish(const schema::IndexFolder& old, std::vector<std::string> parts) {
  schema::IndexFolder next{old.path, old.revision + 1, std::move(parts)};
  const std::string stub = old.path + "/" + std::string(schema::kStubName), draft = old.path + "/" + draft_name();
  for (const std::string& part : next.parts) {
    const bool is_new = std::find(old.parts.begin(), old.parts.end(), part) == old.parts.end();
    if (is_new && !sync_whole(old.path + "/" + part)) return io_error("cannot sync " + part);
  }
  if (!sync_folder(old.path)) return io_error("cannot sync " + old.path);
  if (!write_synced(draft, stub_text(next)) || ::rename(draft.c_str(), stub.c_str()) != 0 || !sync_folder(old.path)) {
    auto failed = io_error("cannot write " + stub);
    ::unlink(draft.c_str());
    return failed;
  }
  return next;
}

void remove_leftovers(const schema::IndexFolder& current, const schema::IndexFolder& previous) {
  std::error_code error;
  for (fs::directory_iterator it(current.path, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename();
    const auto named_by = [&](const schema::IndexFolder& folder) {
      return std::find(folder.parts.begin(), folder.parts.end(), name) != folder.parts.end();
    };
    const bool part = name.starts_with(kPartPrefix) && !named_by(current) && !named_by(previous);
    std::error_code ignored;  // what cannot be removed now is tried again by the next run
    if (part || name.starts_with(kBuildPrefix) || name == draft_name()) fs::remove_all(it->path(), ignored);
  }
}

}  // namespace depeche::indexer
