#include "entities/names.hh"

#include <algorithm>

#include "entities/hash_map.hh"

namespace depeche::entities {
namespace {

class NameFinder {
 public:
  NameFinder(const Document& document, const std::vector<WordClasses>& classes, const Matcher& matcher,
             const std::vector<NameMatch>& matches, std::vector<NameSpan>& names)
      : document_(document), classes_(classes), matcher_(matcher), matches_(matches), names_(names) {}

  void run() {
    taken_.assign(document_.tokens.size(), false);
    for (const NameMatch& match : matches_) {
      if (match.form->is(NameForm::kAmbiguous) && !borne_out(match)) continue;
      const GazetteerEntry& entry = matcher_.entry(*best_form(match));
      add({match.tokens, entry.type, &entry, match.form->is(NameForm::kAlias) ? "alias" : "gazetteer", {}});
    }
    for (const Sentence& sentence : document_.sentences) {
      for (std::uint32_t at = sentence.first; at < sentence.last;) at = read_person(at, sentence);
    }
    std::sort(names_.begin(), names_.end(), [](const NameSpan& a, const NameSpan& b) { return a.tokens.first < b.tokens.first; });
  }

 private:
  const Token& token(std::uint32_t at) const { return document_.tokens[at]; }

  bool inside(std::uint32_t at, std::uint32_t of) const {
    return at < document_.tokens.size() && document_.sentence_of[at] == document_.sentence_of[of];
  }
  WordClasses before(std::uint32_t at) const { return at > 0 && inside(at - 1, at) ? classes_[at - 1] : 0; }
  WordClasses after(std::uint32_t last) const { return last < document_.tokens.size() && inside(last, last - 1) ? classes_[last] : 0; }

  // Of several meanings the one that the words around suggest, else the first.
  const NameForm* best_form(const NameMatch& match) const {
    const NameForm* best = match.form;
    int best_score = -1;
    for (const NameForm* form = match.form; form != nullptr; form = matcher_.next(*form)) {
      const int score = evidence(match.tokens, matcher_.entry(*form).type);
      if (score > best_score) {
        best = form;
        best_score = score;
      }
    }
    return best;
  }

  bool borne_out(const NameMatch& match) const {
    const Token& first = token(match.tokens.first);
    const EntityType type = matcher_.entry(*best_form(match)).type;
    const int needed = first.is(Token::kSentenceStart) || !first.is(Token::kUpper) ? 2 : 1;
    return 1 + evidence(match.tokens, type) > needed;
  }

  int evidence(TokenSpan tokens, EntityType type) const {
    const WordClasses left = before(tokens.first);
    const WordClasses right = after(tokens.last);
    switch (type) {
      case EntityType::kOrg:
        return has(left, WordClass::kOrgHead) * 2 + (has(right, WordClass::kSpeech) || has(right, WordClass::kFirmVerb)) * 2 +
               has(right, WordClass::kLegalForm) * 2;
      case EntityType::kPerson: return (has(left, WordClass::kPersonTitle) || has(left, WordClass::kCivility)) * 2 + has(right, WordClass::kSpeech);
      case EntityType::kPlace: return has(left, WordClass::kPlacePreposition) * 2 + has(left, WordClass::kPlaceHead);
      case EntityType::kProduct: return has(left, WordClass::kProductHead) * 2;
    }
    return 0;
  }

  void add(NameSpan name) {
    for (std::uint32_t at = name.tokens.first; at < name.tokens.last; ++at) {
      if (taken_[at]) return;
    }
    std::fill(taken_.begin() + name.tokens.first, taken_.begin() + name.tokens.last, true);
    names_.push_back(std::move(name));
  }

  bool is_name_word(std::uint32_t at) const {
    return token(at).is(Token::kUpper) && token(at).is(Token::kLetter) && !taken_[at] && !token(at).is(Token::kElision);
  }

  // "Sam Altman" by the first name, "la ministre Clara Chappaz" by the title. Gives where to go on.
  std::uint32_t read_person(std::uint32_t at, const Sentence& sentence) {
    if (!is_name_word(at) || has(classes_[at], WordClass::kCommon)) return at + 1;
    const bool titled = has(before(at), WordClass::kPersonTitle) || has(before(at), WordClass::kCivility);
    const bool first_name = has(classes_[at], WordClass::kFirstName);
    if (!titled && !first_name) return at + 1;
    std::uint32_t last = at + 1;
    while (last < sentence.last && last < at + 5) {
      if (is_name_word(last)) {
        ++last;
      } else if (has(classes_[last], WordClass::kNamePart) && last + 1 < sentence.last && is_name_word(last + 1) &&
                 !token(last).is(Token::kElision)) {
        last += 2;
      } else {
        break;
      }
    }
    if (last - at < 2 && !has(before(at), WordClass::kCivility)) return at + 1;
    add({{at, last}, EntityType::kPerson, nullptr, titled ? "title" : "first-name", {}});
    return last;
  }

  const Document& document_;
  const std::vector<WordClasses>& classes_;
  const Matcher& matcher_;
  const std::vector<NameMatch>& matches_;
  std::vector<NameSpan>& names_;
  std::vector<bool> taken_;
};

}  // namespace

void find_names(const Document& document, const std::vector<WordClasses>& classes, const Matcher& matcher,
                const std::vector<NameMatch>& matches, std::vector<NameSpan>& names) {
  NameFinder(document, classes, matcher, matches, names).run();
}

void label_names(const Document& document, const Matcher&, std::vector<NameSpan>& names) {
  HashMap<std::uint32_t> surnames(names.size());  // last word of a person's full name -> the name + 1
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    NameSpan& name = names[i];
    const std::string_view part = document.parts[static_cast<std::size_t>(document.part_of(name.tokens.first))];
    name.label = name.entry != nullptr ? name.entry->label : std::string(document.range(name.tokens.first, name.tokens.last).of(part));
    if (name.type != EntityType::kPerson) continue;
    std::uint32_t& full = surnames[document.tokens[name.tokens.last - 1].key.value];
    if (name.tokens.last - name.tokens.first > 1) {
      if (full == 0) full = i + 1;
    } else if (full != 0) {
      name.label = names[full - 1].label;
      name.why = "surname";
    }
  }
}

}  // namespace depeche::entities
