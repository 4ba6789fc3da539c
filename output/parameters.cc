#include "output/parameters.hh"

#include <charconv>

#include "output/typography.hh"

namespace depeche::output {
namespace {

bool is_choice(std::string_view choices, std::string_view value) {
  while (!choices.empty()) {
    const auto end = choices.find('|');
    if (choices.substr(0, end) == value) return true;
    choices.remove_prefix(end == choices.npos ? choices.size() : end + 1);
  }
  return false;
}

// "relevance|date|date-asc" → "relevance, date" and "date-asc".
std::string choice_hint(std::string_view choices, const Strings& t) {
  const auto last = choices.rfind('|');
  std::string first;
  for (const char c : choices.substr(0, last)) {
    if (c == '|')
      first += ", ";
    else
      first += c;
  }
  return t.fill("url.choice", {{"one", first}, {"other", choices.substr(last + 1)}});
}

}  // namespace

std::optional<bool> parse_switch(std::string_view text) {
  for (const std::string_view on : {"1", "true", "yes", "on"}) {
    if (text == on) return true;
  }
  for (const std::string_view off : {"0", "false", "no", "off"}) {
    if (text == off) return false;
  }
  return std::nullopt;
}

std::optional<std::size_t> parse_size(std::string_view text, std::size_t max) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value > max) return std::nullopt;
  return value;
}

Result<void> check_parameter(const Parameter& parameter, const std::string& value, const Strings& t) {
  const auto meaningless = [&](std::string hint) {
    return failure(ErrorCode::kUsage,
                   t.fill("url.meaningless", {{"name", parameter.name}, {"value", quoted(value, t.language())}}),
                   std::move(hint));
  };
  switch (parameter.kind) {
    case ParameterKind::kText:
      if (parameter.max == 0 || value.size() <= parameter.max) return {};
      return failure(ErrorCode::kUsage, t.fill("url.long", {{"n", std::to_string(parameter.max)}}), t["url.shorten"]);
    case ParameterKind::kNumber: {
      const auto parsed = parse_size(value, parameter.max);
      if (parsed && *parsed >= parameter.min) return {};
      return meaningless(t.fill(
          "url.number", {{"min", std::to_string(parameter.min)}, {"max", std::to_string(parameter.max)}}));
    }
    case ParameterKind::kChoice:
      if (is_choice(parameter.choices, value)) return {};
      return meaningless(choice_hint(parameter.choices, t));
    case ParameterKind::kSwitch:
      if (parse_switch(value)) return {};
      return meaningless(choice_hint("1|0", t));
  }
  return {};
}

}  // namespace depeche::output
