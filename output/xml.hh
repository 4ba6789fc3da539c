// What XML and HTML have in common: text that cannot become markup.
#pragma once

#include <string>
#include <string_view>

namespace depeche::output {

// Escapes & < > " for element content and attributes in double quotes (ours all are). Control characters that XML 1.0
// does not know are dropped, so that the result is well formed in XML too. Well-formed UTF-8 in, well-formed UTF-8
// out.
void append_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);

}  // namespace depeche::output
