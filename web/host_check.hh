// DNS rebinding: another site's name that resolves to this machine must not reach the index.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace depeche::web {

// True for loopback names, for numeric addresses (they cannot be rebound) and for `allowed` names, with any port.
bool is_allowed_host(std::string_view host_header, const std::vector<std::string>& allowed);

}  // namespace depeche::web
