// The index folder as the one writer sees it: the lock, and the switch to a new set of parts.
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

// Makes `parts` the content of the index, under the next revision: all of it or, when it fails, nothing. Also when the
// power goes: first the bytes and names of every new part are on disk (fsync), then those of a draft of the stub, which
// takes the stub's place by rename, and that name last. Before it is on disk the old stub stands, whose parts are all
// still there: they are removed by a later run.
Result<schema::IndexFolder> publish(const schema::IndexFolder& old, std::vector<std::string> parts);

// Removes what neither `current` nor `previous` names: parts of older revisions, and leftovers of a run that died.
void remove_leftovers(const schema::IndexFolder& current, const schema::IndexFolder& previous);

}  // namespace depeche::indexer
