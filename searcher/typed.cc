#include "searcher/typed.hh"

#include <algorithm>

#include "text/fold.hh"
#include "text/word_lists.hh"

namespace depeche::searcher {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

}  // namespace

bool is_stop_word(std::string_view folded) {
  const auto& words = text::WordLists::builtin().stop_words;
  return words.find(folded) != words.end();
}

std::vector<Typed::Word> Typed::all() const {
  std::vector<Word> words = before;
  if (!partial.empty()) words.push_back({partial, begin});
  return words;
}

Typed read_typed(std::string_view prefix, text::Analyzer& analyzer) {
  Typed typed;
  const auto first = prefix.find_first_not_of(kBlanks);
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
  const auto last = typed.text.find_last_not_of(kBlanks) + 1;
  if (last < typed.text.size()) typed.text.replace(last, std::string::npos, " ");
  typed.begin = typed.text.size();
  if (!typed.before.empty() && end == typed.text.size()) {
    typed.partial = typed.before.back().exact;
    typed.begin = typed.before.back().begin;
    typed.before.pop_back();
  }
  return typed;
}

bool says_something(const std::vector<Typed::Word>& words) {
  return std::any_of(words.begin(), words.end(), [](const Typed::Word& word) { return !is_stop_word(word.exact); });
}

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

std::string joined_key(std::string_view text) {
  std::string key = text::value_key(text);
  std::erase(key, '-');
  return key;
}

}  // namespace depeche::searcher
