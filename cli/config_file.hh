// The file of defaults: `limit = 20` at its top holds for every sub-command that has such an option, the same in a
// section `[search]` for that one only.
#pragma once

#include <memory>

#include "cli/command.hh"

namespace CLI {
class Config;
}

namespace depeche::cli {

// Reads such a file for `app`, whose sub-commands are all declared. An unknown name is an error. A `format` goes to
// globals.default_format: it is a wish, which commands without that format do not hear.
std::shared_ptr<CLI::Config> config_reader(const CLI::App& app, Globals& globals);

}  // namespace depeche::cli
