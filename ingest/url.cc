#include "ingest/url.hh"

#include <array>
#include <vector>

#include "ingest/ascii.hh"

namespace depeche::ingest {
namespace {

struct Parts {
  std::string_view scheme;  // "https:"
  std::string_view host;    // "//www.lemonde.fr"
  std::string_view path;    // with query
};

Parts split(std::string_view url) {
  Parts parts;
  const std::size_t colon = url.find(':');
  if (colon != std::string_view::npos && url.substr(colon + 1, 2) == "//") {
    parts.scheme = url.substr(0, colon + 1);
    url.remove_prefix(colon + 1);
  }
  if (url.starts_with("//")) {
    const std::size_t end = std::min(url.find_first_of("/?#", 2), url.size());
    parts.host = url.substr(0, end);
    url.remove_prefix(end);
  }
  parts.path = url;
  return parts;
}

std::string without_dots(std::string_view path) {
  const std::size_t query = std::min(path.find_first_of("?#"), path.size());
  std::vector<std::string_view> kept;
  std::string_view rest = path.substr(0, query);
  bool folder = false;
  while (!rest.empty()) {
    rest.remove_prefix(rest.front() == '/' ? 1 : 0);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(end);
    folder = segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!folder) kept.push_back(segment);
  }
  std::string out;
  for (const std::string_view segment : kept) out.append("/").append(segment);
  if (out.empty() || folder) out += '/';
  return out.append(path.substr(query));
}

bool is_tracking(std::string_view parameter) {
  const std::string_view name = parameter.substr(0, parameter.find('='));
  constexpr auto kNames =
      std::to_array<std::string_view>({"fbclid", "gclid", "xtor", "mc_cid", "mc_eid", "igshid", "dclid", "msclkid",
                                       "yclid", "_ga", "ref_src", "at_medium", "at_campaign", "cmpid"});
  if (name.starts_with("utm_")) return true;
  for (const std::string_view tracking : kNames) {
    if (name == tracking) return true;
  }
  return false;
}

}  // namespace

bool is_web_url(std::string_view url) {
  const Parts parts = split(url);
  return (equals_no_case(parts.scheme, "http:") || equals_no_case(parts.scheme, "https:")) && parts.host.size() > 2 &&
         url.find_first_of(" \t\r\n<>\"") == std::string_view::npos;
}

std::string host_of(std::string_view url) {
  if (!is_web_url(url)) return {};
  std::string host = to_lower_ascii(split(url).host.substr(2));
  host = host.substr(host.rfind('@') + 1);
  host = host.substr(0, host.find(':'));
  return host.starts_with("www.") ? host.substr(4) : host;
}

std::string resolve_url(std::string_view reference, std::string_view base) {
  reference = trim_blanks(reference);
  const Parts to = split(reference);
  const Parts from = split(base);
  const std::size_t colon = reference.find_first_of(":/?#");
  const bool has_scheme = colon != std::string_view::npos && reference[colon] == ':';
  if (reference.empty() || has_scheme || !is_web_url(base)) return std::string(reference);
  std::string out(from.scheme);
  if (!to.host.empty()) return out.append(reference);
  out.append(from.host);
  if (reference.front() == '/') return out.append(without_dots(reference));
  const std::string_view path = from.path.substr(0, from.path.find_first_of("?#"));
  if (reference.front() == '?' || reference.front() == '#') {
    return out.append(path.empty() ? "/" : path).append(reference);
  }
  const std::size_t slash = path.rfind('/');
  std::string joined(slash == std::string_view::npos ? "/" : path.substr(0, slash + 1));
  return out.append(without_dots(joined.append(reference)));
}

std::string canonical_url(std::string_view url) {
  url = trim_blanks(url);
  url = url.substr(0, url.find('#'));
  const std::size_t question = url.find('?');
  std::string out(url.substr(0, question));
  if (question == std::string_view::npos) return out;
  std::string_view query = url.substr(question + 1);
  char mark = '?';
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (parameter.empty() || is_tracking(parameter)) continue;
    out += mark;
    out += parameter;
    mark = '&';
  }
  return out;
}

}  // namespace depeche::ingest
