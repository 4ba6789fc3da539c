// Is this French? A small model of function words and letters, sure of itself or silent.
#pragma once

#include <string_view>

namespace depeche::ingest {

// True when `text` has at least 200 letters and they are not French beyond doubt: another script, another language's
// function words, or hardly any of French. Looks at the first 20,000 bytes. `text` must be valid UTF-8.
bool is_clearly_not_french(std::string_view text);

}  // namespace depeche::ingest
