// Golden files: tests/golden/NAME holds what a test expects. DEPECHE_REWRITE_GOLDEN=1 writes them anew.
#pragma once

#include <string>

namespace depeche::testing {

// Fails the running test with the first line that differs.
void expect_golden(const std::string& name, const std::string& actual);

}  // namespace depeche::testing
