// Tells which files below some folders have changed since one last asked, as the kernel reports it (inotify(7)).
//
//   auto watch = FolderWatch::open({"articles"});
//   poll(watch->descriptor(), …);                        // until something has happened
//   FolderChanges changes;
//   auto done = watch->take(changes);                    // adds to what is there already: many events, one change
//   ReadOptions options{.only = {changes.paths…}};       // what is to be read again
//
// Network folders report nothing of what other machines do.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/error.hh"

namespace depeche::ingest {

struct FolderChanges {
  // Files whose names are looked at, and folders that came or went: written, moved, deleted. As ReadOptions::only.
  std::set<std::string> paths;
  bool everything = false;  // events were lost: all of it is to be read again
  bool empty() const { return paths.empty() && !everything; }
};

class FolderWatch {
 public:
  // Watches the folders and all below them, those that are made later too; symbolic links below them are not followed.
  // What happens from now on is reported. kIo for what is no folder, and where the kernel allows no more watches.
  static Result<FolderWatch> open(std::vector<std::string> folders);
  FolderWatch(FolderWatch&& other) noexcept;
  FolderWatch& operator=(FolderWatch&&) = delete;
  ~FolderWatch();

  int descriptor() const { return fd_; }  // readable when there are events
  // Adds what has happened; does not wait. kIo when a folder given has gone: its articles are left as they are.
  Result<void> take(FolderChanges& changes);

 private:
  FolderWatch(int fd, std::vector<std::string> folders) : fd_(fd), folders_(std::move(folders)) {}

  Result<void> watch_all();
  Result<void> watch(const std::string& folder, bool is_given, int depth);
  void forget(const std::string& folder);
  Result<void> note(int watch, unsigned mask, const std::string& name, FolderChanges& changes);

  int fd_;
  std::vector<std::string> folders_;           // as given
  std::map<int, std::string> folder_of_;       // by watch
  std::map<std::string, int, std::less<>> watch_of_;  // by folder, without a slash at its end unless it is given with one
};

}  // namespace depeche::ingest
