#include <algorithm>
#include <array>

#include "entities/hash_map.hh"
#include "entities/names.hh"

namespace depeche::entities {
namespace {

struct Votes {
  std::array<std::uint16_t, 4> of_type = {};
  std::uint32_t example = 0;  // a name of that spelling + 1
  std::uint8_t most_tokens = 0;
  bool surname = false;  // the last word of a person's full name
};

EntityType winner(const Votes& votes, EntityType otherwise) {
  const auto best = std::max_element(votes.of_type.begin(), votes.of_type.end());
  if (*best == votes.of_type[static_cast<std::size_t>(otherwise)]) return otherwise;
  return static_cast<EntityType>(best - votes.of_type.begin());
}

class Consistency {
 public:
  Consistency(const NameContext& context, std::vector<NameSpan>& names)
      : document_(context.document), context_(context), names_(names), votes_(names.size() * 2) {}

  void run() {
    count();
    tell_services_from_firms();
    for (NameSpan& name : names_) {
      const Votes* votes = votes_.find(key_of(document_, name.tokens).value);
      if (votes == nullptr) continue;
      const EntityType type = votes->surname ? EntityType::kPerson : winner(*votes, name.type);
      if (type == name.type || (name.entry != nullptr && !votes->surname)) continue;
      retype(name, type);
    }
    add_missed();
  }

 private:
  static constexpr std::uint32_t kLongestName = 8;

  // A firm that took another name left the old one to its service: beside Meta, Facebook is a product.
  void tell_services_from_firms() {
    const auto labelled = [](const NameSpan& name, std::string_view label) {
      return name.type == EntityType::kOrg && name.entry != nullptr && name.entry->label == label;
    };
    const bool renamed =
        std::any_of(names_.begin(), names_.end(), [&](const NameSpan& name) { return labelled(name, "Meta"); });
    for (NameSpan& name : names_) {
      if (!renamed || !labelled(name, "Facebook")) continue;
      name.type = EntityType::kProduct;
      name.why = "document";
    }
  }

  void count() {
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      const NameSpan& name = names_[i];
      const KeyHash key = key_of(document_, name.tokens);
      if (key.empty()) continue;
      Votes& votes = votes_[key.value];
      ++votes.of_type[static_cast<std::size_t>(name.type)];
      votes.example = i + 1;
      note_beginnings(name.tokens);
      if (name.type != EntityType::kPerson || name.tokens.last - name.tokens.first < 2) continue;
      const TokenSpan last = {name.tokens.last - 1, name.tokens.last};
      if (document_.tokens[last.first].length < 3) continue;
      Votes& surname = votes_[key_of(document_, last).value];
      surname.surname = surname.surname || surname.of_type[static_cast<std::size_t>(EntityType::kOrg)] == 0;
      if (surname.example == 0) surname.example = i + 1;
      note_beginnings(last);
    }
  }

  void note_beginnings(TokenSpan tokens) {
    Votes& votes = votes_[document_.tokens[tokens.first].key.value | 1];
    const auto length = static_cast<std::uint8_t>(std::min(tokens.last - tokens.first, kLongestName));
    votes.most_tokens = std::max(votes.most_tokens, length);
  }

  void retype(NameSpan& name, EntityType type) {
    name.type = type;
    name.why = "document";
    name.entry = nullptr;
    const NameForm* form = context_.matcher.exact(document_, name.tokens, context_.any_case);
    for (; form != nullptr; form = context_.matcher.next(*form)) {
      if (context_.matcher.entry(*form).type == type) name.entry = &context_.matcher.entry(*form);
    }
  }

  // Names that stand in the document a second time and were passed over there.
  void add_missed() {
    std::vector<NameSpan> added;
    std::size_t next_name = 0;
    for (const Sentence& sentence : document_.sentences) {
      for (std::uint32_t at = sentence.first; at < sentence.last;) {
        if (next_name < names_.size() && names_[next_name].tokens.first == at) {
          at = names_[next_name++].tokens.last;
          continue;
        }
        const std::uint32_t limit =
            std::min(sentence.last, next_name < names_.size() ? names_[next_name].tokens.first : sentence.last);
        const std::uint32_t end = try_missed(at, limit, added);
        at = end;
      }
    }
    names_.insert(names_.end(), added.begin(), added.end());
    std::sort(names_.begin(), names_.end(),
              [](const NameSpan& a, const NameSpan& b) { return a.tokens.first < b.tokens.first; });
  }

  std::uint32_t try_missed(std::uint32_t at, std::uint32_t limit, std::vector<NameSpan>& added) {
    const Token& token = document_.tokens[at];
    if (!token.is(Token::kUpper) && !token.is(Token::kInnerUpper)) return at + 1;
    const Votes* beginning = votes_.find(token.key.value | 1);
    if (beginning == nullptr) return at + 1;
    for (std::uint32_t length = beginning->most_tokens; length > 0; --length) {
      if (at + length > limit) continue;
      const TokenSpan tokens = {at, at + length};
      const Votes* votes = votes_.find(key_of(document_, tokens).value);
      if (votes == nullptr || votes->example == 0) continue;
      const NameSpan& example = names_[votes->example - 1];
      const bool whole = key_of(document_, example.tokens) == key_of(document_, tokens);
      if (!whole && !votes->surname) continue;
      if (whole && length == 1 && !trusted(*votes, token)) continue;
      NameSpan name = example;
      name.tokens = tokens;
      name.why = whole ? "document" : "surname";
      if (!whole) name.entry = nullptr;
      added.push_back(name);
      return at + length;
    }
    return at + 1;
  }

  // A single word is taken again where it cannot be an ordinary one: not at the start of a sentence, or in capitals
  // that ordinary words do not have.
  static bool trusted(const Votes& votes, const Token& token) {
    const unsigned all = votes.of_type[0] + votes.of_type[1] + votes.of_type[2] + votes.of_type[3];
    return all >= 2 && (!token.is(Token::kSentenceStart) || token.is(Token::kInnerUpper));
  }

  const Document& document_;
  const NameContext& context_;
  std::vector<NameSpan>& names_;
  HashMap<Votes> votes_;  // by spelling; most_tokens by the first word of spellings, its hash made odd
};

}  // namespace

void make_consistent(const NameContext& context, std::vector<NameSpan>& names) {
  Consistency(context, names).run();
}

}  // namespace depeche::entities
