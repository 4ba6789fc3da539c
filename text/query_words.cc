#include "text/query_words.hh"

#include <unicode/utf8.h>

#include <algorithm>

#include "text/chars.hh"
#include "text/lemmas.hh"
#include "text/normalise.hh"
#include "text/synonyms.hh"
#include "text/word_lists.hh"

namespace depeche::text {
namespace {

constexpr std::size_t kShortestCut = 5;  // bytes of a word that may be cut in two
constexpr std::size_t kLongestCut = 40;
constexpr std::size_t kMaxCuts = 4;    // alternatives a word
constexpr double kJoinedWeight = 0.9;  // of a word that is written otherwise in the text

bool is_digit_byte(char c) {
  return c >= '0' && c <= '9';
}
bool has_digit(std::string_view s) {
  return std::any_of(s.begin(), s.end(), is_digit_byte);
}
bool is_number(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return is_digit_byte(c) || c == '.'; });
}
bool is_ascii_word(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
    return is_digit_byte(c) || is_ascii_letter(static_cast<unsigned char>(c));
  });
}

// One or more tokens that are asked for together: a word, or a compound with its joined form.
struct Unit {
  std::vector<const Token*> parts;
  const Token* joined = nullptr;
};

// Reads one query. Tokens point into `analysis`.
class Builder {
 public:
  Builder(std::string_view query, const Analysis& analysis, const Synonyms& synonyms, const HasTerm& has_term)
      : query_(query), analysis_(analysis), synonyms_(synonyms), has_term_(has_term) {}

  std::vector<QueryGroup> build() {
    collect_units();
    for (const Unit& unit : units_) groups_.push_back(group_of(unit));
    for (std::size_t i = 0; i < units_.size(); ++i) add_cuts(i);
    for (std::size_t i = 0; i + 1 < units_.size(); ++i) add_neighbours(i);
    add_synonyms();
    return std::move(groups_);
  }

 private:
  void collect_units();
  bool belong_together(const Token& before, const Token& token) const;
  bool is_magnitude(const Token& token) const;
  void add_amount_forms(const Unit& unit, QueryGroup& group) const;
  QueryGroup group_of(const Unit& unit) const;
  bool is_stop_word(const Token& token) const;
  Slot slot_of(const Token& token) const;
  Slot slot_of_spelling(std::string_view lower) const;
  std::string accented_form(const Token& token) const;
  bool any_term(const Slot& slot) const;
  void add_cuts(std::size_t unit);
  bool add_cut(std::size_t unit, std::string_view left, std::string_view right);
  bool add_parts(std::size_t unit, const std::vector<std::string>& parts);
  void add_neighbours(std::size_t unit);
  bool add_joined(std::size_t first, std::size_t last, const std::string& joined);
  void add_synonyms();
  bool matches(const Alternative& form, std::size_t at) const;

  std::string_view query_;
  const Analysis& analysis_;
  const Synonyms& synonyms_;
  const HasTerm& has_term_;
  std::vector<Unit> units_;
  std::vector<QueryGroup> groups_;
  std::vector<std::pair<const Token*, std::size_t>> words_;  // every part, with the number of its group
};

void Builder::collect_units() {
  const auto tokens = analysis_.tokens();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.has(kCompound)) {
      units_.back().joined = &token;
      continue;
    }
    const bool inside =
        !units_.empty() && units_.back().joined != nullptr && token.range.end <= units_.back().joined->range.end;
    if (!inside && (i == 0 || !belong_together(tokens[i - 1], token))) units_.emplace_back();
    units_.back().parts.push_back(&token);
    words_.emplace_back(&token, units_.size() - 1);
  }
}

// Are they asked for together? When they are written without a blank ("10M€", Chinese), and a number with the
// magnitude of its currency ("10 M€"). A percent sign may stand further on, a currency sign on either side.
bool Builder::belong_together(const Token& before, const Token& token) const {
  if (token.position != before.position + 1) return false;
  if (is_number(analysis_.exact(before)) && is_magnitude(token)) return true;
  return before.range.end == token.range.begin && analysis_.exact(token) != "%" &&
         !WordLists::builtin().symbols.contains(analysis_.exact(before));
}

// The M of "M€": beside a currency sign it has a second lemma, "million".
bool Builder::is_magnitude(const Token& token) const {
  const auto found = WordLists::builtin().magnitudes.find(analysis_.exact(token));
  return found != WordLists::builtin().magnitudes.end() && analysis_.lemma_count(token) > 1 &&
         analysis_.lemma(token, 1) == found->second;
}

// "25 M$" is also "25 millions de dollars" and "$25M".
void Builder::add_amount_forms(const Unit& unit, QueryGroup& group) const {
  const std::size_t size = unit.parts.size();
  if (size < 2 || !is_magnitude(*unit.parts[size - 2])) return;
  Alternative with_article = group.alternatives.front();
  with_article.slots.insert(with_article.slots.end() - 1, Slot{{"de"}, "de", {}, false});
  Alternative sign_first = group.alternatives.front();
  std::rotate(sign_first.slots.begin(), sign_first.slots.end() - 1, sign_first.slots.end());
  group.alternatives.push_back(std::move(with_article));
  group.alternatives.push_back(std::move(sign_first));
}

bool Builder::is_stop_word(const Token& token) const {
  if (!token.has(kStopWord)) return false;
  const bool first = token.position == 1;
  const bool small_letters = std::any_of(query_.begin(), query_.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return first || !small_letters || token.range.size() > 1 || !token.has(kCapitalised);  // "série A"
}

QueryGroup Builder::group_of(const Unit& unit) const {
  QueryGroup group;
  group.range = {unit.parts.front()->range.begin, unit.parts.back()->range.end};
  Alternative words;
  for (const Token* part : unit.parts) words.slots.push_back(slot_of(*part));
  group.alternatives.push_back(std::move(words));
  if (unit.joined != nullptr) group.alternatives.push_back({{slot_of(*unit.joined)}});
  add_amount_forms(unit, group);
  group.stop_word = unit.parts.size() == 1 && is_stop_word(*unit.parts.front());
  return group;
}

Slot Builder::slot_of(const Token& token) const {
  Slot slot;
  slot.exact = analysis_.exact(token);
  slot.accented = accented_form(token);
  // Of a name with signs only the name itself counts, not what else its text is found by.
  const bool signed_name = slot.exact.find_first_of(".@+#&") != std::string::npos;
  LemmaList lemmas;
  for (std::size_t i = 0; i < analysis_.lemma_count(token); ++i) {
    if (signed_name && i > (slot.exact.find_first_of("@+") == std::string::npos ? 1U : 0U)) break;
    lemmas.add(analysis_.lemma(token, i));
  }
  if (slot.accented.empty() && !has_digit(slot.exact) && !signed_name) {
    add_lemmas_without_accents(slot.exact, lemmas);
  }
  const bool maybe_plural = slot.exact.ends_with("us") || slot.exact.ends_with("is");
  if (maybe_plural && slot.exact.size() > 3 && lemmas.size() == 1) {  // "apis", "gpus"
    const auto singular = std::string_view(slot.exact).substr(0, slot.exact.size() - 1);
    if (!is_known_word(slot.exact) && has_term_(singular)) lemmas.add(singular);
  }
  const bool hidden_plural =
      slot.exact.ends_with('u') || slot.exact.ends_with('i');  // "cpus" is taken for a singular
  if (hidden_plural && !is_known_word(slot.exact) && has_term_(slot.exact + "s")) lemmas.add(slot.exact, "s");
  for (std::size_t i = 0; i < lemmas.size(); ++i) slot.lemmas.emplace_back(lemmas[i]);
  return slot;
}

Slot Builder::slot_of_spelling(std::string_view lower) const {
  Slot slot;
  slot.exact = lower;
  LemmaList lemmas;
  if (has_digit(lower)) {
    lemmas.add(lower);
  } else {
    add_lemmas({lower, lower, false, false}, lemmas);
    add_lemmas_without_accents(lower, lemmas);
    const auto magnitude = WordLists::builtin().magnitudes.find(lower);
    if (magnitude != WordLists::builtin().magnitudes.end()) lemmas.add(magnitude->second);
  }
  for (std::size_t i = 0; i < lemmas.size(); ++i) slot.lemmas.emplace_back(lemmas[i]);
  return slot;
}

// The word in lower case with its accents; empty when it has none.
std::string Builder::accented_form(const Token& token) const {
  const auto written = token.range.of(query_);
  if (std::all_of(written.begin(), written.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return {};
  SourceText text;
  normalise(written, text);
  std::string lower;
  for (const SourceChar& source : text) {
    if (is_word_char(source.c)) append_utf8(lower, to_lower(source.c));
  }
  return lower == analysis_.exact(token) || is_number(analysis_.exact(token)) ? std::string() : lower;
}

bool Builder::any_term(const Slot& slot) const {
  return std::any_of(slot.lemmas.begin(), slot.lemmas.end(),
                     [&](const std::string& lemma) { return has_term_(lemma); });
}

// "startup" also where the text has "start up", "12B" where it has "12 B".
void Builder::add_cuts(std::size_t unit) {
  if (units_[unit].parts.size() != 1) return;
  const std::string word = groups_[unit].alternatives[0].slots[0].exact;
  if (const auto sign = word.find_first_of(".&"); sign != std::string::npos && !is_number(word)) {
    add_cut(unit, word.substr(0, sign), word.substr(sign + 1));
    return;
  }
  if (!is_ascii_word(word) || word.size() > kLongestCut) return;
  const auto listed = WordLists::builtin().compounds.find(word);
  if (listed != WordLists::builtin().compounds.end()) add_parts(unit, listed->second);
  const bool mixed = has_digit(word);
  if (!mixed && word.size() < kShortestCut) return;
  const bool only_prefix = !mixed && is_known_word(word);  // "antivirus", not "portail"
  const std::size_t shortest = mixed ? 1 : 2;
  std::vector<std::size_t> cuts;
  for (std::size_t cut = shortest; cut + shortest <= word.size(); ++cut) {
    const bool inside_run = mixed && is_digit_byte(word[cut - 1]) == is_digit_byte(word[cut]);
    const bool behind_prefix =
        cut > 2 && WordLists::builtin().prefixes.contains(std::string_view(word).substr(0, cut));
    if (!inside_run && (!only_prefix || behind_prefix)) cuts.push_back(cut);
  }
  // Halves of about the same length are the likelier words.
  const auto imbalance = [&](std::size_t cut) { return std::max(cut, word.size() - cut); };
  std::stable_sort(cuts.begin(), cuts.end(), [&](auto a, auto b) { return imbalance(a) < imbalance(b); });
  std::size_t found = 0;
  for (const std::size_t cut : cuts) {
    found += add_cut(unit, std::string_view(word).substr(0, cut), std::string_view(word).substr(cut));
    if (found == kMaxCuts) break;
  }
}

bool Builder::add_cut(std::size_t unit, std::string_view left, std::string_view right) {
  const auto& stop_words = WordLists::builtin().stop_words;
  const bool stop = stop_words.find(left) != stop_words.end() || stop_words.find(right) != stop_words.end();
  if (left.size() + right.size() > 2 && stop) return false;
  if (!is_ascii_word(left) || !is_ascii_word(right)) return false;
  return add_parts(unit, {std::string(left), std::string(right)});
}

bool Builder::add_parts(std::size_t unit, const std::vector<std::string>& parts) {
  Alternative alternative{{}, kJoinedWeight};
  for (const std::string& part : parts) {
    alternative.slots.push_back(slot_of_spelling(part));
    if (!any_term(alternative.slots.back())) return false;
  }
  groups_[unit].alternatives.push_back(std::move(alternative));
  return true;
}

// "start up" also where the text has "startup", "bla bla car" where it has "BlaBlaCar". (a and b) or ab is the same
// as (a or ab) and (b or ab): the joined form goes to every group that it stands for.
void Builder::add_neighbours(std::size_t unit) {
  std::string joined;
  bool numbers = true;
  for (std::size_t last = unit; last < units_.size() && last < unit + 3; ++last) {
    const Unit& next = units_[last];
    const auto& exact = groups_[last].alternatives[0].slots[0].exact;
    if (next.parts.size() != 1 || !is_ascii_word(exact)) return;
    numbers = numbers && is_number(exact);
    if (last == unit + 1) {
      const auto begin = units_[unit].parts[0]->range.end;
      const auto between = query_.substr(begin, next.parts[0]->range.begin - begin);
      if (between.find('&') != std::string_view::npos)
        add_joined(unit, last, std::string(joined).append(1, '&').append(exact));
    }
    joined += exact;
    if (last > unit && !numbers && joined.size() <= kLongestCut) add_joined(unit, last, joined);
  }
}

bool Builder::add_joined(std::size_t first, std::size_t last, const std::string& joined) {
  bool stop = false;
  for (std::size_t i = first; i <= last; ++i) stop = stop || groups_[i].stop_word;
  if (stop && is_known_word(joined)) return false;  // "par ti" is not "parti"
  const Slot slot = slot_of_spelling(joined);
  if (!any_term(slot)) return false;
  for (std::size_t i = first; i <= last; ++i) {
    groups_[i].alternatives.push_back({{slot}, kJoinedWeight});
  }
  return true;
}

// Does the query have the words of `form` from word `at` on?
bool Builder::matches(const Alternative& form, std::size_t at) const {
  if (at + form.slots.size() > words_.size()) return false;
  for (std::size_t i = 0; i < form.slots.size(); ++i) {
    const auto& lemmas = form.slots[i].lemmas;
    const auto [token, group] = words_[at + i];
    const auto& asked = groups_[group].alternatives[0].slots;
    const auto slot = std::find_if(asked.begin(), asked.end(), [&, token = token](const Slot& candidate) {
      return candidate.exact == analysis_.exact(*token);
    });
    if (slot == asked.end()) return false;
    const bool shared = std::any_of(lemmas.begin(), lemmas.end(), [&](const std::string& lemma) {
      return std::find(slot->lemmas.begin(), slot->lemmas.end(), lemma) != slot->lemmas.end();
    });
    if (!shared) return false;
  }
  return true;
}

void Builder::add_synonyms() {
  struct Hit {
    std::size_t begin, end;  // words
    const Synonyms::Group* group;
    const Synonyms::Name* name;
  };
  std::vector<Hit> hits;
  for (const auto& group : synonyms_.groups()) {
    for (const auto& name : group) {
      for (const auto& form : name.forms) {
        for (std::size_t at = 0; at + form.slots.size() <= words_.size(); ++at) {
          if (matches(form, at)) hits.push_back({at, at + form.slots.size(), &group, &name});
        }
      }
    }
  }
  for (const Hit& hit : hits) {
    for (const auto& name : *hit.group) {
      if (&name == hit.name) continue;
      for (std::size_t word = hit.begin; word < hit.end; ++word) {
        auto& alternatives = groups_[words_[word].second].alternatives;
        alternatives.insert(alternatives.end(), name.forms.begin(), name.forms.end());
      }
    }
  }
}

}  // namespace

QueryAnalyzer::QueryAnalyzer(Analyzer& analyzer) : QueryAnalyzer(analyzer, Synonyms::builtin()) {}

std::vector<QueryGroup> QueryAnalyzer::words(std::string_view query, const HasTerm& has_term) {
  analyzer_.analyze(query, analysis_);
  return Builder(query, analysis_, synonyms_, has_term).build();
}

std::vector<QueryGroup> QueryAnalyzer::phrase(std::string_view inside) {
  analyzer_.analyze(inside, analysis_);
  QueryGroup group;
  Alternative words;
  for (const Token& token : analysis_.tokens()) {
    if (token.has(kCompound)) continue;
    if (words.slots.empty()) group.range.begin = token.range.begin;
    group.range.end = token.range.end;
    Slot slot;
    slot.exact = analysis_.exact(token);
    slot.exact_only = true;
    words.slots.push_back(std::move(slot));
  }
  if (words.slots.empty()) return {};
  const auto& compounds = WordLists::builtin().compounds;
  const auto parts = words.slots.size() == 1 ? compounds.find(words.slots[0].exact) : compounds.end();
  group.alternatives.push_back(std::move(words));
  if (parts != compounds.end()) {
    Alternative cut{{}, kJoinedWeight};
    for (const std::string& part : parts->second) cut.slots.push_back({{}, part, {}, true});
    group.alternatives.push_back(std::move(cut));
  }
  return {std::move(group)};
}

}  // namespace depeche::text
