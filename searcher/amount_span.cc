#include "searcher/amount_span.hh"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string_view>

#include "text/fold.hh"

namespace depeche::searcher {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};
constexpr Unit kUnits[] = {{"milliards", 1e9}, {"milliard", 1e9}, {"millions", 1e6}, {"million", 1e6},
                           {"billions", 1e12}, {"billion", 1e12}, {"mds", 1e9},      {"mrd", 1e9},
                           {"md", 1e9},        {"mille", 1e3},    {"bn", 1e9},       {"g", 1e9},
                           {"b", 1e9},         {"m", 1e6},        {"k", 1e3}};
struct Currency {
  std::string_view name, code;
};
constexpr Currency kCurrencies[] = {{"€", "EUR"},       {"$", "USD"},      {"£", "GBP"},
                                    {"¥", "JPY"},       {"euros", "EUR"},  {"euro", "EUR"},
                                    {"dollars", "USD"}, {"dollar", "USD"}, {"livres", "GBP"}};

constexpr std::size_t kMaxDigits = 300;

struct Quantity {
  double value = 0;
  std::string currency;
};

// The code of "", "€", "d'euros", "de dollars", "usd"; nothing for what is no currency.
std::optional<std::string> currency_of(std::string_view name) {
  if (name.empty()) return std::string();
  for (const std::string_view article : {"", "de", "d'"}) {
    if (!name.starts_with(article)) continue;
    for (const Currency& currency : kCurrencies) {
      if (name.substr(article.size()) == currency.name) return std::string(currency.code);
    }
  }
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (name.size() != 3 || !std::all_of(name.begin(), name.end(), is_letter)) return std::nullopt;
  std::string code;
  for (const char c : name) code += static_cast<char>(c - 'a' + 'A');
  return code;
}

// "10M", "1,5 Md€", "50 M USD", "10 000 000".
std::optional<Quantity> parse_quantity(std::string_view text) {
  const std::string folded = text::fold(text);  // lower case, every kind of blank a plain one
  std::string digits;
  std::size_t at = 0;
  bool point = false;
  for (; at < folded.size(); ++at) {
    const char c = folded[at];
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if ((c == ',' || c == '.') && !digits.empty() && !point) {
      digits += '.';
      point = true;
    } else if (c != ' ' && c != '_') {
      break;
    }
  }
  if (digits.empty() || digits.size() > kMaxDigits) return std::nullopt;
  const double value = std::strtod(digits.c_str(), nullptr);
  std::string tail;
  for (const char c : folded.substr(at)) {
    if (c != ' ') tail += c;
  }
  for (const Unit& unit : kUnits) {  // a currency must remain: "GBP" is no giga
    if (!tail.starts_with(unit.name)) continue;
    if (auto currency = currency_of(std::string_view(tail).substr(unit.name.size()))) {
      return Quantity{value * unit.factor, std::move(*currency)};
    }
  }
  if (auto currency = currency_of(tail)) return Quantity{value, std::move(*currency)};
  return std::nullopt;
}

}  // namespace

std::optional<AmountSpan> parse_amount_span(std::string_view text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  AmountSpan span{0, kInfinity, {}};
  const auto single = [&](std::string_view number, double& into) {
    const auto q = parse_quantity(number);
    if (!q || !std::isfinite(q->value)) return false;
    into = q->value;
    if (!q->currency.empty() && !span.currency.empty() && q->currency != span.currency) return false;
    if (!q->currency.empty()) span.currency = q->currency;
    return true;
  };
  if (text.starts_with(">=") || text.starts_with("≥")) {
    text.remove_prefix(text.front() == '>' ? 2 : std::string_view("≥").size());
    return single(text, span.low) ? std::optional(span) : std::nullopt;
  }
  if (text.starts_with("<=") || text.starts_with("≤")) {
    text.remove_prefix(text.front() == '<' ? 2 : std::string_view("≤").size());
    return single(text, span.high) ? std::optional(span) : std::nullopt;
  }
  if (text.starts_with(">") || text.starts_with("<")) {
    const bool above = text.front() == '>';
    double limit = 0;
    if (!single(text.substr(1), limit)) return std::nullopt;
    (above ? span.low : span.high) = std::nextafter(limit, above ? kInfinity : 0.0);
    return span;
  }
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    if (!single(text, span.low)) return std::nullopt;
    span.high = span.low;
    return span;
  }
  const std::string_view low = text.substr(0, dots), high = text.substr(dots + 2);
  if (low.empty() && high.empty()) return std::nullopt;
  if (!low.empty() && !single(low, span.low)) return std::nullopt;
  if (!high.empty() && !single(high, span.high)) return std::nullopt;
  return span;
}

}  // namespace depeche::searcher
