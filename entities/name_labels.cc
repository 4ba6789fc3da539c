#include <algorithm>

#include "entities/hash_map.hh"
#include "entities/names.hh"

namespace depeche::entities {
namespace {

class Labeler {
 public:
  Labeler(const NameContext& context, std::vector<NameSpan>& names)
      : document_(context.document), context_(context), names_(names) {}

  void run() {
    for (NameSpan& name : names_) name.label = own_label(name);
    link_initialisms();
    link_surnames();
    unify_spellings();
  }

 private:
  std::string_view surface(TokenSpan tokens) const {
    const auto part = static_cast<std::size_t>(document_.part_of(tokens.first));
    return document_.range(tokens.first, tokens.last).of(document_.parts[part]);
  }

  // The gazetteer's label, for the name without its legal form if need be; else the name as it is written.
  std::string own_label(NameSpan& name) const {
    if (name.entry != nullptr) return name.entry->label;
    TokenSpan core = name.tokens;
    while (name.type == EntityType::kOrg && core.last - core.first > 1 && is_legal_form(core.last - 1)) --core.last;
    if (core.last != name.tokens.last) {
      const NameForm* form = context_.matcher.first(key_of(document_, core).value);
      for (; form != nullptr; form = context_.matcher.next(*form)) {
        const GazetteerEntry& entry = context_.matcher.entry(*form);
        if (entry.type == name.type) return entry.label;
      }
    }
    return one_line(surface(core));
  }

  bool is_legal_form(std::uint32_t at) const {
    return document_.tokens[at].is(Token::kPunct) || (has(context_.classes[at], WordClass::kLegalForm) && document_.tokens[at].length <= 5);
  }

  static std::string one_line(std::string_view text) {
    std::string label;
    bool blank = false;
    for (const char c : text) {
      const bool white = c == ' ' || c == '\n' || c == '\r' || c == '\t';
      if (!white) {
        if (blank) label += ' ';
        label += c == '\0' ? ' ' : c;
      }
      blank = white && !label.empty();
    }
    return label;
  }

  // "Autorité de régulation des communications (Arcep)": both are one, under the gazetteer's label where it has one.
  void link_initialisms() {
    for (std::size_t i = 1; i < names_.size(); ++i) {
      NameSpan& full = names_[i - 1];
      NameSpan& brief = names_[i];
      if (full.type != EntityType::kOrg || brief.type != full.type || brief.tokens.first != full.tokens.last + 1) continue;
      if (document_.tokens[full.tokens.last].punct != '(' || brief.tokens.last - brief.tokens.first != 1) continue;
      if (brief.tokens.last >= document_.tokens.size() || document_.tokens[brief.tokens.last].punct != ')') continue;
      if (full.tokens.last - full.tokens.first < 2 || !initials_match(full.tokens, brief.tokens)) continue;
      const std::string label = brief.entry != nullptr ? brief.label : full.label;
      for (const KeyHash key : {key_of(document_, full.tokens), key_of(document_, brief.tokens)}) relabel(key, label);
    }
  }

  bool initials_match(TokenSpan full, TokenSpan brief) const {
    const auto first_letter = [&](std::uint32_t at) {
      const Token& token = document_.tokens[at];
      const unsigned used = std::min<unsigned>(token.length, 4);
      return used == 0 ? '\0' : static_cast<char>(token.head >> (8 * (used - 1)) & 0xFF);
    };
    return first_letter(full.first) != '\0' && first_letter(full.first) == first_letter(brief.first);
  }

  void relabel(const KeyHash& key, const std::string& label) {
    for (NameSpan& name : names_) {
      if (name.type != EntityType::kOrg || !(key_of(document_, name.tokens) == key)) continue;
      if (name.label != label && name.entry == nullptr) name.why = "initialism";
      name.label = label;
    }
  }

  // A surname, or a first name, gets the only full name of the document that ends, or begins, with it; of several the
  // one that was mentioned last before it.
  void link_surnames() {
    HashMap<std::uint32_t> full_names(names_.size());  // by last word, and by first: the name + 1
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      const NameSpan& name = names_[i];
      if (name.type == EntityType::kPerson && name.tokens.last - name.tokens.first > 1) {
        std::uint32_t& by_last = full_names[document_.tokens[name.tokens.last - 1].key.value];
        if (by_last == 0) by_last = i + 1;
      }
    }
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      NameSpan& name = names_[i];
      if (name.type != EntityType::kPerson) continue;
      std::uint32_t& full = full_names[document_.tokens[name.tokens.last - 1].key.value];
      if (name.tokens.last - name.tokens.first > 1) {
        full = i + 1;
      } else if (full != 0) {
        name.label = names_[full - 1].label;
        name.entry = names_[full - 1].entry;
        name.why = "surname";
      }
    }
  }

  // Of the spellings of an unlisted name the commonest that is not all capitals.
  void unify_spellings() {
    struct Spelling {
      std::uint32_t best = 0;  // name + 1
      std::uint16_t count = 0;
      bool shouted = true;
    };
    HashMap<Spelling> spellings(names_.size());
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      if (names_[i].entry != nullptr) continue;
      Spelling& spelling = spellings[key_of(document_, names_[i].tokens).value | 1];
      const Token& first = document_.tokens[names_[i].tokens.first];
      const bool shouted = first.is(Token::kAllUpper) && first.length > 4;
      if (spelling.best == 0 || (spelling.shouted && !shouted)) {
        spelling.best = i + 1;
        spelling.shouted = shouted;
      }
    }
    for (NameSpan& name : names_) {
      if (name.entry != nullptr) continue;
      const Spelling* spelling = spellings.find(key_of(document_, name.tokens).value | 1);
      if (spelling == nullptr || spelling->best == 0) continue;
      const NameSpan& best = names_[spelling->best - 1];
      if (best.type == name.type && std::string_view(name.why) != "surname") name.label = best.label;
    }
  }

  const Document& document_;
  const NameContext& context_;
  std::vector<NameSpan>& names_;
};

}  // namespace

void label_names(const NameContext& context, std::vector<NameSpan>& names) { Labeler(context, names).run(); }

}  // namespace depeche::entities
