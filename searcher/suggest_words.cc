// Words that complete a query: of the vocabulary, and what follows or stands beside the words before.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "schema/part_layout.hh"
#include "searcher/suggest.hh"
#include "text/fold.hh"

namespace depeche::searcher {
namespace {

using schema::stream::kFirstForm;

constexpr std::size_t kSampled = 96;       // articles that are read for what follows
constexpr std::size_t kContextWords = 3;   // before the word that is completed
constexpr std::size_t kCandidates = 32;    // kept of each kind and part
constexpr std::size_t kUsualShare = 10;    // one in so many articles with a word has it followed by the same
constexpr std::size_t kMostOnward = 2;     // suggestions that go on behind a complete word
constexpr std::size_t kFollowerWords = 3;  // "de" is no end: "levée", "levée de fonds"
constexpr std::size_t kMostUnfound = 4;    // candidates that turn out to find nothing

struct Candidate {
  std::string text;      // of the whole query
  double about = 0;      // articles, by the sample or the form alone
  std::size_t seen = 0;  // articles of the sample that have it
};

void keep_best(std::vector<Candidate>& list) {
  std::sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
    return a.about != b.about ? a.about > b.about : a.text < b.text;
  });
  if (list.size() > kCandidates) list.resize(kCandidates);
}

// Articles that have one word, and how many there are of each one read.
struct Sample {
  std::vector<Place> places;
  double weight = 1;
};

class WordSuggester {
 public:
  WordSuggester(const Typed& typed, const SuggestSource& source) : typed_(typed), source_(source) {}

  std::vector<Suggestion> run(std::size_t most, const std::vector<Suggestion>& names) {
    const bool context = says_something(typed_.before);
    std::vector<Candidate> candidates = onward();
    const auto add = [&](std::vector<Candidate> more) {
      std::move(more.begin(), more.end(), std::back_inserter(candidates));
    };
    const Sample sample = typed_.before.empty() ? Sample{} : sample_of(typed_.before);
    if (!typed_.before.empty()) add(followers(typed_.before, typed_.partial, typed_.head(), sample));
    if (!context) {
      add(completions());
    } else if (candidates.size() < most && !typed_.partial.empty() && !is_stop_word(typed_.before.back().exact)) {
      add(companions(sample));
    }
    return counted(candidates, most, names);
  }

 private:
  std::vector<Suggestion> counted(const std::vector<Candidate>& candidates, std::size_t most,
                                  const std::vector<Suggestion>& names) const {
    std::unordered_set<std::string> seen{joined_key(typed_.text)};
    for (const Suggestion& name : names) {
      if (name.query.empty()) seen.insert(joined_key(name.label));
    }
    std::vector<Suggestion> out;
    std::size_t unfound = 0;
    for (const Candidate& candidate : candidates) {
      if (out.size() == most || unfound == kMostUnfound) break;
      if (!seen.insert(joined_key(candidate.text)).second) continue;
      Suggestion word;
      word.label = word.query = candidate.text;
      word.count = source_.count(word.query, nullptr);
      word.about = word.count ? static_cast<double>(*word.count) : candidate.about;
      if (word.count == 0) {
        ++unfound;
        continue;
      }
      const std::string_view last = std::string_view(word.label).substr(typed_.begin);
      word.highlights.emplace_back(0, typed_.begin + bytes_folded_to(last, typed_.partial.size(), text::fold));
      out.push_back(std::move(word));
    }
    return out;
  }

  // --- words of the index that begin so ---

  // Of forms that find the same, the most usual.
  std::vector<Candidate> completions() const {
    struct Found {
      double articles = 0, most = 0;
      std::string_view spelling;
    };
    std::map<std::string, Found> found;  // by lemmas
    if (typed_.partial.empty()) return {};
    for (const auto& part : source_.parts) {
      for (const std::size_t i : most_frequent(part->vocabulary)) {
        const Form form = part->vocabulary.form(i);
        Found& one = found[part->words.lemmas(form)];
        const double articles = part->vocabulary.count(i);
        one.articles += articles;
        if (articles <= one.most) continue;
        one.most = articles;
        one.spelling = part->vocabulary.spelling(form, part->words);
      }
    }
    std::vector<std::pair<double, std::string_view>> order;
    for (const auto& [lemmas, one] : found) order.emplace_back(-one.articles, lemmas);
    std::sort(order.begin(), order.end());
    std::vector<Candidate> out;
    std::unordered_set<std::string_view> covered;  // lemmas
    for (const auto& [rank, lemmas] : order) {
      if (covers_new(lemmas, covered))
        out.push_back({typed_.head() + std::string(found.find(std::string(lemmas))->second.spelling), -rank, 0});
    }
    return out;
  }

  // Numbers of the words that begin so, without function words.
  std::vector<std::size_t> most_frequent(const Vocabulary& words) const {
    using Entry = std::pair<std::uint32_t, std::size_t>;
    std::vector<Entry> best;  // the rarest on top
    const auto [begin, end] = words.words(typed_.partial);
    for (std::size_t i = begin; i < end; ++i) {
      if (best.size() == kCandidates && words.count(i) <= best.front().first) continue;
      if (is_stop_word(words.word(i))) continue;
      if (best.size() == kCandidates) {
        std::pop_heap(best.begin(), best.end(), std::greater<>());
        best.pop_back();
      }
      best.emplace_back(words.count(i), i);
      std::push_heap(best.begin(), best.end(), std::greater<>());
    }
    std::vector<std::size_t> out;
    for (const auto& [count, i] : best) out.push_back(i);
    return out;
  }

  // Adds the lemmas; false when one was there: the word is found with another that is more usual.
  static bool covers_new(std::string_view lemmas, std::unordered_set<std::string_view>& covered) {
    bool fresh = true;
    while (!lemmas.empty()) {
      const auto end = lemmas.find(' ');
      fresh = covered.insert(lemmas.substr(0, end)).second && fresh;
      lemmas.remove_prefix(end == lemmas.npos ? lemmas.size() : end + 1);
    }
    return fresh;
  }

  // --- what stands behind or beside the words before ---

  // A term that all articles with the word have, of the part: the rarest lemma of its most usual form.
  std::string_view term_of(const std::string& word, std::size_t part) const {
    std::vector<Form> forms;
    source_.parts[part]->words.forms_of_exact(word, forms);
    if (forms.empty()) return {};
    const Form usual = *std::min_element(forms.begin(), forms.end());  // forms are numbered by falling frequency
    std::string_view rarest;
    std::uint64_t least = 0;
    source_.parts[part]->words.for_each_lemma_of(usual, [&](std::string_view lemma) {
      const std::uint64_t frequency = source_.frequency(part, lemma);
      if (rarest.empty() || frequency < least) rarest = lemma, least = frequency;
    });
    return rarest;
  }

  // Of each part articles that have the rarest of the words.
  Sample sample_of(const std::vector<Typed::Word>& words) const {
    Sample out;
    double all = 0;
    for (std::size_t p = 0; p < source_.parts.size(); ++p) {
      std::string_view rarest;
      std::uint64_t least = UINT64_MAX;
      for (const Typed::Word& word : words) {
        const std::string_view term = term_of(word.exact, p);
        const std::uint64_t frequency = term.empty() ? 0 : source_.frequency(p, term);
        if (frequency < least) least = frequency, rarest = term;
      }
      if (rarest.empty()) continue;
      const std::uint64_t articles = source_.parts[p]->columns.count();
      const std::size_t share =
          std::max<std::size_t>(1, kSampled * articles / std::max<std::uint64_t>(1, source_.articles));
      for (const DocId doc : source_.sample(p, rarest, share))
        out.places.push_back({static_cast<std::uint32_t>(p), doc});
      all += static_cast<double>(least);
    }
    if (!out.places.empty()) out.weight = std::max(1.0, all / static_cast<double>(out.places.size()));
    return out;
  }

  // A last word that is complete goes on: "open" → "open source".
  std::vector<Candidate> onward() const {
    if (typed_.partial.size() < 2 || is_stop_word(typed_.partial)) return {};
    const std::vector<Typed::Word> all = typed_.all();
    const Sample sample = sample_of(all);
    std::vector<Candidate> out = followers(all, "", typed_.text + " ", sample);
    const std::size_t usual = std::max<std::size_t>(2, sample.places.size() / kUsualShare);
    std::erase_if(out, [&](const Candidate& c) { return c.seen < usual; });
    if (out.size() > kMostOnward) out.resize(kMostOnward);
    return out;
  }

  // "levée de f" → "levée de fonds".
  std::vector<Candidate> followers(const std::vector<Typed::Word>& before, const std::string& partial,
                                   const std::string& head, const Sample& sample) const {
    std::vector<std::vector<std::vector<Form>>> slots(source_.parts.size());  // by part: the forms of each word
    for (std::size_t p = 0; p < slots.size(); ++p) {
      for (std::size_t i = before.size() - std::min(before.size(), kContextWords); i < before.size(); ++i) {
        source_.parts[p]->words.forms_of_exact(before[i].exact, slots[p].emplace_back());
      }
    }
    std::map<std::string, std::size_t> articles;
    std::vector<Form> numbers;
    for (const Place& place : sample.places) {
      const Part& part = *source_.parts[place.part];
      part.words.read(place.doc, numbers);
      std::set<std::string> here;
      const auto& wanted = slots[place.part];
      for (std::size_t i = 0; i + wanted.size() < numbers.size(); ++i) {
        if (!stands_at(numbers, i, wanted)) continue;
        std::string next = following(numbers, i + wanted.size(), partial, part);
        if (!next.empty()) here.insert(std::move(next));
      }
      for (const std::string& next : here) ++articles[next];
    }
    std::vector<Candidate> out;
    for (const auto& [next, seen] : articles) {
      if (seen >= (partial.empty() ? 2 : 1))
        out.push_back({head + next, sample.weight * static_cast<double>(seen), seen});
    }
    keep_best(out);
    return out;
  }

  static bool stands_at(const std::vector<Form>& numbers, std::size_t at,
                        const std::vector<std::vector<Form>>& slots) {
    for (std::size_t k = 0; k < slots.size(); ++k) {
      if (std::find(slots[k].begin(), slots[k].end(), numbers[at + k]) == slots[k].end()) return false;
    }
    return true;
  }

  // The word at `at`, and those behind it while they are stop words; empty where it does not begin so or ends in one.
  static std::string following(const std::vector<Form>& numbers, std::size_t at, std::string_view partial,
                               const Part& part) {
    std::string out;
    for (std::size_t k = 0; k < kFollowerWords && at + k < numbers.size() && numbers[at + k] >= kFirstForm; ++k) {
      const std::string_view exact = part.words.exact(numbers[at + k]);
      if (k == 0 && !exact.starts_with(partial)) return {};
      if (k > 0) out += ' ';
      out += part.vocabulary.spelling(numbers[at + k], part.words);
      if (!is_stop_word(exact)) return exact.size() > 1 ? out : std::string();
    }
    return {};
  }

  // Words that begin so anywhere in the articles of the sample: "openai lè" → "openai lève".
  std::vector<Candidate> companions(const Sample& sample) const {
    std::vector<std::vector<bool>> begins_so(source_.parts.size());  // by part and form
    for (std::size_t p = 0; p < begins_so.size(); ++p) {
      const Part& part = *source_.parts[p];
      begins_so[p].resize(part.words.forms() + kFirstForm);
      const auto [begin, end] = part.vocabulary.words(typed_.partial);
      for (std::size_t i = begin; i < end; ++i)
        begins_so[p][part.vocabulary.form(i)] = !is_stop_word(part.vocabulary.word(i));
    }
    std::map<std::string_view, std::size_t> articles;  // by spelling
    std::vector<Form> numbers, here;
    for (const Place& place : sample.places) {
      const Part& part = *source_.parts[place.part];
      part.words.read(place.doc, numbers);
      here.clear();
      for (const Form form : numbers) {
        if (begins_so[place.part][form] && std::find(here.begin(), here.end(), form) == here.end())
          here.push_back(form);
      }
      for (const Form form : here) ++articles[part.vocabulary.spelling(form, part.words)];
    }
    const std::size_t enough = sample.places.size() < kSampled / 8 ? 1 : 2;
    std::vector<Candidate> out;
    for (const auto& [spelling, seen] : articles) {
      if (seen >= enough)
        out.push_back({typed_.head() + std::string(spelling), sample.weight * static_cast<double>(seen), seen});
    }
    keep_best(out);
    return out;
  }

  const Typed& typed_;
  const SuggestSource& source_;
};

}  // namespace

std::vector<Suggestion> suggest_words(const Typed& typed, const SuggestSource& source, std::size_t most,
                                      const std::vector<Suggestion>& names) {
  return WordSuggester(typed, source).run(most, names);
}

}  // namespace depeche::searcher
