// Sizes and times as people write them on a command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace depeche::cli {

// "600M", "2G", "1.5G", "800k", "1048576" bytes; k, M, G and T are powers of 1024, in either case, "B" or "iB" may
// follow. Nothing for anything else, and for more than a 64-bit number.
std::optional<std::uint64_t> parse_size(std::string_view text);

// "90s", "15m", "2h", "1d"; above 0, at most a year. Nothing for anything else.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace depeche::cli
