#include "web/http_status.hh"

namespace depeche::web {

int http_status(ErrorCode code) {
  switch (code) {  // no default: a new code does not compile until it has a place here
    case ErrorCode::kUsage:
      return 400;
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kBadRecord:
      return 400;
    case ErrorCode::kIndexMissing:
      return 503;
    case ErrorCode::kIndexDamaged:
      return 503;
    case ErrorCode::kIndexVersion:
      return 503;
    case ErrorCode::kLocked:
      return 503;
    case ErrorCode::kIo:
      return 503;
    case ErrorCode::kInternal:
      return 500;
  }
  return 500;
}

}  // namespace depeche::web
