// Addresses, as far as ingestion needs them.
#pragma once

#include <string>
#include <string_view>

namespace depeche::ingest {

bool is_web_url(std::string_view url);  // http or https, with a host

// "lemonde.fr" of "https://www.lemonde.fr/pixels/…"; empty for what is no web address.
std::string host_of(std::string_view url);

// `reference` seen from `base` (RFC 3986 § 5.2, without removal of inner dot segments of absolute references).
// `reference` itself when there is no base to resolve it with.
std::string resolve_url(std::string_view reference, std::string_view base);

// Without the fragment and the parameters that only tell where a reader came from (utm_source, fbclid, …).
std::string canonical_url(std::string_view url);

}  // namespace depeche::ingest
