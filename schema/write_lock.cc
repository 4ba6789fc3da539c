#include "schema/write_lock.hh"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace depeche::schema {

bool is_being_written(const std::string& index) {
  const std::string path = index + "/" + std::string(kLockName);
  struct stat file {};
  // A writer that ended leaves the file empty; one that was killed its name in it, but no lock.
  if (::stat(path.c_str(), &file) != 0 || file.st_size == 0) return false;
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool free = ::flock(fd, LOCK_SH | LOCK_NB) == 0;
  ::close(fd);
  return !free;
}

}  // namespace depeche::schema
