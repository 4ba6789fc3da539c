#include "text/synonyms.hh"

#include <fstream>
#include <iterator>

#include "text/word_lists.hh"

namespace depeche::text {
namespace {

constexpr double kWeight = 0.4;  // of a synonym, against 1 for the word itself

Slot slot_of(const Analysis& analysis, const Token& token) {
  Slot slot;
  slot.exact = analysis.exact(token);
  for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) slot.lemmas.emplace_back(analysis.lemma(token, i));
  return slot;
}

Synonyms::Name read_name(std::string_view text, Analyzer& analyzer, Analysis& analysis) {
  analyzer.analyze(text, analysis);
  Synonyms::Name name;
  Alternative words{{}, kWeight};
  std::size_t compounds = 0;
  for (const Token& token : analysis.tokens()) {
    if (token.has(kCompound)) {
      ++compounds;
    } else {
      words.slots.push_back(slot_of(analysis, token));
    }
  }
  if (words.slots.empty()) return name;
  name.forms.push_back(std::move(words));
  const bool one_compound = compounds == 1 && analysis.tokens()[1].range.end == analysis.tokens().back().range.end;
  if (one_compound) name.forms.push_back({{slot_of(analysis, analysis.tokens()[1])}, kWeight});
  return name;
}

}  // namespace

const Synonyms& Synonyms::builtin() {
  static const Synonyms synonyms = parse(word_list_texts().back());
  return synonyms;
}

Synonyms Synonyms::parse(std::string_view text) {
  Synonyms synonyms;
  Analyzer analyzer;
  Analysis analysis;
  while (!text.empty()) {
    const auto line_end = text.find('\n');
    auto line = text.substr(0, line_end);
    text.remove_prefix(line_end == std::string_view::npos ? text.size() : line_end + 1);
    line = line.substr(0, line.find('#'));
    Group group;
    while (!line.empty()) {
      const auto bar = line.find('|');
      auto name = read_name(line.substr(0, bar), analyzer, analysis);
      if (!name.forms.empty()) group.push_back(std::move(name));
      line.remove_prefix(bar == std::string_view::npos ? line.size() : bar + 1);
    }
    if (group.size() > 1) synonyms.groups_.push_back(std::move(group));
  }
  return synonyms;
}

Result<Synonyms> load_synonyms(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad()) {
    return failure(ErrorCode::kIo, "cannot read the synonyms in " + path,
                   "check that the file exists and is readable");
  }
  return Synonyms::parse(text);
}

}  // namespace depeche::text
