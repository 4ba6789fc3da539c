// Values of the facets with a word that begins as the typed text does from some word on; the longest piece counts.
#include <algorithm>
#include <map>
#include <unordered_set>

#include "searcher/suggest.hh"
#include "text/fold.hh"

namespace depeche::searcher {
namespace {

constexpr std::size_t kMostWords = 4;    // typed words that a name may begin with
constexpr std::size_t kMostCounted = 4;  // names behind other words: each is counted with them
constexpr std::size_t kCandidates = 32;  // kept of a part

struct Name {
  GlobalCode code = 0;
  std::size_t facet = 0, start = 0;  // start: byte of the key
  double rank = 0;
};

bool is_offered(std::size_t facet) {
  const schema::Field& field = schema::kFacets[facet];
  return field.entity || field.id == FieldId::kTopic || field.id == FieldId::kSource;
}

// A name that begins so at its first word counts double.
double rank_of(std::uint32_t articles, std::size_t start) {
  return start == 0 ? 2.0 * articles : articles;
}

// The best places of a part where a name goes on with `key`.
std::vector<std::size_t> best_of(const Part& part, const std::string& key) {
  using Entry = std::pair<double, std::size_t>;
  std::vector<Entry> best;  // the worst on top
  const auto [begin, end] = part.vocabulary.names(key, part.columns);
  for (std::size_t i = begin; i < end; ++i) {
    const Code code = part.vocabulary.name_code(i);
    const double rank = rank_of(part.columns.code_count[code], part.vocabulary.name_start(i));
    if (best.size() == kCandidates && rank <= best.front().first) continue;
    if (!is_offered(part.columns.facet_of(code))) continue;
    if (best.size() == kCandidates) {
      std::pop_heap(best.begin(), best.end(), std::greater<>());
      best.pop_back();
    }
    best.emplace_back(rank, i);
    std::push_heap(best.begin(), best.end(), std::greater<>());
  }
  std::vector<std::size_t> out;
  for (const auto& [rank, i] : best) out.push_back(i);
  return out;
}

std::vector<Name> names_with(const std::string& key, const SuggestSource& source) {
  std::map<GlobalCode, Name> found;
  for (std::size_t p = 0; p < source.parts.size(); ++p) {
    const Part& part = *source.parts[p];
    const auto& global = source.space.from_part(p);
    for (const std::size_t i : best_of(part, key)) {
      const Code code = part.vocabulary.name_code(i);
      const GlobalCode known = global.empty() ? code : global[code];
      const std::uint32_t start = part.vocabulary.name_start(i);
      const Name name{known, part.columns.facet_of(code), start, rank_of(source.space.total(known), start)};
      const auto [it, added] = found.try_emplace(known, name);
      if (!added && name.rank > it->second.rank) it->second = name;
    }
  }
  std::vector<Name> out;
  for (const auto& [code, name] : found) out.push_back(name);
  std::stable_sort(out.begin(), out.end(), [](const Name& a, const Name& b) { return a.rank > b.rank; });
  return out;
}

// Where the bytes [start, start + size) of its key stand in a label.
std::pair<std::size_t, std::size_t> range_of_key(const std::string& label, std::size_t start, std::size_t size) {
  std::size_t begin = start == 0 ? 0 : bytes_folded_to(label, start + 1, text::value_key);
  while (begin > 0 && (static_cast<unsigned char>(label[--begin]) & 0xC0) == 0x80) {
  }
  return {begin, bytes_folded_to(label, start + size, text::value_key)};
}

std::string without_last_blank(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

// Names that go on with `key`, to be asked for together with `query`. Of fields that share a name, the one with more.
std::vector<Suggestion> described(const std::string& key, const std::string& query, const SuggestSource& source,
                                  std::size_t most) {
  std::vector<Suggestion> out;
  std::unordered_set<std::string_view> keys;
  for (const Name& name : names_with(key, source)) {
    if (out.size() == most) break;
    if (!keys.insert(source.space.key(name.code)).second) continue;
    Suggestion one;
    one.kind = SuggestionKind::kName;
    one.label = source.space.label(name.code);
    one.query = query;
    one.field = schema::kFacets[name.facet].id;
    one.value = source.space.value(name.facet, name.code);
    const Filter filter{one.field, one.value, false};
    one.count = query.empty() ? source.space.total(name.code) : source.count(query, &filter);
    if (one.count == 0) continue;
    one.about = one.count ? static_cast<double>(*one.count) : 0;
    one.highlights.push_back(range_of_key(one.label, name.start, key.size() - key.ends_with('-')));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

std::vector<Suggestion> suggest_names(const Typed& typed, const SuggestSource& source, std::size_t most) {
  const std::vector<Typed::Word> words = typed.all();
  for (std::size_t i = words.size() - std::min(words.size(), kMostWords); i < words.size(); ++i) {
    if (i > 0 && i + 1 == words.size() && typed.partial.size() < 2) break;
    std::string key = text::value_key(std::string_view(typed.text).substr(words[i].begin));
    if (typed.partial.empty()) key += '-';
    const std::vector<Typed::Word> before(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i));
    const std::string query = says_something(before) ? without_last_blank(typed.text.substr(0, words[i].begin)) : "";
    std::vector<Suggestion> found =
        described(key, query, source, query.empty() ? most : std::min(most, kMostCounted));
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace depeche::searcher
