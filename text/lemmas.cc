#include "text/lemmas.hh"

#include <algorithm>

#include "text/fold.hh"
#include "text/word_lists.hh"

namespace depeche::text {
namespace {

constexpr std::size_t kShortestRest = 4;  // bytes of a word behind a prefix

bool is_ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void add_set(std::uint16_t set, std::string_view folded, LemmaList& lemmas, std::string_view prefix = {}) {
  Lexicon::builtin().for_each_lemma(set, folded, [&](std::string_view stem, std::string_view suffix) {
    lemmas.add(std::string(prefix).append(stem), suffix);
  });
}

// "cyberattaques" is "cyber" and a known word: the lemma is "cyberattaque".
bool add_behind_prefix(const Spelling& word, LemmaList& lemmas) {
  const auto& prefixes = WordLists::builtin().prefixes;
  for (std::size_t cut = 2; cut + kShortestRest <= word.lower.size() && cut <= 8; ++cut) {
    if ((static_cast<unsigned char>(word.lower[cut]) & 0xC0) == 0x80) continue;
    const auto prefix = word.lower.substr(0, cut);
    if (!prefixes.contains(prefix)) continue;
    const auto rest = word.lower.substr(cut);
    const auto folded_prefix = fold(prefix);
    const auto folded_rest = word.folded.substr(folded_prefix.size());
    const auto entry = Lexicon::builtin().find(rest);
    const auto set = entry.own != 0 ? entry.own : entry.folded;
    if (set == 0) continue;
    add_set(set, folded_rest, lemmas, folded_prefix);
    return true;
  }
  return false;
}

// New verbs are in -er: who looks for "googler" finds "googlent" and "googlé".
void add_new_verb(const Spelling& word, LemmaList& lemmas) {
  constexpr std::size_t kShortestStem = 4;
  for (const std::string_view ending : {"ent", "aient", "ait", "era", "eront", "é", "és", "ée", "ées"}) {
    if (!word.lower.ends_with(ending)) continue;
    const auto stem = word.folded.substr(0, word.folded.size() - fold(ending).size());
    if (stem.size() >= kShortestStem) lemmas.add(stem, "er");
  }
}

bool has_plural_s(const Spelling& word) {
  const auto& s = word.folded;
  if (s.size() < 4 || s.back() != 's') return false;
  if (word.plural_acronym) return true;
  const char before = s[s.size() - 2];
  return before != 's' && before != 'u' && before != 'i';
}

}  // namespace

void LemmaList::add(std::string_view stem, std::string_view suffix) {
  for (std::size_t i = 0; i < count_; ++i) {
    const std::string& known = lemmas_[i];
    if (known.size() == stem.size() + suffix.size() && known.starts_with(stem) && known.ends_with(suffix)) return;
  }
  if (count_ == lemmas_.size()) lemmas_.emplace_back();
  lemmas_[count_++].assign(stem).append(suffix);
}

void add_lemmas(const Spelling& word, LemmaList& lemmas) {
  const auto& lexicon = Lexicon::builtin();
  const LexiconEntry entry = lexicon.find(word.lower);
  const bool accents_missing = word.all_capitals && is_ascii(word.lower);
  if (entry.own != 0 && !accents_missing) return add_set(entry.own, word.folded, lemmas);
  const auto folded = word.lower == word.folded ? entry.folded : lexicon.find(word.folded).folded;
  if (folded != 0 && !word.plural_acronym) return add_set(folded, word.folded, lemmas);
  lemmas.add(word.folded);
  if (has_plural_s(word)) lemmas.add(word.folded.substr(0, word.folded.size() - 1));
  if (!add_behind_prefix(word, lemmas)) add_new_verb(word, lemmas);
}

void add_lemmas_without_accents(std::string_view folded, LemmaList& lemmas) {
  add_set(Lexicon::builtin().find(folded).folded, folded, lemmas);
}

bool is_known_word(std::string_view lower) {
  const LexiconEntry entry = Lexicon::builtin().find(lower);
  return entry.own != 0 || entry.folded != 0 ||
         (!is_ascii(lower) && Lexicon::builtin().find(fold(lower)).folded != 0);
}

}  // namespace depeche::text
