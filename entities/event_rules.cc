#include "entities/event_rules.hh"

#include <array>
#include <cstdlib>
#include <utility>

#include "entities/embedded.hh"

DEPECHE_EMBEDDED(event_rules)

namespace depeche::entities {
namespace {

// Token::head of a word that begins with `text`: of its first four characters, or of all when there are fewer.
std::uint32_t head_of(std::string_view text) {
  std::uint32_t head = 0;
  for (const char c : text.substr(0, 4)) head = head << 8 | static_cast<unsigned char>(c);
  return head;
}

RuleWord parse_word(std::string_view text) {
  const bool prefix = !text.empty() && text.back() == '*';
  if (prefix) text.remove_suffix(1);
  return {std::string(text), prefix};
}

constexpr auto kRoleNames = std::to_array<std::pair<std::string_view, RuleElement::Role>>({
    {"#org", RuleElement::kOrg},
    {"#person", RuleElement::kPerson},
    {"#place", RuleElement::kPlace},
    {"#product", RuleElement::kProduct},
    {"#money", RuleElement::kMoney},
    {"#num", RuleElement::kNumber},
});

RuleElement parse_element(std::string_view text) {
  RuleElement element;
  if (text.front() == '~') {
    element.gap = static_cast<std::uint8_t>(std::atoi(std::string(text.substr(1)).c_str()));
    return element;
  }
  for_each_part(text, '|', [&](std::string_view part) {
    for (const auto& [name, role] : kRoleNames) {
      if (part == name) element.roles |= role;
    }
    if (part.front() != '#') element.words.push_back(parse_word(part));
  });
  return element;
}

EventRule parse_rule(std::string_view line) {
  EventRule rule;
  int column = 0;
  for_each_part(line, '\t', [&](std::string_view cell) {
    if (column == 0) {
      rule.type = cell.substr(0, cell.find('@'));
      rule.lead = cell.ends_with("@lead");
    }
    if (column == 1)
      for_each_word(cell, [&](std::string_view part) { rule.elements.push_back(parse_element(part)); });
    if (column == 2) for_each_word(cell, [&](std::string_view part) { rule.unless.push_back(parse_word(part)); });
    ++column;
  });
  return rule;
}

EventRules build() {
  EventRules rules;
  for_each_line(embedded_event_rules(), [&](std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    const std::uint16_t index = static_cast<std::uint16_t>(rules.rules.size());
    rules.rules.push_back(parse_rule(line));
    for (const RuleWord& word : rules.rules.back().elements.front().words) {
      std::vector<std::uint16_t>& same = rules.by_head[head_of(word.text)];
      if (same.empty() || same.back() != index) same.push_back(index);
    }
  });
  return rules;
}

}  // namespace

const EventRules& event_rules() {
  static const EventRules rules = build();
  return rules;
}

}  // namespace depeche::entities
