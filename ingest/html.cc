#include "ingest/html.hh"

namespace depeche::ingest {

Result<Article> read_page(std::string_view, const PageContext&) {
  return failure(ErrorCode::kBadRecord, "pages are not read");
}

Result<std::string> fragment_text(std::string_view html) {
  return std::string(html);
}

}  // namespace depeche::ingest
