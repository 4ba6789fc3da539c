// A Xapian database that is being written. Xapian's own destructor tries to commit what is pending, and ends the program
// where that fails, on a full disk; one that was not closed in order is therefore left as it is, unwritten, to the end of
// the program.
#pragma once

#include <memory>
#include <string>

#include <xapian.h>

namespace depeche::indexer {

// Throws Xapian::Error; the caller guards.
class OpenDatabase {
 public:
  OpenDatabase(const std::string& path, int flags) : db_(std::make_unique<Xapian::WritableDatabase>(path, flags)) {}
  OpenDatabase(const OpenDatabase&) = delete;
  OpenDatabase& operator=(const OpenDatabase&) = delete;
  ~OpenDatabase();

  Xapian::WritableDatabase* operator->() const { return db_.get(); }
  void commit_and_close();  // not to be used any more

 private:
  std::unique_ptr<Xapian::WritableDatabase> db_;
};

}  // namespace depeche::indexer
