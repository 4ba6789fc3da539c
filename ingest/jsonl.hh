// JSON lines (contract § 7): one object a line, keys in any order, French or English.
#pragma once

#include <memory>

#include "ingest/reader.hh"

namespace depeche::ingest {

class JsonlParser {
 public:
  JsonlParser();
  ~JsonlParser();
  JsonlParser(JsonlParser&&) noexcept;

  // Each line that is no article is rejected with its number; blank lines are none.
  void parse(const RawRecord& raw, ArticleSink& sink);

 private:
  std::unique_ptr<class JsonlParserImpl> impl_;
};

}  // namespace depeche::ingest
