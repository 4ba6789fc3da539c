#include "entities/events.hh"

#include <algorithm>
#include <array>

#include "entities/event_rules.hh"
#include "entities/latin.hh"

namespace depeche::entities {
namespace {

// The folded letters of a token; long ones are cut.
class FoldedToken {
 public:
  FoldedToken(const Document& document, std::size_t token) {
    const std::string_view text = document.text_of(token);
    bool pending = false;
    for (std::size_t at = 0; at < text.size() && size_ + 4 < buffer_.size();) {
      const Char c = char_at(text, at);
      at += c.size;
      if (c.kind == CharKind::kMark) continue;
      const std::string_view fold = folded(c.code);
      if (fold.empty()) {
        pending = size_ > 0;
        continue;
      }
      if (pending) buffer_[size_++] = '-';
      pending = false;
      for (const char byte : fold) buffer_[size_++] = byte;
    }
  }
  std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 48> buffer_;
  std::size_t size_ = 0;
};

bool matches(const std::vector<RuleWord>& words, std::string_view token) {
  return std::any_of(words.begin(), words.end(), [&](const RuleWord& word) {
    return word.prefix ? token.starts_with(word.text) : token == word.text;
  });
}

class EventFinder {
 public:
  EventFinder(const Document& document, const std::vector<WordClasses>& classes, const std::vector<TokenRole>& roles,
              std::vector<FoundEvent>& found)
      : document_(document), classes_(classes), roles_(roles), found_(found), rules_(event_rules()) {}

  void run() {
    for (std::uint32_t index = 0; index < document_.sentences.size(); ++index) {
      sentence_ = document_.sentences[index];
      const std::size_t before = found_.size();
      for (std::uint32_t at = sentence_.first; at < sentence_.last; ++at) try_rules(index, at, before);
    }
  }

 private:
  void try_rules(std::uint32_t sentence, std::uint32_t at, std::size_t before) {
    const Token& token = document_.tokens[at];
    if (!token.is(Token::kLetter)) return;
    // a prefix shorter than four characters is filed under itself
    for (int cut = 0; cut < 2; ++cut) {
      const std::uint32_t head = cut == 0 ? token.head : token.length >= 4 ? token.head >> 8 : 0;
      const std::vector<std::uint16_t>* rules = head == 0 ? nullptr : rules_.starting_with(head);
      if (rules == nullptr) continue;
      for (const std::uint16_t index : *rules) try_rule(rules_.rules[index], sentence, at, before);
    }
  }

  void try_rule(const EventRule& rule, std::uint32_t sentence, std::uint32_t at, std::size_t before) {
    const std::uint32_t end = match(rule, 0, at);
    if (end == 0 || barred(rule)) return;
    const Polarity polarity = polarity_of(at, end);
    for (std::size_t i = before; i < found_.size(); ++i) {
      if (found_[i].type != rule.type) continue;
      found_[i].polarity = std::min(found_[i].polarity, polarity);  // one event of a type a sentence
      return;
    }
    found_.push_back({rule.type, polarity, sentence, {at, end}});
  }

  // The end of the match of the elements from `element` on at token `at`; 0 when there is none.
  std::uint32_t match(const EventRule& rule, std::size_t element, std::uint32_t at) const {
    if (element == rule.elements.size()) return at;
    const RuleElement& wanted = rule.elements[element];
    if (wanted.kind == RuleElement::Kind::kGap) {
      for (std::uint32_t skip = 0; skip <= wanted.gap; ++skip) {
        if (const std::uint32_t end = match(rule, element + 1, at + skip)) return end;
      }
      return 0;
    }
    if (at >= sentence_.last || !fits(wanted, at)) return 0;
    return match(rule, element + 1, at + 1);
  }

  bool fits(const RuleElement& wanted, std::uint32_t at) const {
    switch (wanted.kind) {
      case RuleElement::Kind::kWord: return matches(wanted.words, FoldedToken(document_, at).view());
      case RuleElement::Kind::kOrg: return roles_[at] == TokenRole::kOrg;
      case RuleElement::Kind::kPerson: return roles_[at] == TokenRole::kPerson;
      case RuleElement::Kind::kPlace: return roles_[at] == TokenRole::kPlace;
      case RuleElement::Kind::kProduct: return roles_[at] == TokenRole::kProduct;
      case RuleElement::Kind::kMoney: return roles_[at] == TokenRole::kMoney;
      case RuleElement::Kind::kNumber: return document_.tokens[at].is(Token::kDigit) || has(classes_[at], WordClass::kNumberWord);
      case RuleElement::Kind::kGap: return true;
    }
    return false;
  }

  bool barred(const EventRule& rule) const {
    if (rule.unless.empty()) return false;
    for (std::uint32_t at = sentence_.first; at < sentence_.last; ++at) {
      if (document_.tokens[at].is(Token::kLetter) && matches(rule.unless, FoldedToken(document_, at).view())) return true;
    }
    return false;
  }

  // Denied: a negation right before the trigger or inside it, or a verb of denial earlier in the sentence.
  // Rumoured: a conditional of hearsay up to the trigger.
  Polarity polarity_of(std::uint32_t begin, std::uint32_t end) const {
    bool rumour = false;
    for (std::uint32_t at = sentence_.first; at < end; ++at) {
      const WordClasses classes = classes_[at];
      if (has(classes, WordClass::kDenial)) return Polarity::kDenied;
      if (has(classes, WordClass::kRumour) && at + 12 > begin) rumour = true;
      if (has(classes, WordClass::kNegation) && is_negation(at) && at + 4 > begin) return Polarity::kDenied;
    }
    return rumour ? Polarity::kRumour : Polarity::kFact;
  }

  // "n'a pas", "ne … jamais"; not "ne … que", nor "non" alone.
  bool is_negation(std::uint32_t at) const {
    static constexpr std::uint64_t kNe = hash_of_key("ne");
    static constexpr std::uint64_t kN = hash_of_key("n");
    const std::uint64_t word = document_.tokens[at].key.value;
    if (word != kNe && word != kN) return false;
    for (std::uint32_t next = at + 1; next < std::min(at + 6, sentence_.last); ++next) {
      const std::uint64_t second = document_.tokens[next].key.value;
      if (second != kNe && second != kN && has(classes_[next], WordClass::kNegation)) return true;
    }
    return false;
  }

  const Document& document_;
  const std::vector<WordClasses>& classes_;
  const std::vector<TokenRole>& roles_;
  std::vector<FoundEvent>& found_;
  const EventRules& rules_;
  Sentence sentence_;
};

}  // namespace

void find_events(const Document& document, const std::vector<WordClasses>& classes,
                 const std::vector<TokenRole>& roles, std::vector<FoundEvent>& found) {
  EventFinder(document, classes, roles, found).run();
}

}  // namespace depeche::entities
