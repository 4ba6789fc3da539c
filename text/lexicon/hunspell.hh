// Reads a hunspell dictionary (.aff and .dic, FLAG long) as a list of word forms. Build time only.
#pragma once

#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace depeche::text {

struct SuffixRule {
  std::u32string strip;
  std::u32string add;
  std::vector<std::u32string>
      condition;  // one set of letters a place, from the left; "^…" is what it must not be, "." any
};

using SuffixRules = std::unordered_map<std::string, std::vector<SuffixRule>>;  // by flag

// One line of the .dic file.
struct DictionaryEntry {
  std::u32string headword;
  std::vector<std::string> flags;
  std::vector<std::string> parts_of_speech;  // "nom", "v1_it_q__a", …
  std::u32string stem;                       // of an irregular form (st:); else empty

  bool has_part(std::string_view prefix) const;
};

SuffixRules read_suffix_rules(std::istream& aff);
std::vector<DictionaryEntry> read_dictionary(std::istream& dic);

// Calls `form` for every form that the entry stands for; some more than once.
void expand(const DictionaryEntry& entry, const SuffixRules& rules,
            const std::function<void(const std::u32string&)>& form);

std::u32string to_utf32(std::string_view utf8);
std::string to_utf8(std::u32string_view text);

}  // namespace depeche::text
