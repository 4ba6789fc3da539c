// One part of the index, open: the mapped sidecars, shared by all threads, and Xapian's handle, one a thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "core/error.hh"
#include "searcher/columns.hh"
#include "searcher/hot_postings.hh"
#include "searcher/vocabulary.hh"
#include "searcher/word_stream.hh"

namespace depeche::searcher {

struct Part {
  std::string path;
  Columns columns;
  WordStream words;
  HotPostings hot;
  Vocabulary vocabulary;  // empty where the part has none that can be read
  std::uint64_t sidecar_bytes = 0;

  // Opens the sidecars of the database given.
  static Result<std::shared_ptr<const Part>> open(const std::string& path, const Xapian::Database& db);

  // The articles that have the term; `db` is the caller's handle of this part. May throw Xapian::Error.
  std::uint64_t frequency(const Xapian::Database& db, std::string_view term) const {
    const auto decoded = hot.find(term);
    return decoded ? decoded->size() : db.get_termfreq(std::string(term));
  }
};

}  // namespace depeche::searcher
