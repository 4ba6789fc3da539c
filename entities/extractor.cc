#include "entities/extractor.hh"

#include <algorithm>

#include "entities/agencies.hh"
#include "entities/amount_kinds.hh"
#include "entities/amounts.hh"
#include "entities/events.hh"
#include "entities/gazetteer.hh"
#include "entities/matcher.hh"
#include "entities/names.hh"
#include "entities/participants.hh"
#include "entities/tagger.hh"
#include "entities/tokens.hh"
#include "entities/topics.hh"

namespace depeche::entities {
namespace {

constexpr std::size_t kStretchBytes = 256 * 1024;

TokenRole role_of(EntityType type) {
  switch (type) {
    case EntityType::kOrg:
      return TokenRole::kOrg;
    case EntityType::kPerson:
      return TokenRole::kPerson;
    case EntityType::kPlace:
      return TokenRole::kPlace;
    case EntityType::kProduct:
      return TokenRole::kProduct;
  }
  return TokenRole::kNone;
}

}  // namespace

// Works on one stretch of an article after the other; an ordinary article is one. Buffers are kept between articles.
class ExtractorImpl {
 public:
  explicit ExtractorImpl(const Gazetteer& gazetteer) : matcher_(gazetteer) {}

  Annotations extract(const Article& article) {
    Annotations result;
    std::optional<int> year;
    if (article.date) year = civil_from_day(article.date->first).year;
    find_agencies_in_byline(article.source, result.agencies);
    for (const std::string& author : article.authors) find_agencies_in_byline(author, result.agencies);
    topics_.start();
    std::size_t begin = 0;
    do {
      const std::size_t end = stretch_end(article.text, begin);
      document_.clear();
      document_.parts[0] = article.title;
      document_.parts[1] = article.text;
      if (begin == 0) document_.add(Part::kTitle, 0, article.title.size());
      document_.add(Part::kText, begin, end);
      extract_stretch(year, begin == 0, result);
      begin = end;
    } while (begin < article.text.size());
    result.topics = topics_.topics();
    return result;
  }

 private:
  // The end of a paragraph, where there is one, else of a line or of anything.
  static std::size_t stretch_end(std::string_view text, std::size_t begin) {
    if (text.size() - begin <= kStretchBytes) return text.size();
    const std::size_t limit = begin + kStretchBytes;
    for (const std::string_view border : {"\n\n", "\n", ". ", " "}) {
      const std::size_t at = text.substr(0, limit).rfind(border);
      if (at != std::string_view::npos && at > begin) return at + border.size();
    }
    std::size_t end = limit;
    while (end > begin + 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return end;
  }

  void extract_stretch(std::optional<int> year, bool with_start, Annotations& result) {
    classify(document_, matcher_, classes_);
    note_capitals();
    amounts_.clear();
    find_amounts(document_, classes_, year, amounts_);
    matches_.clear();
    matcher_.find(document_, !has_capitals_, matches_);
    names_.clear();
    input_.prepare(document_, classes_, matcher_, matches_);
    tagged_.clear();
    tagger_.tag(document_, input_, tagged_);
    const NameContext context{document_, classes_, matcher_, matches_, !has_capitals_};
    merge_names(context, tagged_, names_);
    expand_initialisms(context, names_);
    make_consistent(context, names_);
    label_names(context, names_);
    roles_.assign(document_.tokens.size(), TokenRole::kNone);
    for (const NameSpan& name : names_) mark(name.tokens, role_of(name.type));
    for (const FoundAmount& amount : amounts_) mark(amount.tokens, TokenRole::kMoney);
    events_.clear();
    find_events(document_, classes_, roles_, with_start, events_);
    name_amount_kinds(document_, events_, amounts_);
    topics_.add(document_);
    find_agencies(document_, result.agencies);
    report(result);
  }

  void note_capitals() {
    has_capitals_ = std::any_of(document_.tokens.begin(), document_.tokens.end(),
                                [](const Token& token) { return token.is(Token::kUpper); });
  }

  void mark(TokenSpan tokens, TokenRole role) {
    std::fill(roles_.begin() + tokens.first, roles_.begin() + tokens.last, role);
  }

  void report(Annotations& result) const {
    for (const NameSpan& name : names_) {
      result.mentions.push_back({document_.part_of(name.tokens.first),
                                 document_.range(name.tokens.first, name.tokens.last), name.type, name.label,
                                 name.why});
    }
    for (const FoundAmount& found : amounts_) result.amounts.push_back(found.amount);
    for (const FoundEvent& found : events_) {
      const Sentence& sentence = document_.sentences[found.sentence];
      result.events.push_back({sentence.part, document_.range(sentence.first, sentence.last), std::string(found.type),
                               found.polarity, participants_of(document_, found, names_)});
    }
  }

  Matcher matcher_;
  TopicClassifier topics_;
  Tagger tagger_{TaggerModel::built_in()};
  TaggerInput input_;
  Document document_;
  std::vector<WordClasses> classes_;
  std::vector<FoundAmount> amounts_;
  std::vector<NameMatch> matches_;
  std::vector<TaggedSpan> tagged_;
  std::vector<NameSpan> names_;
  std::vector<TokenRole> roles_;
  std::vector<FoundEvent> events_;
  bool has_capitals_ = false;
};

Extractor::Extractor(const Gazetteer& gazetteer) : impl_(std::make_unique<ExtractorImpl>(gazetteer)) {}
Extractor::~Extractor() = default;
Extractor::Extractor(Extractor&&) noexcept = default;

Annotations Extractor::extract(const Article& article) {
  return impl_->extract(article);
}

}  // namespace depeche::entities
