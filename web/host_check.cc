#include "web/host_check.hh"

#include <arpa/inet.h>

#include <algorithm>

namespace depeche::web {
namespace {

bool is_address(const std::string& host) {
  in_addr v4{};
  in6_addr v6{};
  return inet_pton(AF_INET, host.c_str(), &v4) == 1 || inet_pton(AF_INET6, host.c_str(), &v6) == 1;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

// "[::1]:8080" → "::1", "localhost:8080" → "localhost"; nothing when the port is not one.
std::string host_name(std::string_view header) {
  const bool bracketed = header.starts_with('[');
  const auto end = bracketed ? header.find(']') : header.find(':');
  if (bracketed && end == header.npos) return {};
  const std::string_view rest = end == header.npos ? std::string_view{} : header.substr(end + (bracketed ? 1 : 0));
  const bool port_ok = rest.empty() || (rest[0] == ':' && rest.size() > 1 && rest.size() <= 6 &&
                                        rest.find_first_not_of("0123456789", 1) == rest.npos);
  return port_ok ? lower(header.substr(bracketed ? 1 : 0, end == header.npos ? end : end - (bracketed ? 1 : 0)))
                 : std::string{};
}

}  // namespace

bool is_allowed_host(std::string_view host_header, const std::vector<std::string>& allowed) {
  const std::string host = host_name(host_header);
  if (host.empty()) return false;
  if (host == "localhost" || host.ends_with(".localhost") || is_address(host)) return true;
  return std::any_of(allowed.begin(), allowed.end(), [&](const std::string& name) { return lower(name) == host; });
}

}  // namespace depeche::web
