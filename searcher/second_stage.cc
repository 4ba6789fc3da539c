#include "searcher/second_stage.hh"

#include <algorithm>

#include "searcher/relaxation.hh"

namespace depeche::searcher {
namespace {

using Kind = PlanNode::Kind;

constexpr std::size_t kMaxWords = 64;  // that are looked at

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
  for (const Entry& e : entries_) scan_.look_for(e.form);
}

const PartWords::Entry* PartWords::find(Form form) const {
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), form,
                                   [](const Entry& e, Form wanted) { return e.form < wanted; });
  return at != entries_.end() && at->form == form ? &*at : nullptr;
}

SecondStage::SecondStage(const PlanNode& plan, const Collection& collection, const Ranking& ranking)
    : collection_(collection), ranking_(ranking) {
  for (const PlanNode* word : words_of(plan)) {
    collect(*word, inverse_frequency(collection.articles, articles_with(*word, collection.frequency)));
  }
  if (words_.size() > kMaxWords) words_.resize(kMaxWords);
  for (const Word& word : words_) all_ += word.idf;
}

// A word is looked for in all its forms; each word of a phrase is one.
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
  } else if (node.kind == Kind::kNear) {
    for (const PlanNode& child : node.children) collect(child, idf / static_cast<double>(node.children.size()));
  } else if (node.kind == Kind::kAny) {  // what was typed, then other ways to say it in one word
    const std::size_t first = words_.size();
    collect(node.children.front(), idf);
    for (std::size_t i = 1; i < node.children.size() && first < words_.size(); ++i) {
      const PlanNode& other = node.children[i];
      if (other.kind != Kind::kTerms) continue;
      words_[first].lemmas.insert(words_[first].lemmas.end(), other.terms.begin(), other.terms.end());
    }
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

Bonuses SecondStage::read(const Part& part, const PartWords& words, DocId doc) {
  Bonuses out{};
  if (all_ <= 0) return out;
  find_places(part, words, doc);
  const auto set = [&](Bonus which, double value) {
    const auto i = static_cast<std::size_t>(which);
    out[i] = ranking_.bonus[i] * value;
  };
  set(Bonus::kExact, exact_bonus(part.columns.length[doc]));
  set(Bonus::kCoverage, share(weight_until(UINT32_MAX)));
  set(Bonus::kLead, share(weight_until(kLeadWords)));
  set(Bonus::kTogether, share(best_window()));
  return out;
}

void SecondStage::find_places(const Part& part, const PartWords& words, DocId doc) {
  places_.clear();
  words.scan().run(part.words.coded(doc), [&](Form form, std::uint32_t position, std::size_t) {
    if (const auto* entry = words.find(form)) places_.push_back({position, entry->word, entry->exact});
  });
}

double SecondStage::exact_bonus(double length) const {
  std::array<std::uint32_t, kMaxWords> times{};
  for (const Place& place : places_) times[place.word] += place.exact;
  const double saturation =
      ranking_.k1 * (1 - ranking_.b + ranking_.b * length / collection_.average_length);
  double sum = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const double n = times[i];
    if (n > 0) sum += words_[i].idf * n * (ranking_.k1 + 1) / (n + saturation);
  }
  return sum;
}

// Of the different words up to that position.
double SecondStage::weight_until(std::uint32_t position) const {
  std::uint64_t seen = 0;
  double sum = 0;
  for (const Place& place : places_) {
    if (place.position > position) break;
    const std::uint64_t bit = std::uint64_t{1} << place.word;
    if ((seen & bit) == 0) sum += words_[place.word].idf;
    seen |= bit;
  }
  return sum;
}

// Of the different words within kWindowWords, at the best place.
double SecondStage::best_window() const {
  std::array<std::uint32_t, kMaxWords> inside{};
  double sum = 0, best = 0;
  for (std::size_t last = 0, first = 0; last < places_.size(); ++last) {
    if (inside[places_[last].word]++ == 0) sum += words_[places_[last].word].idf;
    for (; places_[last].position - places_[first].position >= kWindowWords; ++first) {
      if (--inside[places_[first].word] == 0) sum -= words_[places_[first].word].idf;
    }
    best = std::max(best, sum);
  }
  return best;
}

}  // namespace depeche::searcher
