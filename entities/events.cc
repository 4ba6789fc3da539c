#include "entities/events.hh"

#include <algorithm>
#include <array>

#include "entities/event_rules.hh"
#include "entities/folded_token.hh"

namespace depeche::entities {
namespace {

bool matches(const std::vector<RuleWord>& words, std::string_view token) {
  return std::any_of(words.begin(), words.end(), [&](const RuleWord& word) {
    return word.prefix ? token.starts_with(word.text) : token == word.text;
  });
}

constexpr std::uint32_t kLeadSentences = 5;

class EventFinder {
 public:
  EventFinder(const Document& document, const std::vector<WordClasses>& classes, const std::vector<TokenRole>& roles,
              bool with_start, std::vector<FoundEvent>& found)
      : document_(document),
        classes_(classes),
        roles_(roles),
        with_start_(with_start),
        found_(found),
        rules_(event_rules()) {}

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
    if (rule.lead && !is_lead(sentence)) return;
    const std::uint32_t end = match(rule, 0, at);
    if (end == 0 || barred(rule) || is_past(at) || (!is_lead(sentence) && is_dated())) return;
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
    if (wanted.gap > 0) {
      for (std::uint32_t skip = 0; skip <= wanted.gap; ++skip) {
        if (const std::uint32_t end = match(rule, element + 1, at + skip)) return end;
      }
      return 0;
    }
    if (at >= sentence_.last || !fits(wanted, at)) return 0;
    return match(rule, element + 1, at + 1);
  }

  bool fits(const RuleElement& wanted, std::uint32_t at) const {
    if ((wanted.roles & roles_of(at)) != 0) return true;
    return !wanted.words.empty() && matches(wanted.words, FoldedToken(document_, at).view());
  }

  std::uint8_t roles_of(std::uint32_t at) const {
    const bool number = document_.tokens[at].is(Token::kDigit) || has(classes_[at], WordClass::kNumberWord);
    const std::uint8_t digit = number ? RuleElement::kNumber : 0;
    switch (roles_[at]) {
      case TokenRole::kOrg:
        return digit | RuleElement::kOrg;
      case TokenRole::kPerson:
        return digit | RuleElement::kPerson;
      case TokenRole::kPlace:
        return digit | RuleElement::kPlace;
      case TokenRole::kProduct:
        return digit | RuleElement::kProduct;
      case TokenRole::kMoney:
        return digit | RuleElement::kMoney;
      case TokenRole::kNone:
        return digit;
    }
    return digit;
  }

  bool is_lead(std::uint32_t sentence) const { return with_start_ && sentence < kLeadSentences; }

  // "qu'il a rachetée en 2008": below the lead, a year in the sentence tells of something that is no news.
  bool is_dated() const {
    static constexpr std::uint64_t kEn = hash_of_key("en");
    static constexpr std::uint64_t kDepuis = hash_of_key("depuis");
    for (std::uint32_t at = sentence_.first + 1; at < sentence_.last; ++at) {
      const Token& token = document_.tokens[at];
      const std::uint64_t before = document_.tokens[at - 1].key.value;
      if (!token.is(Token::kNumber) || token.length != 4 || (before != kEn && before != kDepuis)) continue;
      const std::string_view year = document_.text_of(at);
      if (year.starts_with("19") || year.starts_with("20")) return true;
    }
    return false;
  }

  bool barred(const EventRule& rule) const {
    if (rule.unless.empty()) return false;
    for (std::uint32_t at = sentence_.first; at < sentence_.last; ++at) {
      if (document_.tokens[at].is(Token::kLetter) && matches(rule.unless, FoldedToken(document_, at).view()))
        return true;
    }
    return false;
  }

  // Denied: a negation right before the trigger or inside it, or a verb of denial earlier in the sentence.
  // Rumoured: a conditional of hearsay up to the trigger.
  Polarity polarity_of(std::uint32_t begin, std::uint32_t end) const {
    bool rumour = false;
    for (std::uint32_t at = std::max(begin, sentence_.first + 2) - 2; at < begin; ++at) {
      if (denies(at)) return Polarity::kDenied;
    }
    for (std::uint32_t at = sentence_.first; at < end; ++at) {
      const WordClasses classes = classes_[at];
      if (has(classes, WordClass::kDenial)) return Polarity::kDenied;
      if (has(classes, WordClass::kRumour) || (at + 6 > begin && is_conditional(at))) rumour = true;
      if (has(classes, WordClass::kNegation) && is_negation(at) && at + 4 > begin) return Polarity::kDenied;
    }
    return rumour ? Polarity::kRumour : Polarity::kFact;
  }

  // "aucune suppression de poste", "ni piratage", "sans licenciement"
  bool denies(std::uint32_t at) const {
    static constexpr auto kDeniers = std::to_array<std::uint64_t>(
        {hash_of_key("aucun"), hash_of_key("aucune"), hash_of_key("ni"), hash_of_key("sans"), hash_of_key("zero")});
    return std::find(kDeniers.begin(), kDeniers.end(), document_.tokens[at].key.value) != kDeniers.end();
  }

  // "rachèterait", "auraient été volées"; not "devrait", which announces.
  bool is_conditional(std::uint32_t at) const {
    static constexpr std::uint64_t kDevrait = hash_of_key("devrait");
    static constexpr std::uint64_t kDevraient = hash_of_key("devraient");
    const Token& token = document_.tokens[at];
    if (token.length < 6 || token.key.value == kDevrait || token.key.value == kDevraient) return false;
    constexpr std::uint32_t kRait = 'r' << 24 | 'a' << 16 | 'i' << 8 | 't';
    constexpr std::uint32_t kIent = 'i' << 24 | 'e' << 16 | 'n' << 8 | 't';
    if (token.tail == kRait) return true;
    return token.tail == kIent && FoldedToken(document_, at).view().ends_with("raient");
  }

  // "avait racheté": what came before the news.
  bool is_past(std::uint32_t begin) const {
    static constexpr std::uint64_t kAvait = hash_of_key("avait");
    static constexpr std::uint64_t kAvaient = hash_of_key("avaient");
    for (std::uint32_t at = std::max(begin, sentence_.first + 3) - 3; at < begin; ++at) {
      const std::uint64_t word = document_.tokens[at].key.value;
      if (word == kAvait || word == kAvaient) return true;
    }
    return false;
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
  const bool with_start_;
  std::vector<FoundEvent>& found_;
  const EventRules& rules_;
  Sentence sentence_;
};

}  // namespace

void find_events(const Document& document, const std::vector<WordClasses>& classes,
                 const std::vector<TokenRole>& roles, bool with_start, std::vector<FoundEvent>& found) {
  EventFinder(document, classes, roles, with_start, found).run();
}

}  // namespace depeche::entities
