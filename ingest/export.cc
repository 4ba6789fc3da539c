#include "ingest/deliver.hh"
#include "ingest/reader.hh"

namespace depeche::ingest {
namespace {

void append_list(std::string_view key, const std::vector<std::string>& values, std::string& out) {
  out += ',';
  append_json_string(key, out);
  out += ":[";
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(values[i], out);
  }
  out += ']';
}

void append_string(std::string_view key, std::string_view value, std::string& out) {
  if (value.empty()) return;
  out += ',';
  append_json_string(key, out);
  out += ':';
  append_json_string(value, out);
}

}  // namespace

void append_jsonl(const Article& article, std::string& out) {
  out += "{\"id\":";
  append_json_string(article.id, out);
  append_string("title", article.title, out);
  if (article.date) append_string("date", to_iso(*article.date, true), out);
  append_string("url", article.url, out);
  append_string("source", article.source, out);
  if (!article.authors.empty()) append_list("authors", article.authors, out);
  for (const auto& [field, values] : article.given) append_list(field == "topic" ? "topics" : field, values, out);
  append_string("text", article.text, out);
  if (!article.extra.empty()) out.append(",").append(article.extra);
  out += "}\n";
}

}  // namespace depeche::ingest
