#include "entities/name_lists.hh"

#include <algorithm>

#include "entities/embedded.hh"

DEPECHE_EMBEDDED(list_communes)
DEPECHE_EMBEDDED(list_cities)
DEPECHE_EMBEDDED(list_companies)
DEPECHE_EMBEDDED(list_mentions)

namespace depeche::entities {

const NameLists& NameLists::built_in() {
  static const NameLists lists;
  return lists;
}

NameLists::NameLists() : names_(80000) {
  read(embedded_list_communes(), NameList::kCommune);
  read(embedded_list_cities(), NameList::kCity);
  read(embedded_list_companies(), NameList::kCompany);
  read(embedded_list_mentions(), NameList::kMention);
}

void NameLists::read(std::string_view text, NameList list) {
  for_each_line(text, [&](std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    const auto words = static_cast<std::uint8_t>(1 + std::count(line.begin(), line.end(), '-'));
    KeyHash key;
    for (const char c : line) {
      if (c == '-') {
        std::uint8_t& longest = names_[key.value].longest;
        longest = std::max(longest, words);
      }
      key.add(c);
    }
    Entry& entry = names_[key.value];
    entry.longest = std::max(entry.longest, words);
    entry.lists |= static_cast<std::uint8_t>(list);
  });
}

void NameLists::mark(const Document& document, std::vector<std::uint8_t>& bits) const {
  bits.assign(document.tokens.size(), 0);
  for (const Sentence& sentence : document.sentences) {
    for (std::uint32_t at = sentence.first; at < sentence.last;) {
      const Token& token = document.tokens[at];
      const bool may_begin = token.is(Token::kUpper) || token.is(Token::kInnerUpper);
      const Entry* entry = may_begin ? names_.find(token.key.value) : nullptr;
      if (entry == nullptr) {
        ++at;
        continue;
      }
      const unsigned longest = entry->longest;
      std::uint32_t best_end = at + 1;
      std::uint8_t best = entry->lists;
      KeyHash key = token.key;
      for (std::uint32_t next = at + 1; next < std::min<std::uint32_t>(at + longest, sentence.last); ++next) {
        if (document.tokens[next].key.empty()) break;
        key = joined(key, document.tokens[next].key);
        const Entry* longer = names_.find(key.value);
        if (longer == nullptr) break;
        if (longer->lists != 0) {
          best = longer->lists;
          best_end = next + 1;
        }
      }
      bits[at] = best;
      for (std::uint32_t next = at + 1; next < best_end; ++next) bits[next] = static_cast<std::uint8_t>(best << 4);
      at = best_end;
    }
  }
}

}  // namespace depeche::entities
