#include "text/lexicon.hh"

#include <marisa.h>

extern "C" const char depeche_data_lexicon[];

namespace depeche::text {
namespace {

template <class T>
const T* table(const char* image, std::uint32_t offset) {
  return reinterpret_cast<const T*>(image + offset);
}

const lexicon_format::Header& header(const char* image) {
  return *reinterpret_cast<const lexicon_format::Header*>(image);
}

// MARISA maps the built-in bytes; the trie object only points into them.
class MappedTrie {
 public:
  MappedTrie() {
    const auto& head = header(depeche_data_lexicon);
    trie_.map(depeche_data_lexicon + head.trie, head.trie_size);
  }
  const marisa::Trie& get() const { return trie_; }

 private:
  marisa::Trie trie_;
};

const marisa::Trie& trie() {
  static const MappedTrie mapped;
  return mapped.get();
}

}  // namespace

const Lexicon& Lexicon::builtin() {
  static const Lexicon lexicon;
  return lexicon;
}

Lexicon::Lexicon()
    : image_(depeche_data_lexicon),
      entries_(table<lexicon_format::Entry>(image_, header(image_).entries)),
      set_begin_(table<std::uint32_t>(image_, header(image_).set_begin)),
      set_rules_(table<std::uint16_t>(image_, header(image_).set_rules)),
      rules_(table<lexicon_format::Rule>(image_, header(image_).rule_table)),
      suffixes_(image_ + header(image_).suffixes) {}

LexiconEntry Lexicon::find(std::string_view word) const {
  thread_local marisa::Agent agent;  // keeps its buffers from call to call
  agent.set_query(word.data(), word.size());
  return trie().lookup(agent) ? entries_[agent.key().id()] : LexiconEntry{};
}

std::uint64_t Lexicon::checksum() const {
  return header(image_).checksum;
}

}  // namespace depeche::text
