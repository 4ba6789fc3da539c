// train_topics MODEL NEWS EXCLUDED CORPUS: trains the topic model.
//   NEWS      lines {"id","title","abstract","text","topics":[…]}: the last topic is the section
//   EXCLUDED  ids that are kept for testing, one a line (what follows a tab is ignored)
//   CORPUS    our corpus folder; its train part teaches the subjects
// Sections are one softmax; every subject is a yes or no of its own, by log-odds.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "entities/embedded.hh"
#include "entities/topics.hh"
#include "entities/training/examples.hh"
#include "text/fold.hh"

namespace {

using namespace depeche;
using namespace depeche::entities;

struct TopicExample {
  std::vector<std::uint32_t> rows;
  int section = -1;                               // or none
  std::array<signed char, kTopics> subject = {};  // 1 yes, -1 no, 0 not known
  bool test = false;
  bool ours = false;  // of the corpus
};

int topic_of(std::string_view name, std::size_t begin, std::size_t end) {
  const std::string key = text::value_key(name);
  for (std::size_t i = begin; i < end; ++i) {
    if (text::value_key(kTopicNames[i]) == key) return static_cast<int>(i);
  }
  if (begin >= kSections && key == "sante") return topic_of("santé numérique", begin, end);
  return -1;
}

// Words that give a subject away. An article of the news that has `kSureSeeds` of them counts as about it, one that
// has none as not about it: our corpus alone is too small to tell which words matter.
struct Seeds {
  std::string_view topic;
  std::string_view words;  // in key form
};
constexpr int kSureSeeds = 3;
constexpr auto kSeeds = std::to_array<Seeds>({
    {"IA",
     "ia intelligence-artificielle openai chatgpt gpt-4 gpt-4o mistral anthropic claude gemini deepmind llm chatbot "
     "neurones algorithmes apprentissage multimodal copilot nvidia modele generative"},
    {"levées de fonds",
     "levee levees tour investisseurs valorisation amorcage licorne licornes bpifrance sequoia eurazeo series "
     "actionnaires capital-risque souscripteurs"},
    {"télécoms",
     "operateur operateurs orange sfr bouygues free iliad 5g 4g fibre arcep forfait forfaits telecoms antennes "
     "abonnes numericable altice reseau"},
    {"jeux vidéo",
     "jeu jeux joueurs console consoles playstation xbox nintendo switch ubisoft sony fortnite studio manette esport "
     "activision"},
    {"cybersécurité",
     "pirates piratage cyberattaque cyberattaques rancongiciel hackers faille failles vulnerabilite vulnerabilites "
     "phishing malware anssi chiffrement virus mots-de-passe cybersecurite"},
    {"régulation",
     "cnil commission-europeenne commission amende amendes rgpd antitrust concurrence regulateur regulation dma dsa "
     "ftc donnees autorite monopole position-dominante bruxelles"},
    {"smartphones",
     "smartphone smartphones iphone galaxy samsung huawei xiaomi pixel android ios ecran appareil photo oneplus "
     "telephone"},
    {"logiciel libre",
     "libre libres linux open-source opensource github developpeurs noyau debian licence code depot depots mozilla "
     "firefox logiciels langage python java rust"},
    {"spatial",
     "fusee fusees satellite satellites orbite spacex ariane nasa esa lanceur kourou astronaute astronautes spatiale "
     "spatial cnes starlink starship"},
    {"semi-conducteurs",
     "puce puces semi-conducteurs semiconducteurs tsmc intel nvidia amd gravure nanometres arm qualcomm fonderie "
     "processeur processeurs transistors silicium asml stmicroelectronics"},
    {"e-commerce",
     "amazon e-commerce alibaba cdiscount shein temu vendeurs marketplace livraison livraisons colis commandes "
     "en-ligne boutique zalando vinted"},
    {"mobilité",
     "uber vtc trottinettes trottinette covoiturage blablacar electrique electriques tesla batteries recharge "
     "autonome autonomes velos chauffeurs"},
    {"santé numérique",
     "doctolib sante patients telemedecine teleconsultation medecins hopital hopitaux dossier-medical vaccin alan "
     "stopcovid medicale"},
    {"quantique", "quantique quantiques qubits qubit pasqal quandela ibm ordinateur-quantique"},
    {"réseaux sociaux",
     "facebook twitter instagram tiktok snapchat youtube whatsapp telegram moderation reseaux-sociaux reseau-social "
     "publications comptes utilisateurs meta x"},
    {"emploi",
     "licenciements licenciement postes emplois salaries suppressions recrutement recrute embauches plan-social "
     "syndicats chomage effectifs cfdt cgt"},
});

std::vector<std::uint32_t> rows_of(TopicClassifier& classifier, const std::string& words) {
  Document document;
  document.parts[1] = words;
  document.add(Part::kText, 0, words.size());
  std::vector<std::uint32_t> rows;
  classifier.start();
  classifier.for_each_row(document, [&](std::size_t row) { rows.push_back(static_cast<std::uint32_t>(row)); });
  return rows;
}

// How many different seed words of each subject a text has.
std::array<int, kTopics> count_seeds(const std::string& words) {
  static const HashMap<std::uint32_t> seeds = [] {
    HashMap<std::uint32_t> made(1024);
    for (const Seeds& row : kSeeds) {
      const int topic = topic_of(row.topic, kSections, kTopics);
      for_each_word(row.words, [&](std::string_view word) { made[hash_of_key(word)] |= 1u << topic; });
    }
    return made;
  }();
  Document document;
  document.parts[1] = words;
  document.add(Part::kText, 0, words.size());
  HashMap<char> done(512);
  std::array<int, kTopics> counts = {};
  KeyHash before;
  for (const Token& token : document.tokens) {
    for (const std::uint64_t key : {token.key.value, joined(before, token.key).value}) {
      const std::uint32_t* topics = key == 0 ? nullptr : seeds.find(key);
      if (topics == nullptr || std::exchange(done[key], 1) != 0) continue;
      for (std::size_t i = kSections; i < kTopics; ++i) counts[i] += static_cast<int>(*topics >> i & 1);
    }
    before = token.key;
  }
  return counts;
}

class Trainer {
 public:
  Trainer() : weights_(std::size_t{1} << kTopicBits), squares_(weights_.size()) {}

  void step(const TopicExample& example) {
    const auto scores = score(example);
    std::array<float, kTopics> gradient = {};
    if (example.section >= 0) {
      const float highest = *std::max_element(scores.begin(), scores.begin() + kSections);
      float sum = 0;
      for (std::size_t i = 0; i < kSections; ++i) sum += std::exp(scores[i] - highest);
      for (std::size_t i = 0; i < kSections; ++i)
        gradient[i] = std::exp(scores[i] - highest) / sum - (static_cast<int>(i) == example.section ? 1.f : 0.f);
    }
    const float norm = 1 / std::sqrt(static_cast<float>(example.rows.size()));
    for (std::size_t i = 0; i < kSections; ++i) {
      bias_square_[i] += gradient[i] * gradient[i];
      bias_[i] -= 0.1f * gradient[i] / std::sqrt(bias_square_[i] + 1e-4f);
    }
    for (const std::uint32_t row : example.rows) {
      for (std::size_t i = 0; i < kSections; ++i) {
        if (std::abs(gradient[i]) < 1e-4f) continue;
        const float g = gradient[i] * norm + kDecay * weights_[row][i];
        squares_[row][i] += g * g;
        weights_[row][i] -= kRate * g / std::sqrt(squares_[row][i] + 1e-4f);
      }
    }
  }

  std::array<float, kTopics> score(const TopicExample& example) const {
    std::array<float, kTopics> scores = {};
    for (const std::uint32_t row : example.rows) {
      for (std::size_t i = 0; i < kTopics; ++i) scores[i] += weights_[row][i];
    }
    const float norm = 1 / std::sqrt(std::max<float>(1, static_cast<float>(example.rows.size())));
    for (std::size_t i = 0; i < kTopics; ++i) scores[i] = scores[i] * norm + bias_[i];
    return scores;
  }

  void write(const std::string& path) const {
    const auto file = std::make_unique<TopicModelFile>();
    float largest = 0;
    for (const auto& row : weights_) {
      for (const float weight : row) largest = std::max(largest, std::abs(weight));
    }
    file->scale = std::min(largest, kClip) / 127;
    file->bias = bias_;
    for (std::size_t row = 0; row < weights_.size(); ++row) {
      for (std::size_t i = 0; i < kTopics; ++i) {
        file->weights[row][i] =
            static_cast<std::int8_t>(std::clamp<long>(std::lround(weights_[row][i] / file->scale), -127, 127));
      }
    }
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(file.get()), sizeof *file);
  }

  // A subject's weights are log-odds of words: in how many articles about it they stand, against the others. Our own
  // articles count for more than those that the seeds chose. The bias is the one that does best on our articles, each
  // scored without its own contribution.
  void learn_subject(std::size_t topic, const std::vector<TopicExample>& examples) {
    std::vector<std::array<float, 2>> counts(weights_.size());
    std::array<float, 2> totals = {};
    const auto weight_of = [&](const TopicExample& example) { return example.ours ? kOwnWeight : 1; };
    for (const TopicExample& example : examples) {
      if (example.test || example.subject[topic] == 0) continue;
      const std::size_t side = example.subject[topic] > 0 ? 0 : 1;
      totals[side] += weight_of(example);
      for (const std::uint32_t row : example.rows) counts[row][side] += weight_of(example);
    }
    const auto log_odds = [&](std::array<float, 2> count, std::array<float, 2> total) {
      if (count[0] + count[1] < kRarest) return 0.f;
      const float share = (count[0] + count[1]) / (total[0] + total[1]);
      const float yes = (count[0] + kPrior * share) / (total[0] + kPrior);
      const float no = (count[1] + kPrior * share) / (total[1] + kPrior);
      const float odds = std::log(yes / no);
      return odds > kWeakest ? odds - kWeakest : odds < -kWeakest ? odds + kWeakest : 0.f;
    };
    std::vector<std::pair<float, bool>> held_out;
    for (const TopicExample& example : examples) {
      if (example.test || !example.ours) continue;
      const std::size_t side = example.subject[topic] > 0 ? 0 : 1;
      std::array<float, 2> total = totals;
      total[side] -= kOwnWeight;
      float score = 0;
      for (const std::uint32_t row : example.rows) {
        std::array<float, 2> count = counts[row];
        count[side] -= kOwnWeight;
        score += log_odds(count, total);
      }
      held_out.emplace_back(score / std::sqrt(static_cast<float>(example.rows.size())), side == 0);
    }
    bias_[topic] = -best_threshold(held_out);
    for (std::size_t row = 0; row < weights_.size(); ++row) weights_[row][topic] = log_odds(counts[row], totals);
  }

 private:
  // The score above which F1 is highest.
  static float best_threshold(std::vector<std::pair<float, bool>> scored) {
    std::sort(scored.rbegin(), scored.rend());
    const auto positives =
        static_cast<float>(std::count_if(scored.begin(), scored.end(), [](const auto& item) { return item.second; }));
    float best = scored.empty() ? 0 : scored.front().first + 1;
    float best_f1 = 0;
    float right = 0;
    for (std::size_t i = 0; i + 1 < scored.size(); ++i) {
      right += scored[i].second ? 1.f : 0.f;
      const float f1 = 2 * right / (static_cast<float>(i + 1) + positives);
      if (f1 <= best_f1) continue;
      best_f1 = f1;
      best = (scored[i].first + scored[i + 1].first) / 2;
    }
    return best;
  }

  static constexpr float kOwnWeight = 10;
  static constexpr float kPrior = 20;
  static constexpr float kRarest = 20;     // weighted articles that a word must be in
  static constexpr float kWeakest = 0.5f;  // log-odds that say nothing
  static constexpr float kRate = 0.05f;
  static constexpr float kDecay = 2e-5f;
  static constexpr float kClip = 4;
  std::vector<std::array<float, kTopics>> weights_, squares_;
  std::array<float, kTopics> bias_ = {}, bias_square_ = {};
};

std::vector<TopicExample> read_news(const std::string& path, const std::set<std::string>& excluded,
                                    TopicClassifier& classifier) {
  std::vector<TopicExample> examples;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto record = nlohmann::json::parse(line);
    TopicExample example;
    const auto topics = record.value("topics", nlohmann::json::array());
    if (topics.empty()) continue;
    example.section = topic_of(topics.back().get<std::string>(), 0, kSections);
    if (example.section < 0) continue;
    const std::string abstract = record["abstract"].is_string() ? record["abstract"].get<std::string>() : "";
    const std::string words = record.value("title", "") + "\n\n" + abstract + "\n\n" + record.value("text", "");
    example.rows = rows_of(classifier, words);
    example.test = excluded.count(record.value("id", "")) > 0;
    const auto seeds = count_seeds(words);
    for (std::size_t i = kSections; i < kTopics; ++i)
      example.subject[i] = seeds[i] >= kSureSeeds ? 1 : seeds[i] == 0 ? -1 : 0;
    if (!example.rows.empty()) examples.push_back(std::move(example));
  }
  return examples;
}

std::vector<TopicExample> read_corpus_topics(const std::string& folder, bool test, TopicClassifier& classifier) {
  std::vector<TopicExample> examples;
  const auto texts = read_corpus(folder, test);
  if (!texts) return examples;
  for (const AnnotatedText& article : *texts) {
    TopicExample example;
    example.rows = rows_of(classifier, article.text);
    example.subject.fill(-1);
    example.test = test;
    example.ours = true;
    example.section = static_cast<int>(topic_of("high-tech", 0, kSections));
    for (const std::string& topic : article.topics) {
      if (const int i = topic_of(topic, kSections, kTopics); i >= 0) example.subject[static_cast<std::size_t>(i)] = 1;
    }
    examples.push_back(std::move(example));
  }
  return examples;
}

void report(const Trainer& trainer, const std::vector<TopicExample>& examples) {
  std::size_t right = 0, sections = 0, subject_right = 0, subject_found = 0, subject_gold = 0;
  for (const TopicExample& example : examples) {
    if (!example.test) continue;
    const auto scores = trainer.score(example);
    if (!example.ours) {
      ++sections;
      right += std::max_element(scores.begin(), scores.begin() + kSections) - scores.begin() == example.section;
      continue;
    }
    for (std::size_t i = kSections; i < kTopics; ++i) {
      subject_gold += example.subject[i] > 0;
      subject_found += scores[i] > 0;
      subject_right += example.subject[i] > 0 && scores[i] > 0;
    }
  }
  std::printf(
      "sections: %zu of %zu right (%.1f %%); subjects on the corpus's test part: %zu right of %zu found, %zu in "
      "all\n",
      right, sections, 100.0 * static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(1, sections)),
      subject_right, subject_found, subject_gold);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: train_topics MODEL NEWS EXCLUDED CORPUS\n";
    return 2;
  }
  std::set<std::string> excluded;
  std::ifstream ids(argv[3]);
  for (std::string line; std::getline(ids, line);) excluded.insert(line.substr(0, line.find('\t')));
  TopicClassifier classifier;
  std::vector<TopicExample> examples = read_news(argv[2], excluded, classifier);
  const std::size_t news = examples.size();
  for (const bool test : {false, true}) {
    for (TopicExample& example : read_corpus_topics(argv[4], test, classifier))
      examples.push_back(std::move(example));
  }
  constexpr int kEpochs = 6;
  constexpr std::size_t kCorpusEvery = 60;  // one corpus article after so many of the news: both are mixed
  Trainer trainer;
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    std::size_t next = news;
    for (std::size_t i = 0; i < news; ++i) {
      // a fixed stride runs through the news in an order that is no order of dates
      const TopicExample& example = examples[i * 7919 % news];
      if (!example.test) trainer.step(example);
      if (i % kCorpusEvery != 0 || news == examples.size()) continue;
      if (!examples[next].test) trainer.step(examples[next]);
      if (++next == examples.size()) next = news;
    }
  }
  for (std::size_t topic = kSections; topic < kTopics; ++topic) trainer.learn_subject(topic, examples);
  report(trainer, examples);
  trainer.write(argv[1]);
}
