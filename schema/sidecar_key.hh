// Which state of which database a sidecar was derived from.
#pragma once

#include <cstdint>

#include <xapian.h>

#include "schema/sidecar.hh"

namespace depeche::schema {

// uuid and revision of an open database, with the format given. May throw Xapian::Error.
SidecarKey sidecar_key(const Xapian::Database& part, std::uint32_t format);

}  // namespace depeche::schema
