// The API described in OpenAPI 3.1, made of the tables of routes, parameters and fields.
#pragma once

#include "web/message.hh"

namespace depeche::web {

Reply openapi();

}  // namespace depeche::web
