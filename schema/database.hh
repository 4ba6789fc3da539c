// The one boundary to Xapian's exceptions, and the version check of a part.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include <xapian.h>

#include "core/error.hh"

namespace depeche::schema {

// Our error for what Xapian threw while doing `action` ("reading part-000001").
Error from_xapian(const Xapian::Error& error, std::string_view action);

// Runs `body` and turns Xapian's exceptions into errors: the only catch of them in the program. What `body` returns
// must not read from Xapian later, outside this guard (an MSet, Document or iterator would).
template <class Body>
Result<std::invoke_result_t<Body>> guarded(std::string_view action, Body&& body) {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<Body>>) {
      body();
      return {};
    } else {
      return body();
    }
  } catch (const Xapian::Error& error) {
    return tl::unexpected(from_xapian(error, action));
  }
}

// Opens the part for reading; parts never change once they are published. One Database a thread.
Result<Xapian::Database> open_part(const std::string& path);

// Refuses a part of another schema or analyzer (an empty `analyzer` accepts any), each with the repair in the hint.
Result<void> check_version(const Xapian::Database& part, const std::string& path, std::string_view analyzer);

}  // namespace depeche::schema
