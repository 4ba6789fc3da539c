// The parser of queries: never fails, and what it tells lies inside the query.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "searcher/query_tree.hh"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void check(const depeche::searcher::QueryNode& node, std::size_t size) {
  if (node.range.begin > node.range.end || node.range.end > size) std::abort();
  for (const auto& child : node.children) check(child, size);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  const auto parsed = depeche::searcher::parse_query(query);
  check(parsed.root, size);
  for (const auto& problem : parsed.problems) {
    if (problem.range.begin > problem.range.end || problem.range.end > size) std::abort();
  }
  if (depeche::searcher::to_string(parsed.root).empty()) std::abort();
  return 0;
}
