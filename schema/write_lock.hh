// Who writes an index holds a lock on a file in its folder; others can see that.
#pragma once

#include <string>
#include <string_view>

namespace depeche::schema {

inline constexpr std::string_view kLockName = "LOCK";  // its content names the process that holds it

// True while a writer is at work. Never waits, and keeps no writer from beginning for longer than it looks.
bool is_being_written(const std::string& index);

}  // namespace depeche::schema
