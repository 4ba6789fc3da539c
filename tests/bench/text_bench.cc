// Speed of the French text analysis on one core: the whole chain, text in, terms with positions out.
//
// The text is the article files below corpus/; DEPECHE_BENCH_TEXT names another file to read instead, for instance
// `cat`ed articles of some megabytes. Figures worth quoting need text that repeats itself no more than news does.
#include <benchmark/benchmark.h>
#include <xapian.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "text/analyzer.hh"
#include "text/query_words.hh"

namespace depeche::text {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string read_text() {
  if (const char* path = std::getenv("DEPECHE_BENCH_TEXT")) return read_file(path);
  std::string text;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(DEPECHE_SOURCE_DIR "/corpus")) {
    if (entry.is_regular_file() && entry.path().extension() == ".txt") text += read_file(entry.path()) + "\n\n";
  }
  return text;
}

// The text in pieces of about the size of an article, cut at paragraphs.
const std::vector<std::string>& articles() {
  static const std::vector<std::string> cut = [] {
    constexpr std::size_t kArticle = 3000;
    const std::string text = read_text();
    std::vector<std::string> made;
    for (std::size_t at = 0; at < text.size();) {
      const auto end = text.find('\n', std::min(at + kArticle, text.size()));
      made.push_back(text.substr(at, end == std::string::npos ? end : end - at));
      at = end == std::string::npos ? text.size() : end + 1;
    }
    return made;
  }();
  return cut;
}

void count_bytes(benchmark::State& state) {
  std::size_t bytes = 0;
  for (const std::string& article : articles()) bytes += article.size();
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

// One pass over all articles with a cache that knows the language by now.
void analyzer(benchmark::State& state) {
  Analyzer warm;
  Analysis analysis;
  for (auto _ : state) {
    for (const std::string& article : articles()) {
      warm.analyze(article, analysis);
      benchmark::DoNotOptimize(analysis.tokens().data());
    }
  }
  count_bytes(state);
}
BENCHMARK(analyzer)->Unit(benchmark::kMillisecond);

// The same from an empty cache: the first megabytes of an index run.
void analyzer_cold(benchmark::State& state) {
  for (auto _ : state) {
    Analyzer cold;
    Analysis analysis;
    for (const std::string& article : articles()) {
      cold.analyze(article, analysis);
      benchmark::DoNotOptimize(analysis.tokens().data());
    }
  }
  count_bytes(state);
}
BENCHMARK(analyzer_cold)->Unit(benchmark::kMillisecond);

// What stock Xapian does with the same text; its document is the price of using it at all.
void xapian_term_generator(benchmark::State& state) {
  Xapian::TermGenerator generator;
  generator.set_stemmer(Xapian::Stem("fr"));
  for (auto _ : state) {
    for (const std::string& article : articles()) {
      Xapian::Document document;
      generator.set_document(document);
      generator.index_text(article);
      benchmark::DoNotOptimize(document.termlist_count());
    }
  }
  count_bytes(state);
}
BENCHMARK(xapian_term_generator)->Unit(benchmark::kMillisecond);

void query_words(benchmark::State& state) {
  Analyzer warm;
  QueryAnalyzer queries(warm);
  const HasTerm every_other = [](std::string_view term) { return term.size() % 2 == 0; };
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        queries.words("la levée de fonds d'une start up de l'intelligence artificielle", every_other));
  }
}
BENCHMARK(query_words)->Unit(benchmark::kMicrosecond);

void construction(benchmark::State& state) {
  for (auto _ : state) {
    Analyzer analyzer;
    benchmark::DoNotOptimize(&analyzer);
  }
}
BENCHMARK(construction)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace depeche::text

BENCHMARK_MAIN();
