#include "entities/topics.hh"

#include <algorithm>
#include <cmath>

#include "entities/embedded.hh"

DEPECHE_EMBEDDED(topics_model)

namespace depeche::entities {
namespace {

constexpr std::size_t kMostSubjects = 2;

// The built-in model; one without weights where the file is of another version, so that nothing is classified by
// numbers that mean something else.
const TopicModelFile& built_in_model() {
  static const TopicModelFile empty;
  const std::string_view bytes = embedded_topics_model();
  const auto* file = reinterpret_cast<const TopicModelFile*>(bytes.data());
  const bool usable = bytes.size() == sizeof(TopicModelFile) && file->magic == empty.magic &&
                      file->version == kTopicModelVersion && file->topics == kTopics;
  return usable ? *file : empty;
}

}  // namespace

TopicClassifier::TopicClassifier() : model_(&built_in_model()), seen_(std::size_t{1} << kTopicBits) {}

void TopicClassifier::start() {
  ++article_;
  rows_ = 0;
  sums_ = {};
}

void TopicClassifier::add(const Document& document) {
  for_each_row(document, [&](std::size_t row) {
    const auto& weights = model_->weights[row];
    for (std::size_t topic = 0; topic < kTopics; ++topic) sums_[topic] += static_cast<float>(weights[topic]);
  });
}

std::vector<std::string> TopicClassifier::topics() const {
  std::vector<std::string> names;
  if (rows_ == 0) return names;
  const float factor = model_->scale / std::sqrt(static_cast<float>(rows_));
  std::array<float, kTopics> scores;
  for (std::size_t topic = 0; topic < kTopics; ++topic) scores[topic] = sums_[topic] * factor + model_->bias[topic];
  const auto section = std::max_element(scores.begin(), scores.begin() + kSections);
  names.emplace_back(kTopicNames[static_cast<std::size_t>(section - scores.begin())]);
  std::vector<std::size_t> subjects;
  for (std::size_t topic = kSections; topic < kTopics; ++topic) {
    if (scores[topic] > 0) subjects.push_back(topic);
  }
  std::sort(subjects.begin(), subjects.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  if (subjects.size() > kMostSubjects) subjects.resize(kMostSubjects);
  for (const std::size_t topic : subjects) names.emplace_back(kTopicNames[topic]);
  return names;
}

}  // namespace depeche::entities
