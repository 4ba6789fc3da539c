#include <algorithm>
#include <array>

#include "entities/hash_map.hh"
#include "entities/names.hh"

namespace depeche::entities {
namespace {

// Bounds on what one article can cost, far above what any has.
constexpr std::uint32_t kMostWords = 16;       // of a name that has short forms
constexpr std::size_t kMostInitialisms = 200;  // explained in brackets

class Labeler {
 public:
  Labeler(const NameContext& context, std::vector<NameSpan>& names)
      : document_(context.document), context_(context), names_(names) {}

  void run() {
    for (NameSpan& name : names_) name.label = own_label(name);
    link_initialisms();
    link_short_forms();
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
    name.entry =
        core.last != name.tokens.last ? context_.matcher.entry_of(key_of(document_, core).value, name.type) : nullptr;
    if (name.entry == nullptr) name.entry = with_article(core, name.type);
    if (name.entry == nullptr && name.type == EntityType::kProduct) name.entry = singular(core);
    return name.entry != nullptr ? name.entry->label : one_line(surface(core));
  }

  // "au Monde" names Le Monde, "l'Équipe" L'Équipe: the article of the name is lost in the sentence's.
  const GazetteerEntry* with_article(TokenSpan core, EntityType type) const {
    if (core.first == 0 || document_.tokens[core.first].is(Token::kSentenceStart)) return nullptr;
    static constexpr auto kArticles = std::to_array<std::string_view>({"le", "la", "les", "l"});
    if (!has(context_.classes[core.first - 1], WordClass::kCommon)) return nullptr;
    for (const std::string_view article : kArticles) {
      KeyHash key;
      for (const char c : article) key.add(c);
      const GazetteerEntry* entry = context_.matcher.entry_of(joined(key, key_of(document_, core)).value, type);
      if (entry != nullptr) return entry;
    }
    return nullptr;
  }

  // "iPhones" are the product iPhone.
  const GazetteerEntry* singular(TokenSpan core) const {
    const std::string_view name = surface(core);
    if (name.size() < 4 || name.back() != 's') return nullptr;
    return context_.matcher.entry_of(key_hash(name.substr(0, name.size() - 1)).value, EntityType::kProduct);
  }

  bool is_legal_form(std::uint32_t at) const {
    return document_.tokens[at].is(Token::kPunct) ||
           (has(context_.classes[at], WordClass::kLegalForm) && document_.tokens[at].length <= 5);
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
    std::size_t linked = 0;
    for (std::size_t i = 1; i < names_.size() && linked < kMostInitialisms; ++i) {
      NameSpan& full = names_[i - 1];
      NameSpan& brief = names_[i];
      if (full.type != EntityType::kOrg || brief.type != full.type || brief.tokens.first != full.tokens.last + 1)
        continue;
      if (document_.tokens[full.tokens.last].punct != '(' || brief.tokens.last - brief.tokens.first != 1) continue;
      if (brief.tokens.last >= document_.tokens.size() || document_.tokens[brief.tokens.last].punct != ')') continue;
      if (full.tokens.last - full.tokens.first < 2 || !initials_match(full.tokens, brief.tokens)) continue;
      ++linked;
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

  // An unlisted "Thrive" beside "Thrive Capital" is the same firm; "Pi 4" beside "Raspberry Pi 4" the same product.
  void link_short_forms() {
    struct Long {
      std::uint32_t name = 0;  // + 1
      bool several = false;
    };
    HashMap<Long> longer(names_.size());
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      const NameSpan& name = names_[i];
      const bool head = name.type == EntityType::kOrg;
      if (!head && name.type != EntityType::kProduct) continue;
      if (name.tokens.last - name.tokens.first > kMostWords) continue;
      for (std::uint32_t cut = name.tokens.first + 1; cut < name.tokens.last; ++cut) {
        if (head && is_place(cut)) break;  // "Lubrizol France" is a part of Lubrizol
        const TokenSpan part = head ? TokenSpan{name.tokens.first, cut} : TokenSpan{cut, name.tokens.last};
        Long& known = longer[key_of(document_, part).value | 1];
        known.several = known.several || (known.name != 0 && names_[known.name - 1].label != name.label);
        known.name = i + 1;
      }
    }
    for (NameSpan& name : names_) {
      if (name.entry != nullptr || (name.type != EntityType::kOrg && name.type != EntityType::kProduct)) continue;
      const Long* known = longer.find(key_of(document_, name.tokens).value | 1);
      if (known == nullptr || known->name == 0 || known->several || names_[known->name - 1].type != name.type)
        continue;
      name.label = names_[known->name - 1].label;
      name.entry = names_[known->name - 1].entry;
      name.why = "short-form";
    }
  }

  bool is_place(std::uint32_t at) const {
    return context_.matcher.entry_of(document_.tokens[at].key.value, EntityType::kPlace) != nullptr;
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
      } else if (name.entry == nullptr) {
        name.entry = context_.matcher.person_of_surname(document_.tokens[name.tokens.first].key.value);
        if (name.entry != nullptr) name.label = name.entry->label;
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
      if (best.type == name.type && std::string_view(name.why) != "surname" &&
          std::string_view(name.why) != "short-form")
        name.label = best.label;
    }
  }

  const Document& document_;
  const NameContext& context_;
  std::vector<NameSpan>& names_;
};

}  // namespace

void label_names(const NameContext& context, std::vector<NameSpan>& names) {
  Labeler(context, names).run();
}

}  // namespace depeche::entities
