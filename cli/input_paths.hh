// What `index` and `extract` are given to read.
#pragma once

#include <string>
#include <vector>

#include "core/error.hh"

namespace depeche::cli {

// kIo naming the paths when none of them exists: then there is nothing to begin.
Result<void> refuse_missing(const std::vector<std::string>& paths);

}  // namespace depeche::cli
