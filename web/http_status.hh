// Which HTTP status an error is.
#pragma once

#include "core/error.hh"

namespace depeche::web {

int http_status(ErrorCode code);

}  // namespace depeche::web
