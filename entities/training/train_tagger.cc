// train_tagger MODEL OPTIONS…: trains the tagger and writes its model. scripts/train calls it with the sources that
// the committed model was made from.
//
//   --jsonl FILE WEIGHT    annotated articles            --corpus FOLDER WEIGHT   our corpus, its train part
//   --sentences FILE WEIGHT  sentences of our own
//   --conll FILE WEIGHT    annotated sentences           --articles FILE WEIGHT N  self-training on N plain articles
//   --folds N              cross-validation over the jsonl and corpus articles instead of a model
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "entities/gazetteer.hh"
#include "entities/tagger.hh"
#include "entities/training/crf.hh"
#include "entities/training/examples.hh"

namespace {

using namespace depeche;
using namespace depeche::entities;

struct Options {
  std::string model;
  int folds = 0;
  CrfOptions crf;
  std::size_t max_rows = 190000;
  unsigned min_count = 2;
  double least_sure = 0.8;  // of chains in self-training
};

// An article as chains, with the names that no chain can express.
struct Example {
  std::vector<Chain> chains;
  std::size_t unreachable = 0;
  bool own = false;  // scored in cross-validation
};

struct Score {
  std::size_t right = 0, predicted = 0, gold = 0;
};

// Numbers features by hash and forgets the rare ones.
class FeatureIds {
 public:
  std::uint32_t count(std::uint64_t feature) {
    std::uint32_t& id = ids_[feature | (feature == 0)];
    if (id == 0) {
      hashes_.push_back(feature);
      counts_.push_back(0);
      id = static_cast<std::uint32_t>(hashes_.size());
    }
    ++counts_[id - 1];
    return id - 1;
  }
  std::size_t size() const { return hashes_.size(); }
  unsigned count_of(std::uint32_t id) const { return counts_[id]; }
  std::uint64_t hash_of(std::uint32_t id) const { return hashes_[id]; }

 private:
  HashMap<std::uint32_t> ids_;
  std::vector<std::uint64_t> hashes_;
  std::vector<unsigned> counts_;
};

class Featurizer {
 public:
  explicit Featurizer(const Gazetteer& gazetteer) : matcher_(gazetteer) {}

  Example example(const AnnotatedText& text, bool labelled) {
    document_.clear();
    document_.parts[1] = text.text;
    document_.add(Part::kText, 0, text.text.size());
    classify(document_, matcher_, classes_);
    std::vector<NameMatch> matches;
    matcher_.find(document_, false, matches);
    input_.prepare(document_, classes_, matcher_, matches);
    Example result;
    std::vector<LabelSet> allowed(document_.tokens.size(), labelled ? LabelSet{1} : kAnyLabel);
    if (labelled) label(text, allowed, result);
    for_each_run(document_, input_, [&](TokenSpan run) {
      Chain chain;
      chain.weight = text.weight;
      for (std::uint32_t at = run.first; at < run.last; ++at) {
        input_.features(at, features_);
        for (const std::uint64_t feature : features_) chain.features.push_back(ids.count(feature));
        chain.ends.push_back(static_cast<std::uint32_t>(chain.features.size()));
        chain.allowed.push_back(allowed[at]);
      }
      result.chains.push_back(std::move(chain));
    });
    return result;
  }

  FeatureIds ids;

 private:
  void label(const AnnotatedText& text, std::vector<LabelSet>& allowed, Example& result) {
    std::size_t at = 0;
    for (const AnnotatedSpan& span : text.spans) {
      while (at < document_.tokens.size() && document_.tokens[at].end <= span.range.begin) ++at;
      bool first = true;
      bool reachable = true;
      for (std::size_t i = at; i < document_.tokens.size() && document_.tokens[i].begin < span.range.end; ++i) {
        const Token& token = document_.tokens[i];
        reachable = reachable && input_.is_candidate(static_cast<std::uint32_t>(i)) &&
                    token.begin >= span.range.begin && token.end <= span.range.end;
        LabelSet set = span.types.empty() ? kAnyLabel : 0;
        for (const EntityType type : span.types)
          set |= static_cast<LabelSet>(1u << (first ? begin_label(type) : inside_label(type)));
        allowed[i] = set;
        first = false;
      }
      if (!span.types.empty() && !reachable) {
        ++result.unreachable;
        for (std::size_t i = at; i < document_.tokens.size() && document_.tokens[i].begin < span.range.end; ++i)
          allowed[i] = kAnyLabel;
      }
    }
  }

  Matcher matcher_;
  Document document_;
  std::vector<WordClasses> classes_;
  TaggerInput input_;
  std::vector<std::uint64_t> features_;
};

void drop_rare(std::vector<Example>& examples, const FeatureIds& ids, unsigned min_count) {
  for (Example& example : examples) {
    for (Chain& chain : example.chains) {
      std::uint32_t kept = 0;
      std::uint32_t begin = 0;
      for (std::uint32_t& end : chain.ends) {
        for (std::uint32_t k = begin; k < end; ++k) {
          if (ids.count_of(chain.features[k]) >= min_count) chain.features[kept++] = chain.features[k];
        }
        begin = end;
        end = kept;
      }
      chain.features.resize(kept);
    }
  }
}

void count_spans(const Chain& chain, const std::vector<std::uint8_t>& labels, std::map<int, Score>& scores) {
  // gold spans are those with one possible beginning; what is open counts neither way
  const auto span_end = [&](std::size_t i, auto inside) {
    std::size_t end = i + 1;
    while (end < labels.size() && inside(end)) ++end;
    return end;
  };
  std::vector<bool> open(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) open[i] = chain.allowed[i] == kAnyLabel;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const LabelSet set = chain.allowed[i];
    if (!open[i] && (set & 0b010101010) != 0) {
      const int type = static_cast<int>((std::countr_zero(static_cast<unsigned>(set & 0b010101010)) - 1) / 2);
      ++scores[type].gold;
      const std::size_t end =
          span_end(i, [&](std::size_t j) { return !open[j] && (chain.allowed[j] & 0b101010100) != 0; });
      const std::size_t mine =
          labels[i] % 2 == 1 ? span_end(i, [&](std::size_t j) { return labels[j] == labels[i] + 1; }) : 0;
      if (mine == end && (set >> labels[i] & 1) != 0) ++scores[type].right;
    }
    if (labels[i] % 2 == 1 && !open[i]) {
      const bool right_type = (set >> labels[i] & 1) != 0;
      const int type = right_type
                           ? static_cast<int>((std::countr_zero(static_cast<unsigned>(set & 0b010101010)) - 1) / 2)
                           : (labels[i] - 1) / 2;
      ++scores[type].predicted;
    }
  }
}

void print(const std::map<int, Score>& scores, std::size_t unreachable) {
  Score all;
  const auto line = [](const char* name, const Score& s) {
    const double p = s.predicted ? 100.0 * static_cast<double>(s.right) / static_cast<double>(s.predicted) : 0;
    const double r = s.gold ? 100.0 * static_cast<double>(s.right) / static_cast<double>(s.gold) : 0;
    std::printf("  %-8s P %6.2f  R %6.2f  F1 %6.2f  gold %zu\n", name, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0,
                s.gold);
  };
  static const char* kNames[] = {"ORG", "PER", "LOC", "PRODUCT"};
  for (const auto& [type, score] : scores) {
    line(kNames[type], score);
    all.right += score.right;
    all.predicted += score.predicted;
    all.gold += score.gold;
  }
  all.gold += unreachable;
  line("all", all);
}

// Trains on annotated chains; then, where there are plain articles, tags these and trains again on both. Chains that
// the first model is unsure of are left out.
Crf train(const std::vector<Chain>& annotated, const std::vector<Example>& plain, std::size_t features,
          const Options& options) {
  Crf crf(features);
  crf.train(annotated, options.crf);
  if (plain.empty()) return crf;
  std::vector<Chain> chains = annotated;
  for (const Example& example : plain) {
    for (const Chain& chain : example.chains) {
      double probability = 0;
      const std::vector<std::uint8_t> labels = crf.decode(chain, &probability);
      if (probability < options.least_sure) continue;
      chains.push_back(chain);
      for (std::size_t i = 0; i < labels.size(); ++i)
        chains.back().allowed[i] = static_cast<LabelSet>(1u << labels[i]);
    }
  }
  Crf second(features);
  second.train(chains, options.crf);
  return second;
}

void cross_validate(const std::vector<Example>& examples, const std::vector<Example>& plain, std::size_t features,
                    const Options& options) {
  std::map<int, Score> scores;
  std::size_t unreachable = 0;
  for (int fold = 0; fold < options.folds; ++fold) {
    std::vector<Chain> chains;
    std::size_t own = 0;
    std::vector<const Example*> held;
    for (const Example& example : examples) {
      if (example.own && static_cast<int>(own++ % static_cast<std::size_t>(options.folds)) == fold) {
        held.push_back(&example);
      } else {
        chains.insert(chains.end(), example.chains.begin(), example.chains.end());
      }
    }
    const Crf crf = train(chains, plain, features, options);
    for (const Example* example : held) {
      unreachable += example->unreachable;
      for (const Chain& chain : example->chains) count_spans(chain, crf.decode(chain), scores);
    }
  }
  print(scores, unreachable);
}

// Weights in eighths of a bit or so: the scale makes the largest 127.
bool write_model(const Crf& crf, const FeatureIds& ids, const Options& options) {
  struct Row {
    double strength;
    std::uint32_t id;
  };
  std::vector<Row> rows;
  double largest = 1;
  for (std::uint32_t id = 0; id < ids.size(); ++id) {
    double strength = 0;
    const auto& weights = crf.weights(id);
    for (std::size_t label = 1; label < kLabels; ++label)
      strength = std::max(strength, std::abs(static_cast<double>(weights[label] - weights[0])));
    if (strength < 0.02) continue;
    rows.push_back({strength, id});
    largest = std::max(largest, strength);
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.strength != b.strength ? a.strength > b.strength : a.id < b.id;
  });
  if (rows.size() > options.max_rows) rows.resize(options.max_rows);
  const double scale = std::min(127 / largest, 40.0);
  TaggerModelHeader header;
  header.log2_rows = static_cast<std::uint32_t>(std::bit_width(rows.size() + rows.size() / 3));
  for (std::size_t from = 0; from < kLabels; ++from) {
    for (std::size_t to = 0; to < kLabels; ++to)
      header.transitions[from][to] = static_cast<std::int16_t>(std::lround(crf.transitions()[from][to] * scale));
  }
  std::vector<TaggerModelRow> table(std::size_t{1} << header.log2_rows);
  std::size_t written = 0;
  for (const Row& row : rows) {
    const auto& weights = crf.weights(row.id);
    TaggerModelRow made;
    made.check = TaggerModel::check_of(ids.hash_of(row.id));
    bool any = false;
    for (std::size_t label = 1; label < kLabels; ++label) {
      const long value = std::lround((weights[label] - weights[0]) * scale);
      made.weights[label - 1] = static_cast<std::int8_t>(std::clamp(value, -127l, 127l));
      any = any || value != 0;
    }
    if (!any) continue;
    std::size_t at = ids.hash_of(row.id) & (table.size() - 1);
    while (table[at].check != 0) at = (at + 1) & (table.size() - 1);
    table[at] = made;
    ++written;
  }
  std::ofstream out(options.model, std::ios::binary);
  out.write(reinterpret_cast<const char*>(&header), sizeof header);
  out.write(reinterpret_cast<const char*>(table.data()),
            static_cast<std::streamsize>(table.size() * sizeof(TaggerModelRow)));
  std::printf("%zu features of %zu kept, scale %.1f, %zu bytes\n", written, ids.size(), scale,
              sizeof header + table.size() * sizeof(TaggerModelRow));
  return static_cast<bool>(out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  std::vector<AnnotatedText> own, other, plain;
  const auto take = [](Result<std::vector<AnnotatedText>> texts, std::vector<AnnotatedText>& into,
                       const char* weight) {
    if (!texts) {
      std::cerr << texts.error().message << '\n';
      std::exit(1);
    }
    for (AnnotatedText& text : *texts) {
      text.weight = static_cast<float>(std::atof(weight));
      into.push_back(std::move(text));
    }
  };
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--jsonl" && i + 2 < argc) {
      take(read_jsonl(argv[i + 1]), own, argv[i + 2]);
      i += 2;
    } else if (option == "--corpus" && i + 2 < argc) {
      take(read_corpus(argv[i + 1], false), own, argv[i + 2]);
      i += 2;
    } else if (option == "--sentences" && i + 2 < argc) {
      take(read_sentences(argv[i + 1]), other, argv[i + 2]);
      i += 2;
    } else if (option == "--conll" && i + 2 < argc) {
      take(read_conll(argv[i + 1]), other, argv[i + 2]);
      i += 2;
    } else if (option == "--articles" && i + 3 < argc) {
      take(read_articles(argv[i + 1], static_cast<std::size_t>(std::atol(argv[i + 3]))), plain, argv[i + 2]);
      i += 3;
    } else if (option == "--folds" && i + 1 < argc) {
      options.folds = std::atoi(argv[++i]);
    } else if (option == "--epochs" && i + 1 < argc) {
      options.crf.epochs = std::atoi(argv[++i]);
    } else if (option == "--rate" && i + 1 < argc) {
      options.crf.rate = std::atof(argv[++i]);
    } else if (option == "--l1" && i + 1 < argc) {
      options.crf.l1 = std::atof(argv[++i]);
    } else if (option == "--least-sure" && i + 1 < argc) {
      options.least_sure = std::atof(argv[++i]);
    } else if (option == "--min-count" && i + 1 < argc) {
      options.min_count = static_cast<unsigned>(std::atoi(argv[++i]));
    } else if (options.model.empty() && option[0] != '-') {
      options.model = option;
    } else {
      std::cerr << "train_tagger: what is " << option << "?\n";
      return 2;
    }
  }
  const Result<Gazetteer> gazetteer = Gazetteer::load();
  Featurizer featurizer(*gazetteer);
  std::vector<Example> examples;
  std::size_t chains = 0;
  std::size_t unreachable = 0;
  for (const std::vector<AnnotatedText>* texts : {&own, &other}) {
    for (const AnnotatedText& text : *texts) {
      examples.push_back(featurizer.example(text, true));
      examples.back().own = texts == &own;
      chains += examples.back().chains.size();
      unreachable += texts == &own ? examples.back().unreachable : 0;
    }
  }
  std::vector<Example> plain_examples;
  for (const AnnotatedText& text : plain) plain_examples.push_back(featurizer.example(text, false));
  drop_rare(examples, featurizer.ids, options.min_count);
  drop_rare(plain_examples, featurizer.ids, options.min_count);
  std::printf("%zu articles, %zu chains, %zu features, %zu names out of reach\n", examples.size(), chains,
              featurizer.ids.size(), unreachable);
  if (options.folds > 0) {
    cross_validate(examples, plain_examples, featurizer.ids.size(), options);
    return 0;
  }
  std::vector<Chain> all;
  for (const Example& example : examples) all.insert(all.end(), example.chains.begin(), example.chains.end());
  const Crf crf = train(all, plain_examples, featurizer.ids.size(), options);
  return write_model(crf, featurizer.ids, options) ? 0 : 1;
}
