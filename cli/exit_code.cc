#include "cli/exit_code.hh"

namespace depeche::cli {

int exit_code(Outcome outcome) {
  switch (outcome) {
    case Outcome::kDone: return 0;
    case Outcome::kNothing: return 1;
    case Outcome::kPartial: return 3;
  }
  return 1;
}

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound: return 1;
    case ErrorCode::kUsage: return 2;
    case ErrorCode::kBadRecord: return 3;
    case ErrorCode::kIndexMissing:
    case ErrorCode::kIndexDamaged:
    case ErrorCode::kIndexVersion: return 4;
    case ErrorCode::kLocked:
    case ErrorCode::kIo:
    case ErrorCode::kInternal: return 5;
  }
  return 5;
}

}  // namespace depeche::cli
