// What an article is about: its section of a newspaper, and up to two subjects of tech news, by a linear model over
// its words (data/topics.model, made by training/train_topics.cc).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hh"
#include "entities/tokens.hh"

namespace depeche::entities {

// The fixed list. A model is trained with this order.
inline constexpr std::size_t kSections = 12;
inline constexpr auto kTopicNames =
    std::to_array<std::string_view>({"auto", "france", "monde", "politique", "culture", "environnement",
                                     "fait-divers", "high-tech", "insolite", "media", "people", "santé",
                                     // subjects of tech news
                                     "IA", "levées de fonds", "télécoms", "jeux vidéo", "cybersécurité", "régulation",
                                     "smartphones", "logiciel libre", "spatial", "semi-conducteurs", "e-commerce",
                                     "mobilité", "santé numérique", "quantique", "réseaux sociaux", "emploi"});
inline constexpr std::size_t kTopics = kTopicNames.size();

inline constexpr std::uint32_t kTopicModelVersion = 1;
inline constexpr unsigned kTopicBits = 15;  // words share 2^15 rows

struct TopicModelFile {
  std::array<char, 8> magic = {'D', 'P', 'T', 'O', 'P', 'I', 'C', 'S'};
  std::uint32_t version = kTopicModelVersion;
  std::uint32_t topics = kTopics;
  std::array<float, kTopics> bias = {};
  float scale = 1;  // of the weights
  std::array<std::array<std::int8_t, kTopics>, std::size_t{1} << kTopicBits> weights = {};
};

// Adds up what the words of an article say. One article after the other; not thread-safe.
class TopicClassifier {
 public:
  TopicClassifier();

  void start();
  // May be called for one stretch of the article after the other; only its first few thousand words count.
  void add(const Document& document);
  // Names of kTopicNames: the section, then subjects that are likely; none for an article without words.
  std::vector<std::string> topics() const;

  // Calls `found` with the row of every word that the document adds, each once since start().
  template <class Found>
  void for_each_row(const Document& document, Found found);

 private:
  const TopicModelFile* model_;
  std::array<float, kTopics> sums_ = {};
  std::vector<std::uint32_t> seen_;  // by row: the article that had it last
  std::uint32_t article_ = 0;
  std::size_t rows_ = 0;
};

template <class Found>
void TopicClassifier::for_each_row(const Document& document, Found found) {
  constexpr std::size_t kMostRows = 4000;
  const auto take = [&](std::uint64_t hash) {
    const std::size_t row = mixed(hash) >> (64 - kTopicBits);
    if (seen_[row] == article_) return;
    seen_[row] = article_;
    ++rows_;
    found(row);
  };
  for (const Token& token : document.tokens) {
    if (rows_ > kMostRows) return;
    if (!token.is(Token::kLetter) || token.is(Token::kElision)) continue;
    take(token.key.value);
  }
}

}  // namespace depeche::entities
