// build_lexicon AFF DIC OVERRIDES ACTIONS OUT: compiles the lexicon of word forms (see format.hh).
//
// Only entries in lower case count, and no names: a word that is unknown here is left as it is, which protects names.
#include <marisa.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "text/fold.hh"
#include "text/lexicon/format.hh"
#include "text/lexicon/hunspell.hh"

namespace depeche::text {
namespace {

using namespace lexicon_format;

// A lemma of a form; verbs are told apart because nouns in -ée suppress them.
struct Lemma {
  std::string folded;
  bool verb = false;
  auto operator<=>(const Lemma&) const = default;
};

using Forms = std::map<std::string, std::set<Lemma>>;  // by form, accents kept

bool is_plain_word(const std::u32string& word) {
  return std::all_of(word.begin(), word.end(), [](char32_t c) { return u_islower(static_cast<UChar32>(c)) != 0; });
}

bool is_name(const DictionaryEntry& entry) {
  return entry.has_part("npr") || entry.has_part("prn") || entry.has_part("patr") || entry.has_part("titr");
}

Forms read_forms(const SuffixRules& rules, const std::vector<DictionaryEntry>& entries) {
  Forms forms;
  std::set<std::string> feminine_nouns;  // in -ée
  for (const DictionaryEntry& entry : entries) {
    if (!is_plain_word(entry.headword) || is_name(entry) || entry.has_part("err") || entry.has_part("pfx")) continue;
    const Lemma lemma{fold(to_utf8(entry.stem.empty() ? entry.headword : entry.stem)), entry.has_part("v")};
    expand(entry, rules, [&](const std::u32string& form) {
      if (is_plain_word(form)) forms[to_utf8(form)].insert(lemma);
    });
    if (entry.headword.ends_with(U"ée") && entry.has_part("nom")) feminine_nouns.insert(to_utf8(entry.headword));
  }
  // "donnée" is not "donner", "armée" is not "armer": a noun of its own drops the participle.
  for (const std::string& noun : feminine_nouns) {
    for (const std::string& form : {noun, noun + "s"}) {
      const auto found = forms.find(form);
      if (found != forms.end()) std::erase_if(found->second, [](const Lemma& lemma) { return lemma.verb; });
    }
  }
  return forms;
}

// Lines "form lemma lemma…"; # begins a comment.
std::vector<std::vector<std::string>> read_rows(std::istream& in) {
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::vector<std::string> row{std::istream_iterator<std::string>(words), {}};
    if (row.size() > 1) rows.push_back(std::move(row));
  }
  return rows;
}

void apply_overrides(std::istream& in, Forms& forms) {
  for (const auto& row : read_rows(in)) {
    auto& lemmas = forms[row[0]];
    lemmas.clear();
    for (std::size_t i = 1; i < row.size(); ++i) lemmas.insert({fold(row[i]), false});
  }
}

// Every form of the noun gets the verb as one more lemma: who looks for "licencie" finds "licenciements".
void apply_actions(std::istream& in, Forms& forms) {
  std::map<std::string, std::vector<std::string>> verbs;
  for (const auto& row : read_rows(in)) {
    for (std::size_t i = 1; i < row.size(); ++i) verbs[fold(row[0])].push_back(fold(row[i]));
  }
  for (auto& [form, lemmas] : forms) {
    std::set<Lemma> added;
    for (const Lemma& lemma : lemmas) {
      const auto found = verbs.find(lemma.folded);
      if (lemma.verb || found == verbs.end()) continue;
      for (const std::string& verb : found->second) added.insert({verb, true});
    }
    lemmas.merge(added);
  }
}

// Numbers things in order of first use.
template <class T>
class Numbering {
 public:
  std::uint16_t of(const T& value) {
    const auto [at, fresh] = numbers_.try_emplace(value, static_cast<std::uint16_t>(values_.size()));
    if (fresh) values_.push_back(value);
    if (values_.size() > 0xFFFF) throw std::length_error("the lexicon has too many distinct rules");
    return at->second;
  }
  const std::vector<T>& values() const { return values_; }

 private:
  std::map<T, std::uint16_t> numbers_;
  std::vector<T> values_;
};

using LemmaRule = std::pair<std::uint8_t, std::string>;  // bytes to drop, suffix to add

LemmaRule rule_from(std::string_view folded_form, std::string_view lemma) {
  const auto [at, other] = std::mismatch(folded_form.begin(), folded_form.end(), lemma.begin(), lemma.end());
  return {static_cast<std::uint8_t>(folded_form.end() - at), std::string(other, lemma.end())};
}

class Compiler {
 public:
  explicit Compiler(const Forms& forms) {
    sets_.of({});
    for (const auto& [form, lemmas] : forms) {
      const std::string folded = fold(form);
      entries_[form].own = set_of(folded, lemmas);
      folded_[folded].insert(lemmas.begin(), lemmas.end());
    }
    for (const auto& [folded, lemmas] : folded_) entries_[folded].folded = set_of(folded, lemmas);
  }

  void write(std::ostream& out) const;

 private:
  std::uint16_t set_of(const std::string& folded, const std::set<Lemma>& lemmas) {
    std::set<std::string> distinct;
    for (const Lemma& lemma : lemmas) distinct.insert(lemma.folded);
    std::vector<std::uint16_t> set;
    for (const std::string& lemma : distinct) set.push_back(rules_.of(rule_from(folded, lemma)));
    return sets_.of(set);
  }

  std::map<std::string, Entry> entries_;
  std::map<std::string, std::set<Lemma>> folded_;
  Numbering<LemmaRule> rules_;
  Numbering<std::vector<std::uint16_t>> sets_;
};

// Appends the raw bytes of `values` at a multiple of 8 and returns where they begin.
template <class T>
std::uint32_t append(std::string& image, const T* values, std::size_t count) {
  image.resize((image.size() + 7) / 8 * 8);
  const auto at = static_cast<std::uint32_t>(image.size());
  image.append(reinterpret_cast<const char*>(values), count * sizeof(T));
  return at;
}

std::uint64_t checksum_of(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3;
  return hash;
}

void Compiler::write(std::ostream& out) const {
  marisa::Keyset keyset;
  for (const auto& [key, entry] : entries_) keyset.push_back(key.data(), key.size());
  marisa::Trie trie;
  trie.build(keyset);
  std::ostringstream trie_bytes;
  trie_bytes << trie;

  std::vector<Entry> by_number(entries_.size());
  std::size_t i = 0;
  for (const auto& [key, entry] : entries_) by_number[keyset[i++].id()] = entry;

  std::vector<std::uint32_t> set_begin;
  std::vector<std::uint16_t> set_rules;
  for (const auto& set : sets_.values()) {
    set_begin.push_back(static_cast<std::uint32_t>(set_rules.size()));
    set_rules.insert(set_rules.end(), set.begin(), set.end());
  }
  set_begin.push_back(static_cast<std::uint32_t>(set_rules.size()));

  std::string suffixes;
  std::vector<Rule> rules;
  for (const auto& [strip, suffix] : rules_.values()) {
    std::size_t at = suffixes.find(suffix);
    if (at == std::string::npos) {
      at = suffixes.size();
      suffixes += suffix;
    }
    if (at > 0xFFFF) throw std::length_error("the lexicon has too many suffixes");
    rules.push_back({strip, static_cast<std::uint8_t>(suffix.size()), static_cast<std::uint16_t>(at)});
  }

  Header header{};
  std::copy(std::begin(kMagic), std::end(kMagic), header.magic);
  std::string image(sizeof header, '\0');
  const std::string trie_image = trie_bytes.str();
  header.keys = static_cast<std::uint32_t>(by_number.size());
  header.sets = static_cast<std::uint32_t>(sets_.values().size());
  header.rules = static_cast<std::uint32_t>(rules.size());
  header.trie = append(image, trie_image.data(), trie_image.size());
  header.trie_size = static_cast<std::uint32_t>(trie_image.size());
  header.entries = append(image, by_number.data(), by_number.size());
  header.set_begin = append(image, set_begin.data(), set_begin.size());
  header.set_rules = append(image, set_rules.data(), set_rules.size());
  header.rule_table = append(image, rules.data(), rules.size());
  header.suffixes = append(image, suffixes.data(), suffixes.size());
  header.checksum = checksum_of(image);
  image.replace(0, sizeof header, reinterpret_cast<const char*>(&header), sizeof header);
  out << image;
  std::cerr << "lexicon: " << header.keys << " keys, " << header.sets << " sets, " << header.rules << " rules, "
            << image.size() << " bytes\n";
}

int run(char** paths) {
  std::ifstream aff(paths[0]);
  std::ifstream dic(paths[1]);
  std::ifstream overrides(paths[2]);
  std::ifstream actions(paths[3]);
  if (!aff || !dic || !overrides || !actions) {
    std::cerr << "build_lexicon: cannot read an input file\n";
    return 1;
  }
  Forms forms = read_forms(read_suffix_rules(aff), read_dictionary(dic));
  apply_overrides(overrides, forms);
  apply_actions(actions, forms);
  std::ofstream out(paths[4], std::ios::binary);
  Compiler(forms).write(out);
  out.close();
  return out ? 0 : 1;
}

}  // namespace
}  // namespace depeche::text

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "usage: build_lexicon AFF DIC OVERRIDES ACTIONS OUT\n";
    return 2;
  }
  return depeche::text::run(argv + 1);
}
