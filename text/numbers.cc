#include "text/numbers.hh"

#include <algorithm>
#include <vector>

#include "text/chars.hh"

namespace depeche::text {
namespace {

struct Parts {
  std::vector<std::string> digits;
  std::string separators;  // one between two parts
};

std::size_t read_parts(const SourceText& text, std::size_t at, Parts& parts) {
  while (true) {
    std::string digits;
    for (; at < text.size() && is_digit(text[at].c); ++at) digits.push_back(static_cast<char>(text[at].c));
    parts.digits.push_back(std::move(digits));
    const bool more = at + 1 < text.size() && is_digit(text[at + 1].c) &&
                      (text[at].c == '.' || text[at].c == ',' || text[at].c == '\'');
    if (!more) return at;
    parts.separators.push_back(static_cast<char>(text[at++].c));
  }
}

bool all_digits(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Do the parts [0, last] read as one number in groups of three: "12.500.000"?
bool are_groups(const Parts& parts, std::size_t last, char separator) {
  if (!is_group_head(parts.digits[0]) || parts.digits[0] == "0") return false;
  for (std::size_t i = 1; i <= last; ++i) {
    if (parts.separators[i - 1] != separator || parts.digits[i].size() != 3) return false;
  }
  return true;
}

std::string joined(const Parts& parts, std::size_t first, std::size_t last, std::string_view with) {
  std::string out = parts.digits[first];
  for (std::size_t i = first + 1; i <= last; ++i) out.append(with).append(parts.digits[i]);
  return out;
}

std::string canonical_form(const Parts& parts) {
  const std::size_t last = parts.digits.size() - 1;
  if (last == 0) return parts.digits[0];
  const char first = parts.separators.front();
  if (last == 1 && first == ',') return joined(parts, 0, 1, ".");
  if (are_groups(parts, last, first)) return joined(parts, 0, last, "");
  // 1.234,56 and 1,234.56: groups, then a decimal mark of the other kind.
  if (parts.separators.back() != first && are_groups(parts, last - 1, first)) {
    return joined(parts, 0, last - 1, "") + "." + parts.digits[last];
  }
  return joined(parts, 0, last, ".");
}

}  // namespace

std::size_t read_number(const SourceText& text, std::size_t at, std::string& canonical) {
  Parts parts;
  const std::size_t end = read_parts(text, at, parts);
  canonical = canonical_form(parts);
  return end;
}

bool is_group_head(std::string_view canonical) {
  return !canonical.empty() && canonical.size() <= 3 && all_digits(canonical);
}

bool is_group_tail(std::string_view canonical) {
  const auto decimals = canonical.size() > 4 && canonical[3] == '.' ? canonical.substr(4) : std::string_view();
  const auto group = decimals.empty() ? canonical : canonical.substr(0, 3);
  return group.size() == 3 && all_digits(group) && all_digits(decimals);
}

}  // namespace depeche::text
