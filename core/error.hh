// What can go wrong, as a value. A message says what failed and on what; a hint says what to type next.
// Codes become exit statuses in cli/exit_code.cc and HTTP statuses in web/http_status.cc, nowhere else.
#pragma once

#include <string>

#include <tl/expected.hpp>

namespace depeche {

enum class ErrorCode {
  kUsage,          // the caller asked for something that means nothing: an unknown field, a bad range
  kNotFound,       // no article, value or page of that name
  kBadRecord,      // one record of the input cannot be used; the others can
  kIndexMissing,   // there is no index at that place
  kIndexDamaged,   // there is one, but it cannot be read
  kIndexVersion,   // it was made by another schema or analyzer
  kLocked,         // another writer is at work
  kIo,             // disk, permission, port
  kInternal,       // a bug of ours; never expected
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  std::string hint = {};  // may be empty
};

// The std::expected subset: has_value(), operator*, operator->, error(), and_then(), map(). C++23 changes this header only.
template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(ErrorCode code, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

}  // namespace depeche
