// Shared by the fuzz targets of ingest: parses one record and checks what every article must be.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/utf8.hh"
#include "ingest/reader.hh"

namespace depeche::ingest {

class CheckingSink final : public ArticleSink {
 public:
  void article(Article&& article, std::string_view where) override {
    check(!where.empty() && !article.id.empty() && article.id.size() <= 240);
    check(is_valid_utf8(article.id) && is_valid_utf8(article.title) && is_valid_utf8(article.text));
    check(is_valid_utf8(article.url) && is_valid_utf8(article.source) && is_valid_utf8(article.extra));
    std::string line;
    append_jsonl(article, line);
    check(is_valid_utf8(line) && line.find('\n') == line.size() - 1);
  }
  void reject(std::string_view where, std::string_view why) override { check(!where.empty() && !why.empty()); }
  void skip(std::string_view where, std::string_view why) override { check(!where.empty() && !why.empty()); }

 private:
  static void check(bool holds) {
    if (!holds) std::abort();
  }
};

inline int fuzz_record(Format format, const std::uint8_t* data, std::size_t size) {
  static ArticleParser parser(ReadOptions{.french_only = false});
  RawRecord raw;
  raw.format = format;
  raw.where = "fuzz";
  raw.path_id = "fuzz/input";
  raw.url = format == Format::kWarc ? "https://www.exemple.fr/2024/10/03/a.html" : "";
  raw.bytes.assign(reinterpret_cast<const char*>(data), size);
  CheckingSink sink;
  parser.parse(raw, sink);
  return 0;
}

}  // namespace depeche::ingest
