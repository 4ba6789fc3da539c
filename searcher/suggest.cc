#include "searcher/suggest.hh"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "schema/part_layout.hh"
#include "text/fold.hh"
#include "text/word_lists.hh"

namespace depeche::searcher {
namespace {

using schema::stream::kFirstForm;

constexpr std::size_t kMostBytes = 512;        // of a prefix; a longer one has no completion
constexpr std::size_t kSampled = 256;          // articles that are read for what follows
constexpr std::size_t kContextWords = 3;       // before the word that is completed
constexpr std::size_t kMostNameWords = 4;      // typed words that a name may begin with
constexpr std::size_t kCandidates = 32;        // kept of each kind and part
constexpr std::size_t kShortestForTitles = 3;  // bytes
constexpr std::size_t kMostOnward = 2;         // suggestions that go on behind a complete word
constexpr std::size_t kFollowerWords = 3;      // "de" is no end: "levée", "levée de fonds"

bool is_stop_word(std::string_view folded) {
  const auto& words = text::WordLists::builtin().stop_words;
  return words.find(folded) != words.end();
}

// The text as typed, in words.
struct Typed {
  struct Word {
    std::string exact;   // folded
    std::size_t begin;   // in the text
  };
  std::string text;
  std::vector<Word> before;  // complete words
  std::string partial;       // of the word that is completed; may be empty
  std::size_t begin = 0;     // where that begins, or would

  std::string head() const { return text.substr(0, begin); }
  // A word that says something stands before the last one.
  bool has_context() const {
    return std::any_of(before.begin(), before.end(), [](const Word& w) { return !is_stop_word(w.exact); });
  }
};

Typed read_typed(std::string_view prefix, text::Analyzer& analyzer) {
  Typed typed;
  const auto first = prefix.find_first_not_of(" \t\r\n");
  if (first == prefix.npos) return typed;
  typed.text = prefix.substr(first);
  text::Analysis analysis;
  analyzer.analyze(typed.text, analysis);
  std::size_t end = 0;
  for (const text::Token& token : analysis.tokens()) {
    if (token.has(text::kCompound)) continue;
    typed.before.push_back({std::string(analysis.exact(token)), token.range.begin});
    end = token.range.end;
  }
  const auto last = typed.text.find_last_not_of(" \t\r\n") + 1;
  if (last < typed.text.size()) typed.text.replace(last, std::string::npos, " ");
  typed.begin = typed.text.size();
  if (!typed.before.empty() && end == typed.text.size()) {
    typed.partial = typed.before.back().exact;
    typed.begin = typed.before.back().begin;
    typed.before.pop_back();
  }
  return typed;
}

// How many bytes of `written` the first `folded` bytes of its folded form stand for.
std::size_t bytes_folded_to(std::string_view written, std::size_t folded, std::string (*fold)(std::string_view)) {
  const auto inside = [&](std::size_t at) {
    return at < written.size() && (static_cast<unsigned char>(written[at]) & 0xC0) == 0x80;
  };
  std::size_t end = 0;
  while (end < written.size() && (end == 0 ? folded > 0 : fold(written.substr(0, end)).size() < folded)) {
    ++end;
    while (inside(end)) ++end;
  }
  return end;
}

// Frequent words first, but not those that are in every other article: n · log₂(1 + N ⁄ n).
double usefulness(double count, std::uint64_t articles) {
  return count * std::log2(1.0 + static_cast<double>(articles) / std::max(1.0, count));
}

struct Candidate {
  std::string text;  // of the words that complete the query
  double rank = 0;
};

void keep_best(std::vector<Candidate>& list, std::size_t most) {
  std::sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
    return a.rank != b.rank ? a.rank > b.rank : a.text < b.text;
  });
  if (list.size() > most) list.resize(most);
}

class Suggester {
 public:
  Suggester(const SuggestRequest& request, const SuggestSource& source)
      : source_(source), limit_(request.limit), typed_(read_typed(request.prefix, source.analyzer)) {}

  std::vector<Suggestion> run() {
    if (typed_.text.empty() || (typed_.before.empty() && typed_.partial.empty())) return {};
    std::vector<Suggestion> titles = find_titles(limit_ < 4 ? limit_ : limit_ / 4);
    const std::size_t rest = limit_ > titles.size() ? limit_ - titles.size() : 0;
    std::vector<Suggestion> names = find_names(rest);
    const std::size_t for_names = std::min(names.size(), (rest + 1) / 2);
    std::vector<Suggestion> words = find_words(rest - for_names, names);
    if (words.size() + names.size() > rest) names.resize(rest - words.size());
    std::vector<Suggestion> list = by_count(std::move(words), std::move(names));
    for (Suggestion& title : titles) {
      if (list.size() < limit_) list.push_back(std::move(title));
    }
    return list;
  }

 private:
  static std::vector<Suggestion> by_count(std::vector<Suggestion> words, std::vector<Suggestion> names) {
    std::move(names.begin(), names.end(), std::back_inserter(words));
    std::stable_sort(words.begin(), words.end(), [](const Suggestion& a, const Suggestion& b) { return a.count > b.count; });
    return words;
  }

  // --- words ---

  std::vector<Suggestion> find_words(std::size_t most, const std::vector<Suggestion>& names) {
    std::vector<Candidate> candidates = onward();
    const auto add = [&](std::vector<Candidate> more) {
      std::move(more.begin(), more.end(), std::back_inserter(candidates));
    };
    if (!typed_.before.empty()) add(followers(typed_.before, typed_.partial, typed_.head()));
    if (!typed_.has_context()) {
      add(completions());
    } else if (candidates.size() < most && !typed_.partial.empty() && !is_stop_word(typed_.before.back().exact)) {
      add(companions());
    }
    std::unordered_set<std::string> seen{text::value_key(typed_.text)};
    for (const Suggestion& name : names) {
      if (name.query.empty()) seen.insert(text::value_key(name.label));
    }
    std::vector<Suggestion> out;
    for (const Candidate& candidate : candidates) {
      if (out.size() == most) break;
      if (!seen.insert(text::value_key(candidate.text)).second) continue;
      const std::uint64_t count = source_.count(candidate.text, {});
      if (count == 0) continue;
      Suggestion word;
      word.label = word.query = candidate.text;
      word.count = count;
      const std::string_view last = std::string_view(word.label).substr(typed_.begin);
      word.highlights.emplace_back(0, typed_.begin + bytes_folded_to(last, typed_.partial.size(), text::fold));
      out.push_back(std::move(word));
    }
    return out;
  }

  // Words of the index that begin so. Of forms that find the same, the most usual.
  std::vector<Candidate> completions() const {
    struct Found {
      double count = 0;
      double best = 0;
      std::string spelling;
    };
    std::map<std::string, Found> found;  // by lemmas
    if (typed_.partial.empty()) return {};
    for (const auto& part : source_.parts) {
      const Vocabulary& words = part->vocabulary;
      const auto [begin, end] = words.words(typed_.partial);
      std::vector<std::pair<double, std::size_t>> best;
      const auto less = std::greater<std::pair<double, std::size_t>>();
      for (std::size_t i = begin; i < end; ++i) {
        const double rank = usefulness(words.count(i), part->columns.count());
        if (best.size() == kCandidates && rank <= best.front().first) continue;
        if (is_stop_word(words.word(i))) continue;
        if (best.size() == kCandidates) {
          std::pop_heap(best.begin(), best.end(), less);
          best.pop_back();
        }
        best.emplace_back(rank, i);
        std::push_heap(best.begin(), best.end(), less);
      }
      for (const auto& [rank, i] : best) {
        Found& one = found[part->words.lemmas(words.form(i))];
        const double count = words.count(i);
        one.count += count;
        if (count <= one.best) continue;
        one.best = count;
        one.spelling = words.spelling(words.form(i), part->words);
      }
    }
    std::vector<std::pair<double, const std::pair<const std::string, Found>*>> order;
    for (const auto& one : found) order.emplace_back(-usefulness(one.second.count, source_.articles), &one);
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second->first < b.second->first;
    });
    std::vector<Candidate> out;
    std::unordered_set<std::string> covered;  // lemmas
    for (const auto& [rank, one] : order) {
      if (!covers_new(one->first, covered)) continue;
      out.push_back({typed_.head() + one->second.spelling, -rank});
    }
    return out;
  }

  // Adds the lemmas; false when one was there: the word is found with another that is more usual.
  static bool covers_new(std::string_view lemmas, std::unordered_set<std::string>& covered) {
    bool fresh = true;
    while (!lemmas.empty()) {
      const auto end = lemmas.find(' ');
      fresh = covered.emplace(lemmas.substr(0, end)).second && fresh;
      lemmas.remove_prefix(end == lemmas.npos ? lemmas.size() : end + 1);
    }
    return fresh;
  }

  // The typed words in a row, as forms of a part: of each, all that are spelt so.
  static std::vector<std::vector<Form>> forms_of(const std::vector<std::string>& words, const Part& part) {
    std::vector<std::vector<Form>> forms;
    for (const std::string& word : words) part.words.forms_of_exact(word, forms.emplace_back());
    return forms;
  }

  const std::vector<Place>& sampled(const std::string& query) {
    if (sampled_query_ != query) {
      sampled_query_ = query;
      sample_ = source_.sample(query, kSampled);
    }
    return sample_;
  }

  // A last word that is complete goes on: "open" → "open source".
  std::vector<Candidate> onward() {
    if (typed_.partial.size() < 2 || is_stop_word(typed_.partial)) return {};
    std::vector<Typed::Word> all = typed_.before;
    all.push_back({typed_.partial, typed_.begin});
    std::vector<Candidate> out = followers(all, "", typed_.text + " ");
    if (out.size() > kMostOnward) out.resize(kMostOnward);
    return out;
  }

  // What stands behind the words in the articles that have them: "levée de f" → "levée de fonds".
  std::vector<Candidate> followers(const std::vector<Typed::Word>& before, const std::string& partial,
                                   const std::string& head) {
    std::vector<std::string> words;
    for (std::size_t i = before.size() - std::min(before.size(), kContextWords); i < before.size(); ++i) {
      words.push_back(before[i].exact);
    }
    std::unordered_map<std::string, std::size_t> articles;
    std::vector<Form> numbers;
    std::vector<std::vector<std::vector<Form>>> forms;
    for (const auto& part : source_.parts) forms.push_back(forms_of(words, *part));
    const std::vector<Place>& places = sampled(head);
    for (const Place& place : places) {
      const Part& part = *source_.parts[place.part];
      part.words.read(place.doc, numbers);
      std::set<std::string> here;
      for (std::size_t i = 0; i + words.size() < numbers.size(); ++i) {
        if (!stands_at(numbers, i, forms[place.part])) continue;
        std::string next = following(numbers, i + words.size(), partial, part);
        if (!next.empty()) here.insert(std::move(next));
      }
      for (const std::string& next : here) ++articles[next];
    }
    const std::size_t enough = partial.empty() ? std::max<std::size_t>(2, places.size() / 50) : 1;
    std::vector<Candidate> out;
    for (const auto& [next, count] : articles) {
      if (count >= enough) out.push_back({head + next, static_cast<double>(count)});
    }
    keep_best(out, kCandidates);
    return out;
  }

  static bool stands_at(const std::vector<Form>& numbers, std::size_t at, const std::vector<std::vector<Form>>& forms) {
    for (std::size_t k = 0; k < forms.size(); ++k) {
      if (std::find(forms[k].begin(), forms[k].end(), numbers[at + k]) == forms[k].end()) return false;
    }
    return true;
  }

  // The word at `at`, and those behind it while they are stop words; empty where it does not begin so or ends in one.
  std::string following(const std::vector<Form>& numbers, std::size_t at, std::string_view partial,
                        const Part& part) const {
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

  // Words that begin so anywhere in the articles that have the words before.
  std::vector<Candidate> companions() {
    std::map<std::string, std::size_t> articles;
    std::vector<std::unordered_map<Form, std::size_t>> counts(source_.parts.size());
    std::vector<Form> numbers;
    for (const Place& place : sampled(typed_.head())) {
      const Part& part = *source_.parts[place.part];
      part.words.read(place.doc, numbers);
      std::sort(numbers.begin(), numbers.end());
      numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
      for (const Form form : numbers) {
        if (form >= kFirstForm && part.words.exact(form).starts_with(typed_.partial)) ++counts[place.part][form];
      }
    }
    for (std::size_t p = 0; p < counts.size(); ++p) {
      const Part& part = *source_.parts[p];
      for (const auto& [form, count] : counts[p]) {
        if (is_stop_word(part.words.exact(form))) continue;
        articles[std::string(part.vocabulary.spelling(form, part.words))] += count;
      }
    }
    const std::size_t enough = sampled(typed_.head()).size() < kSampled / 16 ? 1 : 2;
    std::vector<Candidate> out;
    for (const auto& [spelling, count] : articles) {
      if (count < enough) continue;
      out.push_back({typed_.head() + spelling, static_cast<double>(count)});
    }
    keep_best(out, kCandidates);
    return out;
  }

  // --- names ---

  static bool is_offered(std::size_t facet) {
    using schema::FieldId;
    const schema::Field& field = schema::kFacets[facet];
    return field.entity || field.id == FieldId::kTopic || field.id == FieldId::kSource;
  }

  struct Name {
    GlobalCode code = 0;
    std::size_t facet = 0, start = 0;  // start: byte of the key
    double rank = 0;
  };

  // Names with a word that begins as the typed text does from some word on; the longest such piece counts.
  std::vector<Suggestion> find_names(std::size_t most) {
    std::vector<Typed::Word> words = typed_.before;
    if (!typed_.partial.empty()) words.push_back({typed_.partial, typed_.begin});
    const std::size_t first = words.size() - std::min(words.size(), kMostNameWords);
    for (std::size_t i = first; i < words.size(); ++i) {
      const bool last = i + 1 == words.size();
      if (last && i > 0 && typed_.partial.size() < 2) break;
      std::string key = text::value_key(std::string_view(typed_.text).substr(words[i].begin));
      if (typed_.partial.empty()) key += '-';
      std::vector<Suggestion> found = describe_names(key, words, i, most);
      if (!found.empty()) return found;
    }
    return {};
  }

  std::vector<Suggestion> describe_names(const std::string& key, const std::vector<Typed::Word>& words, std::size_t at,
                                         std::size_t most) {
    std::string head = typed_.text.substr(0, words[at].begin);
    const bool says_something = std::any_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at),
                                            [](const Typed::Word& w) { return !is_stop_word(w.exact); });
    if (!says_something) head.clear();
    std::vector<Suggestion> out;
    std::unordered_set<std::string_view> keys;
    for (const Name& name : names_with(key)) {
      if (out.size() == most) break;
      if (!keys.insert(source_.space.key(name.code)).second) continue;
      Suggestion one;
      one.kind = SuggestionKind::kName;
      one.label = source_.space.label(name.code);
      one.query = trimmed(head);
      one.field = schema::kFacets[name.facet].id;
      one.value = source_.space.value(name.facet, name.code);
      one.count = one.query.empty() ? source_.space.total(name.code)
                                    : source_.count(one.query, {{one.field, one.value, false}});
      if (one.count == 0) continue;
      one.highlights.push_back(range_of_key(one.label, name.start, key.size() - key.ends_with('-')));
      out.push_back(std::move(one));
    }
    return out;
  }

  static std::string trimmed(const std::string& text) {
    const auto end = text.find_last_not_of(" \t\r\n");
    return end == text.npos ? std::string() : text.substr(0, end + 1);
  }

  // Where the bytes [start, start + size) of its key stand in a label.
  static std::pair<std::size_t, std::size_t> range_of_key(const std::string& label, std::size_t start,
                                                          std::size_t size) {
    std::size_t begin = start == 0 ? 0 : bytes_folded_to(label, start + 1, text::value_key);
    while (begin > 0 && (static_cast<unsigned char>(label[--begin]) & 0xC0) == 0x80) {
    }
    return {begin, bytes_folded_to(label, start + size, text::value_key)};
  }

  // The best names of all parts; a name that begins so at its first word counts double.
  std::vector<Name> names_with(const std::string& key) const {
    std::map<GlobalCode, Name> found;
    for (std::size_t p = 0; p < source_.parts.size(); ++p) {
      const Part& part = *source_.parts[p];
      const auto& global = source_.space.from_part(p);
      const auto [begin, end] = part.vocabulary.names(key, part.columns);
      std::vector<std::pair<double, std::size_t>> best;
      const auto less = std::greater<std::pair<double, std::size_t>>();
      for (std::size_t i = begin; i < end; ++i) {
        const Code code = part.vocabulary.name_code(i);
        const double rank = rank_of(part.columns.code_count[code], part.vocabulary.name_start(i));
        if (best.size() == kCandidates && rank <= best.front().first) continue;
        if (!is_offered(part.columns.facet_of(code))) continue;
        if (best.size() == kCandidates) {
          std::pop_heap(best.begin(), best.end(), less);
          best.pop_back();
        }
        best.emplace_back(rank, i);
        std::push_heap(best.begin(), best.end(), less);
      }
      for (const auto& [rank, i] : best) {
        const Code code = part.vocabulary.name_code(i);
        const GlobalCode known = global.empty() ? code : global[code];
        const std::uint32_t start = part.vocabulary.name_start(i);
        const Name name{known, part.columns.facet_of(code), start, rank_of(source_.space.total(known), start)};
        const auto [it, added] = found.try_emplace(known, name);
        if (!added && name.rank > it->second.rank) it->second = name;
      }
    }
    std::vector<Name> out;
    for (const auto& [code, name] : found) out.push_back(name);
    std::stable_sort(out.begin(), out.end(), [](const Name& a, const Name& b) { return a.rank > b.rank; });
    return out;
  }

  static double rank_of(std::uint32_t articles, std::size_t start) { return start == 0 ? 2.0 * articles : articles; }

  // --- titles ---

  struct Title {
    Day day = 0;
    Place place;
    std::uint8_t start = 0;
  };

  // Newest first; of near-duplicates one.
  std::vector<Suggestion> find_titles(std::size_t most) {
    std::vector<std::string_view> before;
    std::size_t letters = typed_.partial.size();
    for (const Typed::Word& word : typed_.before) {
      if (before.empty() && is_stop_word(word.exact)) continue;
      before.push_back(word.exact);
      letters += word.exact.size();
    }
    if (letters < kShortestForTitles) return {};
    std::vector<Title> found;
    for (std::size_t p = 0; p < source_.parts.size(); ++p) {
      const Part& part = *source_.parts[p];
      const auto [begin, end] = part.vocabulary.titles(before, typed_.partial, part.words);
      std::vector<Title> best;
      for (std::size_t i = begin; i < end; ++i) {
        const DocId doc = part.vocabulary.title_document(i);
        const Title title{part.columns.day[doc], {static_cast<std::uint32_t>(p), doc}, part.vocabulary.title_start(i)};
        if (best.size() == kCandidates && !newer(title, best.front())) continue;
        if (best.size() == kCandidates) {
          std::pop_heap(best.begin(), best.end(), newer);
          best.pop_back();
        }
        best.push_back(title);
        std::push_heap(best.begin(), best.end(), newer);
      }
      found.insert(found.end(), best.begin(), best.end());
    }
    std::sort(found.begin(), found.end(), [&](const Title& a, const Title& b) {
      if (a.day != b.day) return a.day > b.day;
      const auto id = [&](const Title& t) { return source_.parts[t.place.part]->columns.id(t.place.doc); };
      return id(a) != id(b) ? id(a) < id(b) : a.start < b.start;
    });
    std::vector<Suggestion> out;
    std::unordered_set<std::uint64_t> groups;
    for (const Title& title : found) {
      if (out.size() == most) break;
      if (!groups.insert(source_.parts[title.place.part]->columns.group[title.place.doc]).second) continue;
      Suggestion one;
      one.kind = SuggestionKind::kTitle;
      source_.describe(title.place, one);
      highlight_title(one, title.start, before.size());
      out.push_back(std::move(one));
    }
    return out;
  }

  static bool newer(const Title& a, const Title& b) {
    if (a.day != b.day) return a.day > b.day;
    return a.place.doc != b.place.doc ? a.place.doc < b.place.doc : a.start < b.start;
  }

  void highlight_title(Suggestion& title, std::size_t start, std::size_t complete) {
    source_.analyzer.analyze(title.label, analysis_);
    std::vector<ByteRange> words;
    for (const text::Token& token : analysis_.tokens()) {
      if (!token.has(text::kCompound)) words.push_back(token.range);
    }
    const std::size_t last = start + complete;
    if (start >= words.size() || (!typed_.partial.empty() && last >= words.size())) return;
    std::size_t end = words[typed_.partial.empty() ? last - 1 : start].end;
    if (!typed_.partial.empty()) {
      end = words[last].begin + bytes_folded_to(words[last].of(title.label), typed_.partial.size(), text::fold);
    }
    title.highlights.emplace_back(words[start].begin, end);
  }

  const SuggestSource& source_;
  std::size_t limit_;
  Typed typed_;
  std::string sampled_query_;
  std::vector<Place> sample_;
  text::Analysis analysis_;
};

}  // namespace

std::vector<Suggestion> suggest(const SuggestRequest& request, const SuggestSource& source) {
  if (request.prefix.size() > kMostBytes || request.limit == 0) return {};
  return Suggester(request, source).run();
}

}  // namespace depeche::searcher
