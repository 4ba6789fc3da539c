// entities_bench FILE…: how fast extraction is. Each file is one article of plain text; all are read three times
// over, on one thread. Prints load time, resident memory and megabytes a second of processor time of the best round.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "entities/extractor.hh"
#include "entities/gazetteer.hh"

namespace {

// Of processor time, so that other work on the machine does not count.
double milliseconds_since(std::clock_t start) {
  return static_cast<double>(std::clock() - start) * 1e3 / CLOCKS_PER_SEC;
}

long resident_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<depeche::Article> articles;
  std::size_t bytes = 0;
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    articles.emplace_back().text = text.str();
    bytes += articles.back().text.size();
  }
  const long memory_before = resident_kilobytes();
  const auto start = std::clock();
  const auto gazetteer = depeche::entities::Gazetteer::load();
  depeche::entities::Extractor extractor(*gazetteer);
  depeche::Article first;
  first.text = "OpenAI ouvre un bureau à Paris.";
  extractor.extract(first);
  std::printf("load        %.1f ms, %ld KiB\n", milliseconds_since(start), resident_kilobytes() - memory_before);

  double best = 0;
  std::size_t mentions = 0;
  for (int round = 0; round < 3; ++round) {
    const auto begin = std::clock();
    mentions = 0;
    for (const depeche::Article& article : articles) mentions += extractor.extract(article).mentions.size();
    best = std::max(best, static_cast<double>(bytes) / 1e3 / milliseconds_since(begin));
  }
  std::printf("throughput  %.2f MB/s (%zu articles, %zu bytes, %zu mentions)\n", best, articles.size(), bytes,
              mentions);
}
