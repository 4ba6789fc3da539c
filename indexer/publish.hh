// The index folder as the one writer sees it: the lock, new part folders, and the switch to a new set of parts.
#pragma once

#include <string>
#include <vector>

#include "core/error.hh"
#include "schema/index_folder.hh"

namespace depeche::indexer {

// Holds index/LOCK from construction to destruction. The kernel frees it when the process dies.
class IndexLock {
 public:
  // Makes the folder when it is missing. Waits up to `wait_seconds`: then kLocked, which names the holder.
  static Result<IndexLock> take(const std::string& index, int wait_seconds);
  IndexLock(IndexLock&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  IndexLock& operator=(IndexLock&&) = delete;
  ~IndexLock();

 private:
  explicit IndexLock(int fd) : fd_(fd) {}
  int fd_;
};

// REQUIRES for all: the lock is held.

// A name for a new part folder: not used now, never reused while readers may have the old one open.
std::string new_part_name(const schema::IndexFolder& folder, std::size_t already_made);

// Makes `parts` the content of the index, under the next revision: all of it or, when it fails, nothing.
Result<schema::IndexFolder> publish(const schema::IndexFolder& old, std::vector<std::string> parts);

// Removes what neither `current` nor `previous` names: parts of older revisions, and leftovers of a run that died.
void remove_leftovers(const schema::IndexFolder& current, const schema::IndexFolder& previous);

}  // namespace depeche::indexer
