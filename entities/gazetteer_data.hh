// The inside of a Gazetteer, for the matcher.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "entities/gazetteer.hh"
#include "entities/hash_map.hh"

namespace depeche::entities {

// One spelling of an entry.
struct NameForm {
  enum Flag : std::uint8_t {
    kAlias = 1,
    kAmbiguous = 2,
    kCapitals = 4,  // an initialism of up to four letters: only all in capitals
    kSmall = 8,     // begins with a small letter: leboncoin, iPhone
    kPlus = 16,     // ends in "+"
    kUser = 32,     // from the user's file
  };
  std::uint32_t entry = 0;
  std::uint32_t next = 0;  // the next form of the same key + 1, or 0
  std::uint8_t flags = 0;

  bool is(Flag flag) const { return (flags & flag) != 0; }
};

struct GazetteerData {
  std::deque<GazetteerEntry> entries;  // stable addresses
  std::vector<NameForm> forms;
  HashMap<std::uint32_t> by_key;       // the first form of a key + 1: labels before aliases, users' before ours
  HashMap<std::uint8_t> longest_from;  // by the key of a name's first words: the most words that such a name has
  HashMap<std::uint32_t> by_surname;   // the person of a last word + 1; kSeveral where there are more
  HashMap<bool> given_names;           // first words of persons' labels
  std::string fingerprint;

  static constexpr std::uint32_t kSeveral = 0xFFFFFFFF;

  const NameForm* first(std::uint64_t key) const {
    const std::uint32_t* at = by_key.find(key);
    return at == nullptr || *at == 0 ? nullptr : &forms[*at - 1];
  }
  const NameForm* next(const NameForm& form) const { return form.next == 0 ? nullptr : &forms[form.next - 1]; }
};

}  // namespace depeche::entities
