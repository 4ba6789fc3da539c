#include "text/word_lists.hh"

#include <array>

#include "text/fold.hh"

#define DEPECHE_LIST(name)                     \
  extern "C" const char depeche_data_##name[]; \
  extern "C" const char depeche_data_##name##_end[]

DEPECHE_LIST(stop_words);
DEPECHE_LIST(elisions);
DEPECHE_LIST(elision_exceptions);
DEPECHE_LIST(clitics);
DEPECHE_LIST(clitic_exceptions);
DEPECHE_LIST(prefixes);
DEPECHE_LIST(domains);
DEPECHE_LIST(abbreviations);
DEPECHE_LIST(weak_abbreviations);
DEPECHE_LIST(symbols);
DEPECHE_LIST(magnitudes);
DEPECHE_LIST(compounds);
DEPECHE_LIST(synonyms);

#undef DEPECHE_LIST

namespace depeche::text {
namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

// Calls visit(words of the line) for each line without its comment.
template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    visit(line.substr(0, line.find('#')));
  }
}

std::string_view next_word(std::string_view& line) {
  const auto begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return line = {};
  line.remove_prefix(begin);
  const auto word = line.substr(0, line.find_first_of(" \t\r"));
  line.remove_prefix(word.size());
  return word;
}

}  // namespace

WordSet read_words(std::string_view text) {
  WordSet words;
  for_each_line(text, [&](std::string_view line) {
    for (auto word = next_word(line); !word.empty(); word = next_word(line)) words.emplace(word);
  });
  return words;
}

WordMap read_pairs(std::string_view text) {
  WordMap pairs;
  for_each_line(text, [&](std::string_view line) {
    const auto key = next_word(line);
    const auto value = next_word(line);
    if (!value.empty()) pairs.emplace(key, value);
  });
  return pairs;
}

std::span<const std::string_view> word_list_texts() {
#define DEPECHE_TEXT(name) between(depeche_data_##name, depeche_data_##name##_end)
  static const auto texts = std::to_array({
      DEPECHE_TEXT(stop_words),
      DEPECHE_TEXT(elisions),
      DEPECHE_TEXT(elision_exceptions),
      DEPECHE_TEXT(clitics),
      DEPECHE_TEXT(clitic_exceptions),
      DEPECHE_TEXT(prefixes),
      DEPECHE_TEXT(domains),
      DEPECHE_TEXT(abbreviations),
      DEPECHE_TEXT(weak_abbreviations),
      DEPECHE_TEXT(symbols),
      DEPECHE_TEXT(magnitudes),
      DEPECHE_TEXT(compounds),
      DEPECHE_TEXT(synonyms),
  });
#undef DEPECHE_TEXT
  return texts;
}

CompoundMap read_compounds(std::string_view text) {
  CompoundMap compounds;
  for_each_line(text, [&](std::string_view line) {
    std::string joined;
    std::vector<std::string> parts;
    for (auto word = next_word(line); !word.empty(); word = next_word(line)) {
      joined += fold(word);
      parts.emplace_back(word);
    }
    if (parts.size() > 1) compounds.emplace(std::move(joined), std::move(parts));
  });
  return compounds;
}

const WordLists& WordLists::builtin() {
  static const WordLists lists = [] {
    const auto texts = word_list_texts();
    WordLists made;
    WordSet* const sets[] = {&made.stop_words, &made.elisions,          &made.elision_exceptions,
                             &made.clitics,    &made.clitic_exceptions, &made.prefixes,
                             &made.domains,    &made.abbreviations,     &made.weak_abbreviations};
    std::size_t i = 0;
    for (WordSet* set : sets) *set = read_words(texts[i++]);
    const WordSet accented = made.prefixes;
    for (const std::string& prefix : accented) made.prefixes.insert(fold(prefix));
    made.symbols = read_pairs(texts[i++]);
    made.magnitudes = read_pairs(texts[i++]);
    made.compounds = read_compounds(texts[i++]);
    return made;
  }();
  return lists;
}

}  // namespace depeche::text
