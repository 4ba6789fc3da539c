// Suggestions and corrections, measured on an index:
//   suggest-bench latency INDEX    10,000 beginnings taken from titles; CPU time of a call
//   suggest-bench typos INDEX      misspelt words of the index's articles: how often the right one is suggested
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "searcher/searcher.hh"
#include "text/analyzer.hh"
#include "text/fold.hh"
#include "text/lemmas.hh"

namespace {

using namespace depeche;

constexpr std::size_t kPrefixes = 10'000, kWords = 3'000;

double cpu_millis() {
  std::timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

void print_times(const char* what, std::vector<double> times) {
  if (times.empty()) return;
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  double sum = 0;
  for (const double t : times) sum += t;
  std::printf("%-12s %6zu calls  mean %.3f  p50 %.3f  p95 %.3f  p99 %.3f  max %.3f ms CPU\n", what, times.size(),
              sum / static_cast<double>(times.size()), at(.5), at(.95), at(.99), at(1));
}

class Picker {
 public:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }

 private:
  std::mt19937_64 engine_{20};
};

std::string until_code_point(std::string text, std::size_t at) {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  text.resize(std::min(at, text.size()));
  return text;
}

int latency(searcher::Searcher& index) {
  std::vector<std::string> titles;
  const auto read = index.for_each_article([&](const schema::StoredArticle& stored) -> Result<void> {
    const Article& article = stored.article;
    titles.push_back(article.has_title() ? article.title : article.text.substr(0, 80));
    return {};
  });
  if (!read || titles.empty()) return 1;
  Picker pick;
  std::map<std::string, std::vector<double>> times;
  std::vector<std::pair<double, std::string>> slowest;
  std::size_t found = 0;
  for (std::size_t i = 0; i < kPrefixes; ++i) {
    const std::string& title = titles[pick.below(titles.size())];
    std::vector<std::size_t> begins{0};
    for (std::size_t k = 0; k + 1 < title.size(); ++k) {
      if (title[k] == ' ') begins.push_back(k + 1);
    }
    const std::size_t first = pick.below(begins.size()), words = pick.below(2) * pick.below(4);
    const std::size_t last = std::min(first + words, begins.size() - 1);
    const std::string prefix =
        until_code_point(title.substr(begins[first]), begins[last] - begins[first] + 1 + pick.below(6));
    const double start = cpu_millis();
    const auto answer = index.suggest({prefix, 10});
    const double took = cpu_millis() - start;
    if (!answer) return 1;
    found += !answer->list.empty();
    times["all"].push_back(took);
    slowest.emplace_back(took, prefix);
    times[last > first ? "many words" : prefix.size() <= 2 ? "1-2 letters" : "one word"].push_back(took);
  }
  for (const auto& [what, list] : times) print_times(what.c_str(), list);
  std::printf("%zu of %zu have suggestions; the slowest:\n", found, kPrefixes);
  std::sort(slowest.rbegin(), slowest.rend());
  for (std::size_t i = 0; i < 8; ++i) std::printf("  %8.3f ms  %s\n", slowest[i].first, slowest[i].second.c_str());
  return 0;
}

// One slip of each kind, on the folded word; a kind that cannot be made of it gives the word back.
std::string slipped(const std::string& word, const std::string& kind, Picker& pick) {
  static const std::vector<std::pair<std::string, std::string>> kSounds = {
      {"ph", "f"}, {"qu", "k"}, {"eau", "o"}, {"au", "o"}, {"ai", "e"},      {"an", "en"}, {"en", "an"}, {"ss", "c"},
      {"c", "ss"}, {"s", "z"},  {"z", "s"},   {"y", "i"},  {"tion", "sion"}, {"ge", "je"}, {"ch", "k"},  {"h", ""}};
  static const std::vector<std::string> kRows = {"azertyuiop", "qsdfghjklm", "wxcvbn"};
  std::string out = word;
  const std::size_t at = 1 + pick.below(word.size() - 1);
  if (kind == "neighbour") {
    for (const std::string& row : kRows) {
      const auto place = row.find(word[at]);
      if (place != row.npos) out[at] = row[place + 1 < row.size() ? place + 1 : place - 1];
    }
  } else if (kind == "doubled") {
    out.insert(at, 1, word[at]);
  } else if (kind == "undoubled") {
    for (std::size_t i = 1; i < out.size(); ++i) {
      if (out[i] == out[i - 1]) return out.erase(i, 1);
    }
  } else if (kind == "swapped") {
    if (at + 1 < out.size()) std::swap(out[at], out[at + 1]);
  } else if (kind == "missing") {
    out.erase(at, 1);
  } else if (kind == "added") {
    out.insert(at, 1, static_cast<char>('a' + pick.below(26)));
  } else if (kind == "sound") {
    const std::size_t from = pick.below(kSounds.size());
    for (std::size_t i = 0; i < kSounds.size(); ++i) {
      const auto& [right, wrong] = kSounds[(from + i) % kSounds.size()];
      const auto place = out.find(right, 1);
      if (place != out.npos) return out.replace(place, right.size(), wrong);
    }
  }
  return out;
}

std::string lemmas_of(text::Analyzer& analyzer, const std::string& word) {
  text::Analysis analysis;
  analyzer.analyze(word, analysis);
  std::set<std::string> lemmas;
  for (const text::Token& token : analysis.tokens()) {
    for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) lemmas.emplace(analysis.lemma(token, i));
  }
  std::string out;
  for (const std::string& lemma : lemmas) out += lemma + " ";
  return out;
}

int typos(searcher::Searcher& index) {
  text::Analyzer analyzer;
  text::Analysis analysis;
  std::map<std::string, std::size_t> counts;  // folded words of five letters or more
  const auto read = index.for_each_article([&](const schema::StoredArticle& stored) -> Result<void> {
    analyzer.analyze(stored.article.text, analysis);
    for (const text::Token& token : analysis.tokens()) {
      const std::string word(analysis.exact(token));
      const bool plain = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      if (plain && word.size() >= 5 && !token.has(text::kCompound)) ++counts[word];
    }
    return {};
  });
  if (!read) return 1;
  std::vector<std::string> words;
  for (const auto& [word, count] : counts) words.push_back(word);
  Picker pick;
  std::shuffle(words.begin(), words.end(), std::mt19937_64(7));
  if (words.size() > kWords) words.resize(kWords);
  std::printf("%-10s %6s %8s %8s %8s %8s\n", "slip", "typos", "exact", "lemma", "other", "none");
  std::vector<double> times;
  std::size_t all[5] = {};
  for (const char* kind : {"neighbour", "doubled", "undoubled", "swapped", "missing", "added", "sound"}) {
    std::size_t tried = 0, exact = 0, alike = 0, other = 0, none = 0;
    for (const std::string& word : words) {
      searcher::SearchRequest request;
      request.query = slipped(word, kind, pick);
      if (request.query == word || counts.contains(request.query)) continue;
      request.histograms = false;
      const double start = cpu_millis();
      const auto answer = index.search(request);
      const double took = cpu_millis() - start;
      if (!answer || answer->total > 0) continue;  // a word all the same
      times.push_back(took);
      ++tried;
      if (!answer->suggestion) {
        ++none;
      } else if (text::fold(*answer->suggestion) == word) {
        ++exact;
      } else if (lemmas_of(analyzer, *answer->suggestion) == lemmas_of(analyzer, word)) {
        ++alike;
      } else {
        ++other;
        if (other <= 5)
          std::printf("  %s (%s) → %s\n", request.query.c_str(), word.c_str(), answer->suggestion->c_str());
      }
    }
    const auto share = [&](std::size_t n) {
      return 100.0 * static_cast<double>(n) / static_cast<double>(std::max<std::size_t>(1, tried));
    };
    std::printf("%-10s %6zu %7.1f%% %7.1f%% %7.1f%% %7.1f%%\n", kind, tried, share(exact), share(exact + alike),
                share(other), share(none));
    const std::size_t row[5] = {tried, exact, alike, other, none};
    for (std::size_t i = 0; i < 5; ++i) all[i] += row[i];
  }
  const auto total = static_cast<double>(std::max<std::size_t>(1, all[0]));
  std::printf("%-10s %6zu %7.1f%% %7.1f%% %7.1f%% %7.1f%%\n", "all", all[0],
              100 * static_cast<double>(all[1]) / total, 100 * static_cast<double>(all[1] + all[2]) / total,
              100 * static_cast<double>(all[3]) / total, 100 * static_cast<double>(all[4]) / total);
  print_times("search", times);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (argc != 3 || (what != "latency" && what != "typos")) {
    std::cerr << "usage: suggest-bench latency|typos INDEX\n";
    return 2;
  }
  const auto index = searcher::Searcher::open(argv[2]);
  if (!index) {
    std::cerr << index.error().message << '\n';
    return 1;
  }
  return what == "latency" ? latency(**index) : typos(**index);
}
