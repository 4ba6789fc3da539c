#include "tests/support/brute_model.hh"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "searcher/amount_span.hh"
#include "tests/support/brute_match.hh"
#include "text/fold.hh"

namespace depeche::test {
namespace {

using schema::FieldId;
using searcher::Sort;
using Kind = Question::Kind;
using Entry = BruteModel::Entry;

// Plain BM25, as searcher/matcher.hh says it.
const double kK1 = searcher::plain_ranking().k1, kB = searcher::plain_ranking().b;
constexpr double kTolerance = 1e-5;  // scores are added up in single precision
constexpr std::uint32_t kTitleWeight = 3;

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

bool is_plain_word(const text::Alternative& a) {
  return a.slots.size() == 1 && !a.slots[0].exact_only;
}

// Whether any day that `date` may mean lies in the span.
bool meets(const std::optional<Date>& date, const DaySpan& span) {
  return date && date->first <= span.last && date->last() >= span.first;
}

bool meets(const std::vector<schema::AmountValue>& amounts, const searcher::AmountSpan& span) {
  return std::any_of(amounts.begin(), amounts.end(), [&](const schema::AmountValue& a) {
    const double value = span.currency.empty() ? a.eur : a.value;
    const bool comparable = span.currency.empty() ? a.eur > 0 : a.currency == span.currency;
    return comparable && value >= span.low && value <= span.high;
  });
}

bool has_form_that_begins(const text::Analysis& analysis, const std::string& prefix) {
  const auto tokens = analysis.tokens();
  return std::any_of(tokens.begin(), tokens.end(), [&](const text::Token& token) {
    return !token.has(text::kCompound) && analysis.exact(token).starts_with(prefix);
  });
}

std::string exact_words(const text::Analysis& analysis) {
  std::string out;
  for (const text::Token& token : analysis.tokens()) {
    if (!token.has(text::kCompound)) (out += analysis.exact(token)) += ' ';
  }
  return out;
}

std::size_t word_count(const text::Analysis& analysis) {
  const auto tokens = analysis.tokens();
  return static_cast<std::size_t>(
      std::count_if(tokens.begin(), tokens.end(), [](const text::Token& t) { return !t.has(text::kCompound); }));
}

// Where an alternative begins. The joined form of a hyphenated word is a term of the article, but no word in it: it
// is found by plain words, not as a part of a phrase.
void add_places(const text::Analysis& analysis, const text::Alternative& alternative,
                std::vector<std::uint32_t>& out) {
  std::vector<const text::Token*> words;
  for (const text::Token& token : analysis.tokens()) {
    if (!token.has(text::kCompound)) words.push_back(&token);
  }
  const auto& slots = alternative.slots;
  for (std::size_t at = 0; at + slots.size() <= words.size(); ++at) {
    bool fits = true;
    for (std::size_t i = 0; i < slots.size() && fits; ++i) {
      fits = words[at + i]->position == words[at]->position + i && slot_fits(analysis, *words[at + i], slots[i]);
    }
    if (fits) out.push_back(words[at]->position);
  }
}

bool stands_in(const text::Analysis& analysis, const text::Alternative& alternative) {
  std::vector<std::uint32_t> places;
  add_places(analysis, alternative, places);
  return !places.empty();
}

// One place of each list within `distance`: tried all of them.
bool near_each_other(const std::vector<std::vector<std::uint32_t>>& lists, std::uint32_t distance) {
  for (const auto& list : lists) {
    for (const std::uint32_t low : list) {
      if (std::all_of(lists.begin(), lists.end(), [&](const auto& other) {
            return std::any_of(other.begin(), other.end(),
                               [&](std::uint32_t p) { return p >= low && p - low <= distance; });
          })) {
        return true;
      }
    }
  }
  return false;
}

bool prefix_fits(const std::string& label, const std::string& prefix) {
  const std::string key = "-" + text::value_key(label);
  return prefix.empty() || key.find("-" + prefix) != std::string::npos;
}

template <class T>
std::string differs(std::string_view what, const T& expected, const T& got) {
  std::ostringstream out;
  out << what << ": expected " << expected << ", got " << got;
  return out.str();
}

Day bucket_of(Day day, searcher::HistogramUnit unit) {
  const CivilDay c = civil_from_day(day);
  switch (unit) {
    case searcher::HistogramUnit::kYear:
      return day_from_civil({c.year, 1, 1});
    case searcher::HistogramUnit::kAuto:
    case searcher::HistogramUnit::kMonth:
      return day_from_civil({c.year, c.month, 1});
    case searcher::HistogramUnit::kWeek:
      return day - weekday_from_day(day);
    case searcher::HistogramUnit::kDay:
      break;
  }
  return day;
}

std::string dates_difference(const searcher::DateHistogram& got, const std::vector<const Entry*>& counted,
                             searcher::HistogramUnit asked) {
  std::map<Day, std::uint64_t> expected;
  std::uint64_t missing = 0;
  for (const Entry* e : counted) {
    if (e->date) {
      ++expected[bucket_of(e->date->first, got.unit)];
    } else {
      ++missing;
    }
  }
  if (asked != searcher::HistogramUnit::kAuto && asked != got.unit) return "unit of the histogram";
  if (got.missing != missing) return differs("dates missing", missing, got.missing);
  std::map<Day, std::uint64_t> counts;
  for (std::size_t i = 0; i < got.buckets.size(); ++i) {
    const auto& b = got.buckets[i];
    if (bucket_of(b.first, got.unit) != b.first || bucket_of(b.last, got.unit) != b.first)
      return "borders of a bucket";
    if (bucket_of(b.last + 1, got.unit) == b.first) return "a bucket ends too early";
    if (i > 0 && got.buckets[i - 1].last + 1 != b.first) return "a gap between buckets";
    if (b.count != 0) counts[b.first] = b.count;
  }
  if (counts != expected) return "counts of the date histogram";
  if (!expected.empty() && (got.buckets.front().count == 0 || got.buckets.back().count == 0)) return "empty ends";
  return {};
}

std::string amounts_difference(const searcher::AmountHistogram& got, const std::vector<const Entry*>& counted) {
  std::map<int, std::uint64_t> expected;
  std::uint64_t missing = 0;
  double min = 0, max = 0;
  for (const Entry* e : counted) {
    std::set<int> buckets;
    for (const auto& a : e->amounts) {
      if (a.eur <= 0) continue;
      buckets.insert(std::clamp(static_cast<int>(std::floor(std::log10(a.eur) * 3 + 1e-9)), 0, 45));
      min = min == 0 ? a.eur : std::min(min, a.eur);
      max = std::max(max, a.eur);
    }
    missing += buckets.empty();
    for (const int b : buckets) ++expected[b];
  }
  if (got.missing != missing) return differs("amounts missing", missing, got.missing);
  if (got.min != min || got.max != max) return "smallest or largest amount";
  std::map<int, std::uint64_t> counts;
  for (const auto& b : got.buckets) {
    if (b.count != 0) counts[static_cast<int>(std::lround(std::log10(b.from) * 3))] = b.count;
  }
  return counts == expected ? std::string() : "counts of the amount histogram";
}

}  // namespace

std::string render(const Question& q) {
  const auto nested = [](const Question& child) {
    const bool alone = child.kind != Kind::kAnd && child.kind != Kind::kOr && child.kind != Kind::kNot &&
                       child.kind != Kind::kNear &&
                       (child.kind != Kind::kWords || child.text.find(' ') == std::string::npos);
    return alone ? render(child) : "(" + render(child) + ")";
  };
  std::string out;
  switch (q.kind) {
    case Kind::kAll:
      return {};
    case Kind::kWords:
      return q.text;
    case Kind::kPhrase:
      return quoted(q.text);
    case Kind::kPrefix:
      return q.text + "*";
    case Kind::kTitle:
      return "titre:" + q.text;
    case Kind::kTitlePhrase:
      return "titre:" + quoted(q.text);
    case Kind::kLabel:
      return std::string(schema::field(q.field).french) + ":" + quoted(q.text);
    case Kind::kDates:
      return "date:" + q.text;
    case Kind::kNear:
      for (const Question& child : q.children) {
        out += (out.empty() ? "" : " NEAR/" + std::to_string(q.distance) + " ") + render(child);
      }
      return out;
    case Kind::kAnd:
      for (const Question& child : q.children) {
        const bool plain = child.kind == Kind::kWords || child.kind == Kind::kNot || child.kind == Kind::kNear;
        out += (out.empty() ? "" : " ") + (plain ? render(child) : nested(child));
      }
      return out;
    case Kind::kOr:
      for (const Question& child : q.children) out += (out.empty() ? "" : " OU ") + nested(child);
      return out;
    case Kind::kNot:
      return (q.distance % 2 == 0 ? "-" : "SAUF ") + nested(q.children.front());
  }
  return out;
}

// --- The articles ---

void BruteModel::put(const Article& article, std::vector<schema::AmountValue> amounts, const std::string& family) {
  remove(article.id);
  Entry& e = entries_[article.id];
  e.id = article.id;
  e.title = article.title;
  e.source = article.source;
  e.url = article.url;
  e.date = article.date;
  e.amounts = std::move(amounts);
  e.untitled = article.title.empty();
  analyzer_.analyze(article.title, e.title_words);
  analyzer_.analyze(article.text, e.text_words);
  std::uint32_t stand_in_end = 0;
  if (e.untitled && !e.text_words.sentences().empty()) {
    const ByteRange first = e.text_words.sentences()[0];
    stand_in_end = first.end;
    e.title = first.of(article.text);
    analyzer_.analyze(e.title, e.stand_in);
  }
  const auto add = [&](const text::Analysis& words, std::uint32_t heavy_before) {
    for (const text::Token& token : words.tokens()) {
      for (std::size_t i = 0; i < words.lemma_count(token); ++i) {
        e.terms[std::string(words.lemma(token, i))] += token.range.begin < heavy_before ? kTitleWeight : 1;
      }
    }
  };
  add(e.title_words, UINT32_MAX);
  add(e.text_words, stand_in_end);
  for (const auto& [term, weight] : e.terms) {
    e.length += weight;
    ++frequencies_[term];
  }
  total_length_ += e.length;
  for (const auto& [name, labels] : article.given) e.labels[*schema::find_field(name)] = labels;
  if (!e.source.empty()) e.labels[FieldId::kSource] = {e.source};
  for (const auto& [field, labels] : e.labels) {
    for (const std::string& label : labels) ++by_key_[field][text::value_key(label)][label];
  }
  e.family = !family.empty() ? "copy of " + family : "only " + e.id;
  if (word_count(e.text_words) < 30)
    e.family = "short " + exact_words(e.text_words) + "|" + exact_words(e.title_words);
}

void BruteModel::remove(const std::string& id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  for (const auto& [term, weight] : found->second.terms) {
    if (--frequencies_[term] == 0) frequencies_.erase(term);
  }
  total_length_ -= found->second.length;
  for (const auto& [field, labels] : found->second.labels) {
    for (const std::string& label : labels) {
      auto& same_key = by_key_[field][text::value_key(label)];
      if (--same_key[label] == 0) same_key.erase(label);
    }
  }
  entries_.erase(found);
}

std::vector<std::string> BruteModel::ids() const {
  std::vector<std::string> out;
  for (const auto& [id, e] : entries_) out.push_back(id);
  return out;
}

std::vector<std::string> BruteModel::labels(FieldId field) const {
  std::vector<std::string> out;
  const auto keys = by_key_.find(field);
  if (keys == by_key_.end()) return out;
  for (const auto& [key, labels] : keys->second) {
    for (const auto& [label, count] : labels) out.push_back(label);
  }
  return out;
}

std::uint32_t BruteModel::frequency(const std::string& term) const {
  const auto found = frequencies_.find(term);
  return found == frequencies_.end() ? 0 : found->second;
}

// --- Words ---

struct BruteModel::Compiled {
  const Question* question = nullptr;
  std::vector<text::QueryGroup> groups;  // all of them are required
  std::string folded;
  DaySpan days;
  std::vector<Compiled> children;
};

BruteModel::Compiled BruteModel::compile(const Question& q) {
  Compiled out;
  out.question = &q;
  text::QueryAnalyzer analyzer(analyzer_);
  switch (q.kind) {
    case Kind::kWords:
    case Kind::kTitle: {
      auto groups = analyzer.words(q.text, [&](std::string_view term) { return frequency(std::string(term)) > 0; });
      const bool only_stop_words = std::all_of(groups.begin(), groups.end(), [](auto& g) { return g.stop_word; });
      if (!only_stop_words) std::erase_if(groups, [](const text::QueryGroup& g) { return g.stop_word; });
      out.groups = std::move(groups);
      break;
    }
    case Kind::kPhrase:
    case Kind::kTitlePhrase:
      out.groups = analyzer.phrase(q.text);
      break;
    case Kind::kPrefix:
      out.folded = text::fold(q.text);
      break;
    case Kind::kLabel:
      out.folded = text::value_key(q.text);
      break;
    case Kind::kDates:
      out.days = parse_day_span(q.text).value();
      break;
    case Kind::kAll:
    case Kind::kNear:
    case Kind::kAnd:
    case Kind::kOr:
    case Kind::kNot:
      break;
  }
  for (const Question& child : q.children) out.children.push_back(compile(child));
  return out;
}

namespace {

bool has(const Entry& e, const text::Alternative& a, bool in_title) {
  const text::Analysis& title = e.untitled ? e.stand_in : e.title_words;
  if (is_plain_word(a)) {
    if (in_title) return has_alternative(title, a);
    return std::any_of(a.slots[0].lemmas.begin(), a.slots[0].lemmas.end(),
                       [&](const std::string& lemma) { return e.terms.contains(lemma); });
  }
  return in_title ? stands_in(title, a) : stands_in(e.title_words, a) || stands_in(e.text_words, a);
}

bool has_all(const Entry& e, const std::vector<text::QueryGroup>& groups, bool in_title) {
  return std::all_of(groups.begin(), groups.end(), [&](const text::QueryGroup& g) {
    return std::any_of(g.alternatives.begin(), g.alternatives.end(),
                       [&](const text::Alternative& a) { return has(e, a, in_title); });
  });
}

}  // namespace

bool BruteModel::matches(const Entry& e, const Compiled& node) const {
  const Question& q = *node.question;
  const auto child_matches = [&](const Compiled& child) { return matches(e, child); };
  switch (q.kind) {
    case Kind::kAll:
      return true;
    case Kind::kWords:
    case Kind::kPhrase:
      return has_all(e, node.groups, false);
    case Kind::kTitle:
    case Kind::kTitlePhrase:
      return has_all(e, node.groups, true);
    case Kind::kPrefix:
      return std::any_of(e.terms.begin(), e.terms.end(), [&](auto& t) { return t.first.starts_with(node.folded); }) ||
             has_form_that_begins(e.title_words, node.folded) || has_form_that_begins(e.text_words, node.folded);
    case Kind::kLabel: {
      const auto labels = e.labels.find(q.field);
      return labels != e.labels.end() &&
             std::any_of(labels->second.begin(), labels->second.end(),
                         [&](const std::string& label) { return text::value_key(label) == node.folded; });
    }
    case Kind::kDates:
      return meets(e.date, node.days);
    case Kind::kNear:
      for (const text::Analysis* words : {&e.title_words, &e.text_words}) {
        std::vector<std::vector<std::uint32_t>> lists;
        for (const Compiled& child : node.children) {
          for (const text::QueryGroup& g : child.groups) {
            auto& list = lists.emplace_back();
            for (const text::Alternative& a : g.alternatives) add_places(*words, a, list);
          }
        }
        if (near_each_other(lists, static_cast<std::uint32_t>(q.distance))) return true;
      }
      return false;
    case Kind::kAnd:
      return std::all_of(node.children.begin(), node.children.end(), child_matches);
    case Kind::kOr:
      return std::any_of(node.children.begin(), node.children.end(), child_matches);
    case Kind::kNot:
      return !matches(e, node.children.front());
  }
  return false;
}

// Of an article that matches; nothing where more than plain words are asked for.
std::optional<double> BruteModel::score(const Entry& e, const Compiled& node) const {
  const Question& q = *node.question;
  if (q.kind == Kind::kAll || q.kind == Kind::kNot || q.kind == Kind::kLabel || q.kind == Kind::kDates) return 0.0;
  double sum = 0;
  if (q.kind == Kind::kAnd || q.kind == Kind::kOr) {
    for (const Compiled& child : node.children) {
      const auto part = score(e, child);
      if (!part) return std::nullopt;
      if (q.kind == Kind::kAnd || matches(e, child)) sum += *part;
    }
    return sum;
  }
  if (q.kind != Kind::kWords) return std::nullopt;
  const double average = std::max(1.0, static_cast<double>(total_length_) / static_cast<double>(entries_.size()));
  std::set<std::string> seen;
  for (const text::QueryGroup& g : node.groups) {
    double best = 0;
    std::string shape;
    for (const text::Alternative& a : g.alternatives) {
      if (!is_plain_word(a)) return std::nullopt;
      std::uint32_t n = 0, wdf = 0;
      for (const std::string& lemma : a.slots[0].lemmas) {
        n = std::max(n, frequency(lemma));
        const auto term = e.terms.find(lemma);
        if (term != e.terms.end()) wdf = std::max(wdf, term->second);
        shape += lemma + "|";
      }
      shape += "/";
      const double idf = std::log(1 + (static_cast<double>(entries_.size()) - n + 0.5) / (n + 0.5));
      const double saturated = wdf * (kK1 + 1) / (wdf + kK1 * (1 - kB + kB * e.length / average));
      best = std::max(best, a.weight * idf * saturated);
    }
    if (seen.insert(shape).second) sum += best;
  }
  return sum;
}

// --- Filters ---

struct BruteModel::Filters {
  struct Group {
    std::vector<std::set<std::string>> values;  // of each filter the labels that it means
    std::vector<DaySpan> days;
    std::vector<searcher::AmountSpan> amounts;
  };
  std::map<FieldId, Group> wanted, excluded;
  std::set<FieldId> all_required;

  static bool has_any(const Entry& e, FieldId field, const std::set<std::string>& labels) {
    const auto own = e.labels.find(field);
    return own != e.labels.end() && std::any_of(own->second.begin(), own->second.end(),
                                                [&](const std::string& l) { return labels.contains(l); });
  }
  static bool any(const Entry& e, FieldId field, const Group& g) {
    return std::any_of(g.values.begin(), g.values.end(), [&](auto& labels) { return has_any(e, field, labels); }) ||
           std::any_of(g.days.begin(), g.days.end(), [&](const DaySpan& s) { return meets(e.date, s); }) ||
           std::any_of(g.amounts.begin(), g.amounts.end(), [&](auto& s) { return meets(e.amounts, s); });
  }
  // With all filters but those of `except`; values that must all be there are never left out.
  bool pass(const Entry& e, std::optional<FieldId> except) const {
    for (const auto& [field, g] : excluded) {
      if (any(e, field, g)) return false;
    }
    for (const auto& [field, g] : wanted) {
      if (all_required.contains(field)) {
        const bool all = std::all_of(g.values.begin(), g.values.end(),
                                     [&, f = field](auto& labels) { return has_any(e, f, labels); });
        if (!all) return false;
      } else if (field != except && !any(e, field, g)) {
        return false;
      }
    }
    return true;
  }
  static bool names(const std::map<FieldId, Group>& groups, FieldId field, const std::string& label) {
    const auto g = groups.find(field);
    return g != groups.end() && std::any_of(g->second.values.begin(), g->second.values.end(),
                                            [&](auto& labels) { return labels.contains(label); });
  }
};

BruteModel::Filters BruteModel::resolve(const searcher::SearchRequest& request) const {
  Filters out;
  out.all_required.insert(request.all_of.begin(), request.all_of.end());
  for (const searcher::Filter& f : request.filters) {
    auto& group = (f.exclude ? out.excluded : out.wanted)[f.field];
    if (f.field == FieldId::kDate) {
      group.days.push_back(parse_day_span(f.value).value());
    } else if (f.field == FieldId::kAmount) {
      group.amounts.push_back(searcher::parse_amount_span(f.value).value());
    } else {
      std::set<std::string> labels;
      const auto fields = by_key_.find(f.field);
      if (fields != by_key_.end()) {
        const auto same_key = fields->second.find(text::value_key(f.value));
        if (same_key != fields->second.end()) {
          if (same_key->second.contains(f.value)) {
            labels.insert(f.value);
          } else {
            for (const auto& [label, count] : same_key->second) labels.insert(label);
          }
        }
      }
      group.values.push_back(std::move(labels));
    }
  }
  return out;
}

// --- Comparison ---

namespace {

// Twice the log-likelihood ratio, by the entropies of the table.
double surprise(std::uint64_t both, std::uint64_t matches, std::uint64_t has, std::uint64_t all) {
  if (both * all <= has * matches) return 0;
  const auto x_log_x = [](std::uint64_t x) { return x == 0 ? 0.0 : static_cast<double>(x) * std::log(static_cast<double>(x)); };
  return 2 * (x_log_x(both) + x_log_x(matches - both) + x_log_x(has - both) + x_log_x(all - matches - has + both) -
              x_log_x(matches) - x_log_x(all - matches) - x_log_x(has) - x_log_x(all - has) + x_log_x(all));
}

std::string pairs_difference(const searcher::PairRequest& request, const searcher::PairResult& got,
                             const std::vector<const BruteModel::Entry*>& matched) {
  const auto labels_of = [](const BruteModel::Entry& e, FieldId field) {
    const auto labels = e.labels.find(field);
    return labels == e.labels.end() ? std::vector<std::string>() : labels->second;
  };
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
  for (const BruteModel::Entry* e : matched) {
    for (const std::string& a : labels_of(*e, request.first)) {
      for (const std::string& b : labels_of(*e, request.second)) {
        const auto order = [](const std::string& s) { return std::pair(text::collation_key(s), s); };
        if (request.first != request.second || order(a) < order(b)) ++counts[{a, b}];
      }
    }
  }
  if (got.distinct != counts.size()) return differs<std::uint64_t>("distinct pairs", counts.size(), got.distinct);
  if (got.pairs.size() != std::min(request.size, counts.size())) return "number of pairs";
  std::vector<std::uint64_t> best;
  for (const auto& [pair, count] : counts) best.push_back(count);
  std::sort(best.rbegin(), best.rend());
  for (std::size_t i = 0; i < got.pairs.size(); ++i) {
    const auto& p = got.pairs[i];
    const auto known = counts.find({p.first.label, p.second.label});
    if (known == counts.end()) return "no such pair: " + p.first.label + ", " + p.second.label;
    if (p.count != known->second || p.count != best[i]) return differs("count of a pair", best[i], p.count);
    counts.erase(known);  // each once
  }
  return {};
}

}  // namespace

std::string BruteModel::facet_difference(const searcher::FacetRequest& request, const searcher::FacetResult& got,
                                         const Matching& counted, const Filters& filters) const {
  std::map<std::string, std::uint64_t> counts;
  std::uint64_t missing = 0;
  for (const Entry* e : counted) {
    const auto labels = e->labels.find(request.field);
    if (labels == e->labels.end() || labels->second.empty()) {
      ++missing;
      continue;
    }
    for (const std::string& label : labels->second) ++counts[label];
  }
  if (got.missing != missing) return differs("missing", missing, got.missing);
  const bool unusual = request.order == searcher::ValueOrder::kUnusual;
  std::map<std::string, std::uint64_t> overall;
  std::map<std::string, double> surprises;
  if (unusual) {
    for (const auto& [id, e] : entries_) {
      const auto labels = e.labels.find(request.field);
      if (labels == e.labels.end()) continue;
      for (const std::string& label : labels->second) ++overall[label];
    }
    for (const auto& [label, count] : counts) surprises[label] = surprise(count, counted.size(), overall.at(label), entries_.size());
  }
  const auto counts_all = counts;
  if (unusual) std::erase_if(counts, [&](const auto& value) { return surprises.at(value.first) <= 0; });
  if (got.distinct != counts.size()) return differs<std::uint64_t>("distinct", counts.size(), got.distinct);

  struct Value {
    std::string label, sort_key;
    std::uint64_t count;
  };
  std::vector<Value> values;
  const std::string prefix = request.prefix.empty() ? std::string() : text::value_key(request.prefix);
  for (const auto& [label, count] : counts) {
    if (prefix_fits(label, prefix)) values.push_back({label, text::collation_key(label), count});
  }
  std::sort(values.begin(), values.end(), [&](const Value& a, const Value& b) {
    if (unusual && surprises.at(a.label) != surprises.at(b.label)) return surprises.at(a.label) > surprises.at(b.label);
    if (request.order != searcher::ValueOrder::kLabel && a.count != b.count) return a.count > b.count;
    return a.sort_key != b.sort_key ? a.sort_key < b.sort_key : a.label < b.label;
  });
  std::vector<std::string> expected;
  for (std::size_t i = request.offset; i < values.size() && i - request.offset < request.size; ++i) {
    expected.push_back(values[i].label);
  }
  const std::size_t page = expected.size();
  std::set<std::string> chosen;  // selected and excluded ones are shown in any case
  std::vector<std::string> known;
  if (const auto keys = by_key_.find(request.field); keys != by_key_.end()) {
    for (const auto& [key, labels] : keys->second) {
      for (const auto& [label, count] : labels) known.push_back(label);
    }
  }
  for (const std::string& label : known) {
    const bool named = Filters::names(filters.wanted, request.field, label) ||
                       Filters::names(filters.excluded, request.field, label);
    const bool shown = std::find(expected.begin(), expected.end(), label) != expected.end();
    if (named && !shown && request.offset == 0 && prefix.empty() && request.size > 0) chosen.insert(label);
  }
  if (got.values.size() != page + chosen.size()) return differs("values", page + chosen.size(), got.values.size());
  for (std::size_t i = 0; i < got.values.size(); ++i) {
    const searcher::FacetValue& v = got.values[i];
    if (i < page && v.label != expected[i]) return differs("value " + std::to_string(i), expected[i], v.label);
    if (i >= page && chosen.erase(v.label) == 0) return "a value that was not asked for: " + v.label;
    const auto count = counts_all.find(v.label);
    const std::uint64_t n = count == counts_all.end() ? 0 : count->second;
    if (unusual && i < page) {
      if (v.overall != overall.at(v.label)) return differs("overall count of " + v.label, overall.at(v.label), v.overall);
      if (std::abs(v.surprise - surprises.at(v.label)) > 1e-6 * surprises.at(v.label)) {
        return differs("surprise of " + v.label, surprises.at(v.label), v.surprise);
      }
    }
    if (v.count != n) return differs("count of " + v.label, n, v.count);
    if (v.selected != Filters::names(filters.wanted, request.field, v.label)) return "selected flag of " + v.label;
    if (v.excluded != Filters::names(filters.excluded, request.field, v.label)) return "excluded flag of " + v.label;
    const std::string key = text::value_key(v.label);
    const std::string value = by_key_.at(request.field).at(key).size() == 1 ? key : v.label;
    if (v.value != value) return differs("filter value of " + v.label, value, v.value);
  }
  return {};
}

namespace {

// One line of the result list.
struct Line {
  const Entry* order = nullptr;  // decides where it stands
  const Entry* shown = nullptr;
  std::vector<std::string> duplicates;
  double score = 0;
};

bool earlier(const Entry* a, const Entry* b) {
  if (a->date.has_value() != b->date.has_value()) return a->date.has_value();
  if (a->date && a->date->first != b->date->first) return a->date->first < b->date->first;
  return a->id < b->id;
}

bool date_before(const Entry* a, const Entry* b, bool ascending) {
  if (a->date.has_value() != b->date.has_value()) return a->date.has_value();
  if (a->date && a->date->first != b->date->first) return (a->date->first < b->date->first) == ascending;
  return a->id < b->id;
}

}  // namespace

std::string BruteModel::hits_difference(const Compiled& root, const searcher::SearchRequest& request,
                                        const searcher::SearchResponse& response, const Matching& matched) {
  std::map<std::string, Matching> families;
  for (const Entry* e : matched) families[request.group_duplicates ? e->family : e->id].push_back(e);
  if (response.groups != families.size()) return differs<std::uint64_t>("groups", families.size(), response.groups);

  const bool by_score = response.sort == Sort::kRelevance;
  const bool ascending = response.sort == Sort::kDateAscending;
  bool scored = true;
  const auto score_of = [&](const Entry* e) {
    const auto s = by_score ? score(*e, root) : std::optional(0.0);
    scored = scored && s.has_value();
    return s.value_or(0);
  };
  std::vector<Line> lines;
  for (auto& [key, members] : families) {
    std::sort(members.begin(), members.end(), earlier);
    Line line;
    line.order = line.shown = members.front();
    line.score = score_of(line.shown);
    for (std::size_t i = 1; i < members.size(); ++i) {
      line.duplicates.push_back(members[i]->id);
      const double s = score_of(members[i]);
      const bool equal = std::abs(s - line.score) <= kTolerance * s;
      if (by_score && (equal ? date_before(members[i], line.order, false) : s > line.score)) line.order = members[i];
      line.score = std::max(line.score, s);
    }
    lines.push_back(std::move(line));
  }
  const std::size_t first = std::min(request.offset, lines.size());
  const std::size_t wanted = std::min(request.limit, lines.size() - first);
  if (response.hits.size() != wanted) return differs("hits", wanted, response.hits.size());
  std::sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) {
    if (by_score && a.score != b.score) return a.score > b.score;
    return date_before(a.order, b.order, ascending);
  });
  orders_compared_ += by_score && scored && wanted > 1;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < wanted; ++i) {
    const searcher::Hit& hit = response.hits[i];
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const Line& l) { return l.shown->id == hit.id; });
    if (line == lines.end()) return "a hit that does not match: " + hit.id;
    if (!seen.insert(hit.id).second) return "a hit comes twice: " + hit.id;
    const Line& expected = lines[first + i];
    if (scored && line->shown != expected.shown) {
      // Scores that are equal but for rounding may stand in either order.
      const bool tied = by_score && std::abs(line->score - expected.score) <= kTolerance * expected.score;
      if (!tied) return differs("hit " + std::to_string(first + i), expected.shown->id, hit.id);
    }
    if (by_score && scored && std::abs(hit.score - line->score) > 1e-4 * line->score) {
      return differs("score of " + hit.id, line->score, hit.score);
    }
    if (!by_score && hit.score != 0) return "a score in an order by date";
    std::vector<std::string> duplicates;
    for (const auto& d : hit.duplicates) duplicates.push_back(d.id);
    if (duplicates != line->duplicates) return "duplicates of " + hit.id;
    const Entry& e = *line->shown;
    if (hit.title != e.title || hit.title_from_text != e.untitled) return "title of " + hit.id;
    if (hit.source != e.source || hit.url != e.url || hit.date != e.date) return "source, url or date of " + hit.id;
    for (const schema::Field& field : schema::kFacets) {
      const auto own = e.labels.find(field.id);
      const auto labels = own == e.labels.end() ? std::vector<std::string>() : own->second;
      if (hit.labels[schema::facet_index(field.id)] != labels) return "labels of " + hit.id;
    }
  }
  return {};
}

std::string BruteModel::difference(const Question& question, const searcher::SearchRequest& request,
                                   const searcher::SearchResponse& response) {
  const Compiled root = compile(question);
  const Filters filters = resolve(request);
  Matching words;
  for (const auto& [id, e] : entries_) {
    if (matches(e, root)) words.push_back(&e);
  }
  const auto passing = [&](std::optional<FieldId> except) {
    Matching out;
    std::copy_if(words.begin(), words.end(), std::back_inserter(out),
                 [&](const Entry* e) { return filters.pass(*e, except); });
    return out;
  };
  const Matching matched = passing(std::nullopt);
  if (response.total != matched.size()) return differs<std::uint64_t>("total", matched.size(), response.total);
  if (response.facets.size() != request.facets.size()) return "number of facets";
  for (std::size_t i = 0; i < request.facets.size(); ++i) {
    const auto& facet = request.facets[i];
    std::string wrong = facet_difference(facet, response.facets[i], passing(facet.field), filters);
    if (!wrong.empty()) return std::string(schema::field(facet.field).name) + ", " + wrong;
  }
  if (request.pairs) {
    if (!response.pairs) return "no pairs";
    if (auto wrong = pairs_difference(*request.pairs, *response.pairs, matched); !wrong.empty()) return wrong;
  }
  if (request.histograms) {
    if (!response.dates || !response.amounts) return "no histograms";
    if (auto wrong = dates_difference(*response.dates, passing(FieldId::kDate), request.unit); !wrong.empty())
      return wrong;
    if (auto wrong = amounts_difference(*response.amounts, passing(FieldId::kAmount)); !wrong.empty()) return wrong;
  }
  return hits_difference(root, request, response, matched);
}

}  // namespace depeche::test
