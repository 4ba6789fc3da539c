// Percent-encoding and the parameters of a URL, as browsers write them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace depeche::output {

using Parameters = std::vector<std::pair<std::string, std::string>>;  // decoded, in the order given

// One name or value of a query string: unreserved characters and those that need no escape there stay readable, a
// blank is "+". The result is plain ASCII without quotes, brackets or ampersands.
std::string encode_component(std::string_view text);
// One segment or tail of a path. Slashes stay, unless that would make "//" or dot segments of it.
std::string encode_path(std::string_view text);

// "%C3%A9" → "é". What is no escape stays as it is, ill-formed UTF-8 becomes U+FFFD: never fails. `plus`: "+" is a
// blank.
std::string decode_percent(std::string_view text, bool plus);
// "q=a+b&org=x" → {q, "a b"}, {org, x}. Empty pieces are passed over.
Parameters parse_parameters(std::string_view query_string);

// True for an absolute http or https URL with a host, without blanks or control characters: all that may become a
// link.
bool is_web_link(std::string_view url);

}  // namespace depeche::output
