#include "searcher/second_stage.hh"

#include <algorithm>
#include <cmath>

#include "schema/part_layout.hh"
#include "searcher/relaxation.hh"

namespace depeche::searcher {
namespace {

using Kind = PlanNode::Kind;

constexpr std::size_t kMaxWords = 64;       // that are looked at
constexpr std::uint32_t kNearDistance = 3;  // of neighbours in the query: a function word or two between them

double saturated(double count) { return count / (count + 1); }

}  // namespace

void PartWords::add(Form form, std::size_t word, bool exact) {
  entries_.push_back({form, static_cast<std::uint8_t>(word), exact});
}

// Of several entries of a form the first word's counts, the exact one before others.
void PartWords::finish() {
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return a.form != b.form ? a.form < b.form : a.exact && !b.exact;
  });
  entries_.erase(std::unique(entries_.begin(), entries_.end(), [](auto& a, auto& b) { return a.form == b.form; }),
                 entries_.end());
  for (const Entry& e : entries_) filter_[e.form / 64 % 64] |= std::uint64_t{1} << (e.form % 64);
}

const PartWords::Entry* PartWords::find(Form form) const {
  if ((filter_[form / 64 % 64] >> (form % 64) & 1) == 0) return nullptr;
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), form,
                                   [](const Entry& e, Form wanted) { return e.form < wanted; });
  return at != entries_.end() && at->form == form ? &*at : nullptr;
}

SecondStage::SecondStage(const PlanNode& plan, std::uint64_t articles, const Frequency& frequency,
                         const Ranking& ranking)
    : ranking_(ranking) {
  for (const PlanNode* word : words_of(plan)) {
    collect(*word, inverse_frequency(articles, articles_with(*word, frequency)));
  }
  if (words_.size() > kMaxWords) words_.resize(kMaxWords);
}

// A word is looked for in all its forms; of a phrase each word is one.
void SecondStage::collect(const PlanNode& node, double idf) {
  if (node.kind == Kind::kTerms) {
    Word& word = words_.emplace_back();
    for (const std::string& term : node.terms) {
      // The title field's terms are the same words behind one capital letter.
      word.lemmas.push_back(!term.empty() && term[0] >= 'A' && term[0] <= 'Z' ? term.substr(1) : term);
    }
    word.exact = node.exact;
    word.idf = idf;
  } else if (node.kind == Kind::kPhrase) {
    for (const text::Slot& slot : node.slots) {
      words_.push_back({slot.lemmas, slot.exact, idf / static_cast<double>(node.slots.size())});
    }
  } else if (node.kind == Kind::kAny && !node.children.empty()) {
    // What was typed, then other ways to say it in one word.
    const std::size_t first = words_.size();
    collect(node.children.front(), idf);
    for (std::size_t i = 1; i < node.children.size() && first < words_.size(); ++i) {
      const PlanNode& other = node.children[i];
      auto& lemmas = words_[first].lemmas;
      if (other.kind == Kind::kTerms) lemmas.insert(lemmas.end(), other.terms.begin(), other.terms.end());
    }
  } else if (node.kind == Kind::kNear) {
    for (const PlanNode& child : node.children) collect(child, idf / static_cast<double>(node.children.size()));
  }
}

PartWords SecondStage::in_part(const WordStream& words) const {
  PartWords out;
  std::vector<Form> exact;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    exact.clear();
    if (!words_[i].exact.empty()) words.forms_of_exact(words_[i].exact, exact);
    for (const Form form : exact) out.add(form, i, true);
    for (const std::string& lemma : words_[i].lemmas) {
      for (const Form form : words.forms_of_lemma(lemma)) out.add(form, i, false);
    }
  }
  out.finish();
  return out;
}

const Bonuses& SecondStage::read(const Part& part, const PartWords& words, DocId doc) {
  bonuses_.fill(0);
  find_places(part, words, doc);
  count_words();
  count_sentences();
  count_neighbours();
  for (std::size_t i = 0; i < kBonusCount; ++i) bonuses_[i] *= ranking_.bonus[i];
  return bonuses_;
}

void SecondStage::find_places(const Part& part, const PartWords& words, DocId doc) {
  part.words.read(doc, stream_);
  places_.clear();
  std::uint32_t position = 0, sentence = 0;
  for (const Form form : stream_) {
    if (form < schema::stream::kFirstForm) {
      sentence += form == schema::stream::kSentenceEnd;
      continue;
    }
    ++position;
    if (const auto* entry = words.find(form)) places_.push_back({position, sentence, entry->word, entry->exact});
  }
}

void SecondStage::count_words() {
  struct Seen { double exact = 0, lead = 0; std::uint32_t first = UINT32_MAX; };
  std::array<Seen, kMaxWords> seen{};
  for (const Place& p : places_) {
    Seen& s = seen[p.word];
    s.exact += p.exact;
    s.lead += p.position <= 100;
    s.first = std::min(s.first, p.position);
  }
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const double idf = words_[i].idf;
    if (seen[i].first == UINT32_MAX) continue;
    bonus(Bonus::kCover) += idf;
    bonus(Bonus::kExact) += idf * saturated(seen[i].exact);
    if (seen[i].first <= 60) bonus(Bonus::kLead60) += idf;
    bonus(Bonus::kLeadExp) += idf * std::exp(-static_cast<double>(seen[i].first) / 100);
    bonus(Bonus::kLead100) += idf * saturated(seen[i].lead);
  }
}

void SecondStage::count_sentences() {
  double best[3] = {0, 0, 0};
  for (std::size_t i = 0; i < places_.size();) {
    const std::uint32_t sentence = places_[i].sentence;
    std::uint64_t mask = 0;
    double mass = 0;
    for (; i < places_.size() && places_[i].sentence == sentence; ++i) {
      const std::uint64_t bit = std::uint64_t{1} << places_[i].word;
      if ((mask & bit) == 0) mass += words_[places_[i].word].idf;
      mask |= bit;
    }
    if (sentence == 0) bonus(Bonus::kFirstSentence) = mass;
    if (sentence < 4) bonus(Bonus::kLeadSentence) = std::max(bonus(Bonus::kLeadSentence), mass);
    if (mass > best[0]) best[2] = best[1], best[1] = best[0], best[0] = mass;
    else if (mass > best[1]) best[2] = best[1], best[1] = mass;
    else if (mass > best[2]) best[2] = mass;
  }
  bonus(Bonus::kBestSentence) = best[0];
  bonus(Bonus::kThreeSentences) = (best[0] + best[1] + best[2]) / 3;
}

void SecondStage::count_neighbours() {
  std::array<double, kMaxWords> acc{}, bigram{}, exact_bigram{};
  for (std::size_t k = 1; k < places_.size(); ++k) {
    const Place &a = places_[k - 1], &b = places_[k];
    if (a.word == b.word || a.sentence != b.sentence) continue;
    const double d = b.position - a.position;
    acc[a.word] += words_[b.word].idf / (d * d);
    acc[b.word] += words_[a.word].idf / (d * d);
    if (b.word == a.word + 1 && d <= kNearDistance) {
      ++bigram[a.word];
      exact_bigram[a.word] += a.exact && b.exact;
    }
  }
  for (std::size_t i = 0; i < words_.size(); ++i) {
    bonus(Bonus::kProximity) += words_[i].idf * acc[i] / (acc[i] + 5);
    if (i + 1 < words_.size()) {
      const double idf = std::min(words_[i].idf, words_[i + 1].idf);
      bonus(Bonus::kBigram) += idf * saturated(bigram[i]);
      bonus(Bonus::kExactBigram) += idf * saturated(exact_bigram[i]);
    }
  }
}

}  // namespace depeche::searcher
