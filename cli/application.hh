// The whole command line: parses the arguments, runs the sub-command, turns what came of it into an exit status.
#pragma once

namespace depeche::cli {

int run(int argc, char** argv);

}  // namespace depeche::cli
