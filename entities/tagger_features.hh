// What the tagger looks at: the features of one token, as hashes.
#pragma once

#include <cstdint>
#include <vector>

#include "entities/hash_map.hh"
#include "entities/lexicon.hh"
#include "entities/matcher.hh"
#include "entities/tokens.hh"

namespace depeche::entities {

// The labels of tokens. A model is trained with these numbers.
inline constexpr std::size_t kLabels = 9;  // O, then B and I of each EntityType
constexpr std::size_t begin_label(EntityType type) {
  return 1 + 2 * static_cast<std::size_t>(type);
}
constexpr std::size_t inside_label(EntityType type) {
  return begin_label(type) + 1;
}

// The classes of every token: the lexicon's, and kFirstName for the first names of the gazetteer's people.
void classify(const Document& document, const Matcher& matcher, std::vector<WordClasses>& classes);

// A document with all that is known of its tokens before tagging. The vectors are kept from document to document.
class TaggerInput {
 public:
  // `document` and `classes` must stay as they are until the next call.
  void prepare(const Document& document, const std::vector<WordClasses>& classes, const Matcher& matcher,
               const std::vector<NameMatch>& matches);

  // Whether the token may be part of a name at all; the others are never tagged, which is most of the speed.
  bool is_candidate(std::uint32_t token) const { return candidate_[token]; }

  // Replaces `features` by those of the token.
  void features(std::uint32_t token, std::vector<std::uint64_t>& features) const;

 private:
  void find_candidates();
  void collect_evidence();
  std::uint64_t word(std::int64_t token, const Sentence& sentence) const;

  const Document* document_ = nullptr;
  const std::vector<WordClasses>* classes_ = nullptr;
  std::vector<std::uint16_t> gazetteer_;  // by token: GazetteerBit
  std::vector<std::uint8_t> lists_;       // by token: NameLists::mark
  std::vector<bool> candidate_;
  std::vector<bool> shouted_;               // by sentence: all in capitals
  std::vector<std::uint32_t> evidence_of_;  // by token: its word's place in evidence_
  std::vector<std::uint16_t> evidence_;     // by word of the document: EvidenceBit
  HashMap<std::uint32_t> words_;            // the place of a word in evidence_ + 1
};

}  // namespace depeche::entities
