#include "text/lexicon/hunspell.hh"

#include <unicode/unistr.h>

#include <algorithm>
#include <sstream>

namespace depeche::text {
namespace {

std::vector<std::string> split_blanks(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::vector<std::u32string> read_condition(std::string_view text) {
  const std::u32string source = to_utf32(text);
  std::vector<std::u32string> places;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] != U'[') {
      places.push_back(source.substr(i, 1));
      continue;
    }
    const std::size_t close = source.find(U']', i);
    places.push_back(source.substr(i + 1, close - i - 1));
    i = close;
  }
  return places;
}

bool accepts(const std::u32string& place, char32_t c) {
  if (place == U".") return true;
  if (place[0] == U'^') return place.find(c, 1) == std::u32string::npos;
  return place.find(c) != std::u32string::npos;
}

bool applies(const SuffixRule& rule, const std::u32string& word) {
  if (word.size() < rule.strip.size() || word.size() < rule.condition.size()) return false;
  if (word.compare(word.size() - rule.strip.size(), rule.strip.size(), rule.strip) != 0) return false;
  const std::size_t from = word.size() - rule.condition.size();
  for (std::size_t i = 0; i < rule.condition.size(); ++i) {
    if (!accepts(rule.condition[i], word[from + i])) return false;
  }
  return true;
}

std::vector<std::string> split_flags(std::string_view text) {
  std::vector<std::string> flags;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) flags.emplace_back(text.substr(i, 2));
  return flags;
}

DictionaryEntry read_entry(const std::vector<std::string>& words) {
  DictionaryEntry entry;
  const std::size_t slash = words[0].find('/');
  entry.headword = to_utf32(words[0].substr(0, slash));
  if (slash != std::string::npos) entry.flags = split_flags(std::string_view(words[0]).substr(slash + 1));
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].starts_with("po:")) entry.parts_of_speech.push_back(words[i].substr(3));
    if (words[i].starts_with("st:")) entry.stem = to_utf32(std::string_view(words[i]).substr(3));
  }
  return entry;
}

}  // namespace

bool DictionaryEntry::has_part(std::string_view prefix) const {
  return std::any_of(parts_of_speech.begin(), parts_of_speech.end(),
                     [&](const std::string& part) { return part.starts_with(prefix); });
}

SuffixRules read_suffix_rules(std::istream& aff) {
  SuffixRules rules;
  for (std::string line; std::getline(aff, line);) {
    if (!line.starts_with("SFX ")) continue;
    const auto words = split_blanks(line);
    if (words.size() < 5) continue;  // the line that opens a group
    const std::string add = words[3].substr(0, words[3].find('/'));
    rules[words[1]].push_back(
        {words[2] == "0" ? U"" : to_utf32(words[2]), add == "0" ? U"" : to_utf32(add), read_condition(words[4])});
  }
  return rules;
}

std::vector<DictionaryEntry> read_dictionary(std::istream& dic) {
  std::vector<DictionaryEntry> entries;
  std::string line;
  std::getline(dic, line);  // the number of entries
  while (std::getline(dic, line)) {
    const auto words = split_blanks(line);
    if (!words.empty()) entries.push_back(read_entry(words));
  }
  return entries;
}

void expand(const DictionaryEntry& entry, const SuffixRules& rules,
            const std::function<void(const std::u32string&)>& form) {
  const auto& flags = entry.flags;
  if (std::find(flags.begin(), flags.end(), "{}") != flags.end()) return;                // FORBIDDENWORD
  if (std::find(flags.begin(), flags.end(), "()") == flags.end()) form(entry.headword);  // NEEDAFFIX
  for (const std::string& flag : flags) {
    const auto found = rules.find(flag);
    if (found == rules.end()) continue;
    for (const SuffixRule& rule : found->second) {
      if (!applies(rule, entry.headword)) continue;
      form(entry.headword.substr(0, entry.headword.size() - rule.strip.size()) + rule.add);
    }
  }
}

std::u32string to_utf32(std::string_view utf8) {
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
  std::u32string out;
  for (int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1)) {
    out.push_back(static_cast<char32_t>(source.char32At(i)));
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  icu::UnicodeString source;
  for (const char32_t c : text) source.append(static_cast<UChar32>(c));
  std::string out;
  source.toUTF8String(out);
  return out;
}

}  // namespace depeche::text
