#include "cli/quantities.hh"

#include <charconv>

namespace depeche::cli {
namespace {

// A decimal number above 0, and what stands behind it.
std::optional<double> take_number(std::string_view& text) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || !(value > 0)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  const auto number = take_number(text);
  if (!number) return std::nullopt;
  double bytes = *number;
  constexpr std::string_view kUnits = "kmgt";
  if (const auto unit = text.empty() ? kUnits.npos : kUnits.find(lower(text[0])); unit != kUnits.npos) {
    for (std::size_t i = 0; i <= unit; ++i) bytes *= 1024;
    text.remove_prefix(1);
    if (text.starts_with('i')) text.remove_prefix(1);
  }
  if (text == "B" || text == "b") text = {};
  if (!text.empty() || bytes >= 9e18) return std::nullopt;
  return static_cast<std::uint64_t>(bytes);
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  const auto number = take_number(text);
  if (!number || text.size() != 1) return std::nullopt;
  double seconds = *number;
  switch (text[0]) {
    case 's': break;
    case 'm': seconds *= 60; break;
    case 'h': seconds *= 3600; break;
    case 'd': seconds *= 86400; break;
    default: return std::nullopt;
  }
  if (seconds < 1 || seconds > 366 * 86400) return std::nullopt;
  return std::chrono::seconds(static_cast<std::chrono::seconds::rep>(seconds));
}

}  // namespace depeche::cli
