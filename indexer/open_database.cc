#include "indexer/open_database.hh"

#include <mutex>
#include <vector>

namespace depeche::indexer {
namespace {

// Never destroyed.
void abandon(std::unique_ptr<Xapian::WritableDatabase> db) {
  static std::mutex mutex;
  static auto& abandoned = *new std::vector<std::unique_ptr<Xapian::WritableDatabase>>;
  const std::lock_guard lock(mutex);
  abandoned.push_back(std::move(db));
}

}  // namespace

OpenDatabase::~OpenDatabase() {
  if (db_) abandon(std::move(db_));
}

void OpenDatabase::commit_and_close() {
  db_->commit();
  db_.reset();
}

}  // namespace depeche::indexer
