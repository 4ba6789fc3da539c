// Open lists of names, a hint for the tagger and no more: they are long, noisy and full of ordinary words.
#pragma once

#include <cstdint>
#include <vector>

#include "entities/hash_map.hh"
#include "entities/tokens.hh"

namespace depeche::entities {

// Bits of the lists; a model is trained with them, never renumber.
enum class NameList : std::uint8_t { kCommune = 1, kCity = 2, kCompany = 4, kMention = 8 };

class NameLists {
 public:
  // The built-in lists; read at the first call, shared by threads.
  static const NameLists& built_in();

  // Sets, for every token, the lists that have the longest name of capitalised words that it is part of; shifted left
  // by four where it is not the name's first token.
  void mark(const Document& document, std::vector<std::uint8_t>& bits) const;

 private:
  NameLists();
  void read(std::string_view text, NameList list);

  struct Entry {
    std::uint8_t lists = 0;    // of the name that ends here
    std::uint8_t longest = 0;  // words of the longest name that begins so
  };
  HashMap<Entry> names_;
};

}  // namespace depeche::entities
