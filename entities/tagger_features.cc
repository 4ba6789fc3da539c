#include "entities/tagger_features.hh"

#include <algorithm>

#include "entities/name_lists.hh"

namespace depeche::entities {
namespace {

// What the gazetteer says of a token: sure and ambiguous meanings by EntityType, and whether a name goes on here.
constexpr std::uint16_t sure_bit(EntityType type) {
  return static_cast<std::uint16_t>(1u << static_cast<unsigned>(type));
}
constexpr std::uint16_t ambiguous_bit(EntityType type) {
  return static_cast<std::uint16_t>(16u << static_cast<unsigned>(type));
}
constexpr std::uint16_t kInsideName = 256;

// What the whole document says of a word: how it is written elsewhere, and what stood beside it.
enum EvidenceBit : std::uint16_t {
  kSeenSmall = 1,    // in small letters
  kSeenCapital = 2,  // with a capital where no sentence begins
  kAfterFirstName = 4,
  kAfterTitle = 8,
  kAfterOrgHead = 16,
  kAfterProductHead = 32,
  kAfterPlaceWord = 64,
  kBeforeVerb = 128,
  kInBrackets = 256,
  kSureOrg = 512,  // part of a name that the gazetteer is sure of
  kSurePerson = 1024,
  kSurePlace = 2048,
  kSureProduct = 4096,
};

constexpr std::uint16_t kShapeFlags = Token::kUpper | Token::kAllUpper | Token::kInnerUpper | Token::kLetter |
                                      Token::kDigit | Token::kNumber | Token::kPunct | Token::kElision |
                                      Token::kHyphen;
constexpr WordClasses kContextClasses =
    ~(static_cast<WordClasses>(WordClass::kNumberWord) | static_cast<WordClasses>(WordClass::kCurrency) |
      static_cast<WordClasses>(WordClass::kNegation) | static_cast<WordClasses>(WordClass::kRumour) |
      static_cast<WordClasses>(WordClass::kDenial));

constexpr std::uint64_t feature(std::uint64_t kind, std::uint64_t value) {
  return mixed(value * 0xFF51AFD7ED558CCD + kind * 0xC4CEB9FE1A85EC53 + 1);
}
constexpr std::uint64_t pair(std::uint64_t a, std::uint64_t b) {
  return a * 0x9E3779B97F4A7C15 ^ (b + 0x7F4A7C15);
}

bool is_capitalised(const Token& token) {
  return token.is(Token::kUpper) || token.is(Token::kInnerUpper) ||
         (token.is(Token::kDigit) && token.is(Token::kLetter));
}

}  // namespace

void classify(const Document& document, const Matcher& matcher, std::vector<WordClasses>& classes) {
  const HashMap<WordClasses>& words = lexicon();
  classes.resize(document.tokens.size());
  for (std::size_t i = 0; i < document.tokens.size(); ++i) {
    const Token& token = document.tokens[i];
    const WordClasses* found = token.is(Token::kPunct) ? nullptr : words.find(token.key.value);
    WordClasses bits = found == nullptr ? 0 : *found;
    if (bits == 0 && token.is(Token::kUpper) && matcher.is_given_name(token.key.value)) {
      bits = static_cast<WordClasses>(WordClass::kFirstName);
    }
    classes[i] = bits;
  }
}

void TaggerInput::prepare(const Document& document, const std::vector<WordClasses>& classes, const Matcher& matcher,
                          const std::vector<NameMatch>& matches) {
  document_ = &document;
  classes_ = &classes;
  gazetteer_.assign(document.tokens.size(), 0);
  for (const NameMatch& match : matches) {
    std::uint16_t bits = 0;
    for (const NameForm* form = match.form; form != nullptr; form = matcher.next(*form)) {
      const EntityType type = matcher.entry(*form).type;
      bits |= form->is(NameForm::kAmbiguous) ? ambiguous_bit(type) : sure_bit(type);
    }
    for (std::uint32_t at = match.tokens.first; at < match.tokens.last; ++at) {
      gazetteer_[at] = static_cast<std::uint16_t>(bits | (at > match.tokens.first ? kInsideName : 0));
    }
  }
  NameLists::built_in().mark(document, lists_);
  find_candidates();
  collect_evidence();
}

void TaggerInput::find_candidates() {
  const auto& tokens = document_->tokens;
  candidate_.assign(tokens.size(), false);
  shouted_.assign(document_->sentences.size(), false);
  for (std::size_t index = 0; index < document_->sentences.size(); ++index) {
    const Sentence& sentence = document_->sentences[index];
    std::uint32_t words = 0;
    std::uint32_t capitals = 0;
    std::uint32_t name_until = 0;  // small words up to here go on with a name
    for (std::uint32_t at = sentence.first; at < sentence.last; ++at) {
      const Token& token = tokens[at];
      words += token.is(Token::kLetter);
      capitals += token.is(Token::kAllUpper);
      const WordClasses classes = (*classes_)[at];
      bool candidate = gazetteer_[at] != 0 || is_capitalised(token) || has(classes, WordClass::kNameStart);
      const bool never = token.is(Token::kElision) || has(classes, WordClass::kPeople);
      if (never && gazetteer_[at] == 0) candidate = false;
      if (candidate) {
        name_until = at + 5;
      } else if (at < name_until && candidate_[at - 1]) {
        candidate = has(classes, WordClass::kNameInside) || token.is(Token::kDigit) || token.punct == '&';
      }
      candidate_[at] = candidate;
    }
    shouted_[index] = words >= 3 && capitals * 3 >= words * 2;
  }
}

void TaggerInput::collect_evidence() {
  const auto& tokens = document_->tokens;
  words_ = HashMap<std::uint32_t>(256);
  evidence_.clear();
  evidence_of_.assign(tokens.size(), 0);
  evidence_.push_back(0);
  for (std::uint32_t at = 0; at < tokens.size(); ++at) {
    if (!candidate_[at] || !is_capitalised(tokens[at])) continue;
    std::uint32_t& place = words_[tokens[at].key.value | 1];
    if (place == 0) {
      evidence_.push_back(0);
      place = static_cast<std::uint32_t>(evidence_.size() - 1);
    }
    evidence_of_[at] = place;
    const Token& token = tokens[at];
    std::uint16_t bits = 0;
    if (!token.is(Token::kSentenceStart)) {
      bits |= kSeenCapital;
      const WordClasses left = (*classes_)[at - 1];
      if (has(left, WordClass::kFirstName) && tokens[at - 1].is(Token::kUpper)) bits |= kAfterFirstName;
      if (has(left, WordClass::kPersonTitle) || has(left, WordClass::kCivility)) bits |= kAfterTitle;
      if (has(left, WordClass::kOrgHead)) bits |= kAfterOrgHead;
      if (has(left, WordClass::kProductHead)) bits |= kAfterProductHead;
      if (has(left, WordClass::kPlacePreposition) || has(left, WordClass::kPlaceHead)) bits |= kAfterPlaceWord;
      if (tokens[at - 1].punct == '(') bits |= kInBrackets;
    }
    if (at + 1 < tokens.size() && !tokens[at + 1].is(Token::kSentenceStart)) {
      const WordClasses right = (*classes_)[at + 1];
      if (has(right, WordClass::kSpeech) || has(right, WordClass::kFirmVerb)) bits |= kBeforeVerb;
    }
    const std::uint16_t gazetteer = gazetteer_[at];
    if (gazetteer & sure_bit(EntityType::kOrg)) bits |= kSureOrg;
    if (gazetteer & sure_bit(EntityType::kPerson)) bits |= kSurePerson;
    if (gazetteer & sure_bit(EntityType::kPlace)) bits |= kSurePlace;
    if (gazetteer & sure_bit(EntityType::kProduct)) bits |= kSureProduct;
    evidence_[place] |= bits;
  }
  for (const Token& token : tokens) {
    if (token.is(Token::kUpper) || !token.is(Token::kLetter)) continue;
    const std::uint32_t* place = words_.find(token.key.value | 1);
    if (place != nullptr && *place != 0) evidence_[*place] |= kSeenSmall;
  }
}

std::uint64_t TaggerInput::word(std::int64_t token, const Sentence& sentence) const {
  if (token < static_cast<std::int64_t>(sentence.first)) return 1;
  if (token >= static_cast<std::int64_t>(sentence.last)) return 2;
  const Token& at = document_->tokens[static_cast<std::size_t>(token)];
  return at.is(Token::kPunct) ? 3 + static_cast<unsigned char>(at.punct) : at.key.value;
}

void TaggerInput::features(std::uint32_t at, std::vector<std::uint64_t>& out) const {
  out.clear();
  const std::uint32_t sentence_index = document_->sentence_of[at];
  const Sentence& sentence = document_->sentences[sentence_index];
  const Token& token = document_->tokens[at];
  const bool has_left = at > sentence.first;
  const bool has_right = at + 1 < sentence.last;
  const Token none;
  const Token& left = has_left ? document_->tokens[at - 1] : none;
  const Token& right = has_right ? document_->tokens[at + 1] : none;
  const std::uint64_t w0 = word(at, sentence);
  const std::uint64_t wl = word(std::int64_t{at} - 1, sentence);
  const std::uint64_t wr = word(std::int64_t{at} + 1, sentence);
  const std::uint64_t wll = word(std::int64_t{at} - 2, sentence);
  const std::uint64_t wrr = word(std::int64_t{at} + 2, sentence);
  const bool shouted = shouted_[sentence_index];
  const std::uint64_t start = (has_left ? 0u : 1u) | (shouted ? 2u : 0u);
  const std::uint64_t shape = token.flags & kShapeFlags;
  const std::uint64_t shape_left = has_left ? left.flags & kShapeFlags : 0xFFFF;
  const std::uint64_t shape_right = has_right ? right.flags & kShapeFlags : 0xFFFF;
  const std::uint64_t length = std::min<unsigned>(token.length, 12);
  std::uint64_t kind = 1;
  const auto add = [&](std::uint64_t value) { out.push_back(feature(kind++, value)); };

  add(0);
  add(w0);
  add(wl);
  add(wr);
  add(wll);
  add(wrr);
  add(pair(wl, w0));
  add(pair(w0, wr));
  add(pair(wll, wl));
  add(pair(wr, wrr));
  add(pair(w0, shape));
  add(pair(shape, start));
  add(pair(shape, length));
  add(pair(shape_left, shape));
  add(pair(shape, shape_right));
  add(pair(pair(shape_left, shape), shape_right));
  add(pair(wl, shape));
  add(pair(wr, shape));
  add(token.tail & 0xFFFF);
  add(token.tail & 0xFFFFFF);
  add(token.tail);
  add(token.head);
  add(pair(token.head >> (token.length >= 4 ? 8 : 0), token.is(Token::kUpper)));

  const std::uint64_t gazetteer = gazetteer_[at];
  const std::uint64_t gazetteer_left = has_left ? gazetteer_[at - 1] : 0;
  const std::uint64_t gazetteer_right = has_right ? gazetteer_[at + 1] : 0;
  add(gazetteer);
  add(pair(gazetteer, start));
  add(pair(gazetteer, shape));
  add(pair(gazetteer, wl));
  add(pair(gazetteer, wr));
  add(pair(gazetteer_left, gazetteer));
  add(pair(gazetteer, gazetteer_right));
  add(pair(pair(gazetteer_left, gazetteer), gazetteer_right));

  const std::uint64_t lists = lists_[at];
  add(lists);
  add(pair(lists, gazetteer));
  add(pair(lists, has_left ? lists_[at - 1] : 0));
  add(pair(lists, has_right ? lists_[at + 1] : 0));

  const std::uint64_t classes = (*classes_)[at] & kContextClasses;
  const std::uint64_t classes_left = has_left ? (*classes_)[at - 1] & kContextClasses : 0;
  const std::uint64_t classes_right = has_right ? (*classes_)[at + 1] & kContextClasses : 0;
  const std::uint64_t classes_left2 = at >= sentence.first + 2 ? (*classes_)[at - 2] & kContextClasses : 0;
  add(classes);
  add(classes_left);
  add(classes_right);
  add(pair(classes_left2, classes_left));
  add(pair(classes_left, pair(shape, gazetteer)));
  add(pair(classes_right, pair(shape, gazetteer)));
  add(pair(pair(classes, classes_left), pair(shape_left, shape)));

  const std::uint64_t evidence = evidence_[evidence_of_[at]];
  add(pair(evidence, start));
  add(pair(evidence & (kSeenSmall | kSeenCapital), pair(start, gazetteer)));
  for (std::uint64_t bit = 1; bit <= kSureProduct; bit <<= 1) {
    if (evidence & bit) out.push_back(feature(kind, bit));
  }
  ++kind;
  const std::uint64_t evidence_left = has_left ? evidence_[evidence_of_[at - 1]] : 0;
  const std::uint64_t evidence_right = has_right ? evidence_[evidence_of_[at + 1]] : 0;
  add(pair(evidence_left & (kAfterFirstName | kSurePerson | kAfterTitle), shape));
  add(pair(evidence_right & (kAfterFirstName | kSurePerson | kAfterTitle), shape));
}

}  // namespace depeche::entities
