// The one place where outcomes and errors become exit statuses.
#pragma once

#include "cli/command.hh"
#include "core/error.hh"

namespace depeche::cli {

int exit_code(Outcome outcome);
int exit_code(ErrorCode code);

}  // namespace depeche::cli
