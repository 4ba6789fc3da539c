// Titles in which the typed words stand one after another, the last one begun; newest first, of near-duplicates one.
#include <algorithm>
#include <unordered_set>

#include "searcher/suggest.hh"
#include "text/fold.hh"

namespace depeche::searcher {
namespace {

constexpr std::size_t kShortest = 3;     // bytes of words that say something
constexpr std::size_t kCandidates = 32;  // kept of a part

struct Title {
  Day day = 0;
  Place place;
  std::uint8_t start = 0;  // word of the title
};

bool newer(const Title& a, const Title& b) {
  if (a.day != b.day) return a.day > b.day;
  return a.place.doc != b.place.doc ? a.place.doc < b.place.doc : a.start < b.start;
}

void add_newest(const std::vector<std::string_view>& before, std::string_view partial, const Part& part,
                std::uint32_t number, std::vector<Title>& out) {
  std::vector<Title> best;  // the oldest on top
  const auto [begin, end] = part.vocabulary.titles(before, partial, part.words);
  for (std::size_t i = begin; i < end; ++i) {
    const DocId doc = part.vocabulary.title_document(i);
    const Title title{part.columns.day[doc], {number, doc}, part.vocabulary.title_start(i)};
    if (best.size() == kCandidates && !newer(title, best.front())) continue;
    if (best.size() == kCandidates) {
      std::pop_heap(best.begin(), best.end(), newer);
      best.pop_back();
    }
    best.push_back(title);
    std::push_heap(best.begin(), best.end(), newer);
  }
  out.insert(out.end(), best.begin(), best.end());
}

// Marks the words from `start` on: `complete` of them, then what was typed of the next one.
void highlight(Suggestion& title, std::size_t start, std::size_t complete, std::string_view partial,
               text::Analyzer& analyzer) {
  text::Analysis analysis;
  analyzer.analyze(title.label, analysis);
  std::vector<ByteRange> words;
  for (const text::Token& token : analysis.tokens()) {
    if (!token.has(text::kCompound)) words.push_back(token.range);
  }
  const std::size_t last = start + complete - (partial.empty() ? 1 : 0);
  if (last >= words.size()) return;
  const std::size_t end =
      partial.empty() ? words[last].end
                      : words[last].begin + bytes_folded_to(words[last].of(title.label), partial.size(), text::fold);
  title.highlights.emplace_back(words[start].begin, end);
}

}  // namespace

std::vector<Suggestion> suggest_titles(const Typed& typed, const SuggestSource& source, std::size_t most) {
  std::vector<std::string_view> before;
  std::size_t letters = typed.partial.size();
  for (const Typed::Word& word : typed.before) {
    if (before.empty() && is_stop_word(word.exact)) continue;
    before.push_back(word.exact);
    letters += word.exact.size();
  }
  if (letters < kShortest) return {};
  std::vector<Title> found;
  for (std::size_t p = 0; p < source.parts.size(); ++p) {
    add_newest(before, typed.partial, *source.parts[p], static_cast<std::uint32_t>(p), found);
  }
  std::sort(found.begin(), found.end(), [&](const Title& a, const Title& b) {
    if (a.day != b.day) return a.day > b.day;
    const auto id = [&](const Title& t) { return source.parts[t.place.part]->columns.id(t.place.doc); };
    return id(a) != id(b) ? id(a) < id(b) : a.start < b.start;
  });
  std::vector<Suggestion> out;
  std::unordered_set<std::uint64_t> groups;
  std::unordered_set<std::string> labels;
  for (const Title& title : found) {
    if (out.size() == most) break;
    if (!groups.insert(source.parts[title.place.part]->columns.group[title.place.doc]).second) continue;
    Suggestion one;
    one.kind = SuggestionKind::kTitle;
    source.describe(title.place, one);
    if (!labels.insert(one.label).second) continue;
    highlight(one, title.start, before.size(), typed.partial, source.analyzer);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace depeche::searcher
