// The engine under load, as a program that a comparison with other engines can drive:
//   depeche-bench index   CORPUS=docs.jsonl INDEX=folder THREADS=n
//   depeche-bench bench   INDEX=folder QUERIES=queries.tsv OUT=folder WARMUP_S=3 QPS_S=3 BENCH_THREADS=2
//   depeche-bench run     INDEX=folder QUERIES=queries.tsv OUT=run.trec DEPTH=100
//   depeche-bench bonuses INDEX=folder QUERIES=queries.tsv OUT=bonuses.tsv DEPTH=100: what the second stage of ranking
//                         sees, for depeche-tune: query, document, BM25, then each bonus with weight 1
// Parameters are environment variables. One request is the ten best hits with snippets, the exact total, and exact
// counts of source, topic, org and month; there is no cache of answers.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <numeric>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/log.hh"
#include "indexer/indexer.hh"
#include "searcher/searcher.hh"

namespace {

using namespace depeche;
using searcher::FieldId;
using Clock = std::chrono::steady_clock;

std::string parameter(const char* name, const char* fallback) {
  const char* value = std::getenv(name);
  if (value) return value;
  if (fallback) return fallback;
  std::cerr << "depeche-bench: " << name << " is not set\n";
  std::exit(2);
}

int failed(const Error& error) {
  std::cerr << "depeche-bench: " << error.message << "\nhint: " << error.hint << '\n';
  return 1;
}

int index() {
  indexer::IndexOptions options;
  options.jobs = static_cast<unsigned>(std::stoi(parameter("THREADS", "1")));
  options.extract = false;  // the corpus has entities of its own
  options.read.format = ingest::Format::kJsonl;
  Progress silent;
  const auto summary = indexer::run_index(parameter("INDEX", nullptr), {parameter("CORPUS", nullptr)}, options, silent);
  if (!summary) return failed(summary.error());
  std::printf("added %llu, rejected %llu in %.2f s\n", static_cast<unsigned long long>(summary->added),
              static_cast<unsigned long long>(summary->rejected), summary->seconds);
  return 0;
}

struct Query {
  std::string id, text;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

std::vector<Query> read_queries(const std::string& path, bool header) {
  std::vector<Query> queries;
  std::ifstream in(path);
  std::string line;
  if (header) std::getline(in, line);
  while (std::getline(in, line)) {
    const auto cells = cells_of(line);
    if (cells.size() >= 2) queries.push_back({cells.front(), cells.back()});
  }
  return queries;
}

// The clauses, words and "phrases", with the operator between them.
std::string with_operator(const std::string& clauses, bool any) {
  if (!any) return clauses;
  std::string out;
  bool quoted = false;
  for (const char c : clauses) {
    if (c == '"') quoted = !quoted;
    if (c == ' ' && !quoted) {
      out += " OR ";
    } else {
      out += c;
    }
  }
  return out;
}

searcher::SearchRequest request_for(std::string query) {
  searcher::SearchRequest request;
  request.query = std::move(query);
  request.group_duplicates = false;
  request.relax = false;
  request.unit = searcher::HistogramUnit::kMonth;
  for (const FieldId field : {FieldId::kSource, FieldId::kTopic, FieldId::kOrg}) {
    request.facets.emplace_back().field = field;
  }
  return request;
}

double thread_cpu_micros() {
  std::timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
}

std::string marked(const searcher::Snippet& snippet) {
  std::string out;
  std::size_t at = 0;
  for (const auto& [begin, end] : snippet.highlights) {
    out.append(snippet.text, at, begin - at).append("<b>").append(snippet.text, begin, end - begin).append("</b>");
    at = end;
  }
  return out.append(snippet.text, at);
}

nlohmann::json answer_json(const Query& query, const char* mode, const searcher::SearchResponse& response) {
  nlohmann::json out{{"qid", query.id}, {"mode", mode}, {"total", response.total}};
  out["ids"] = nlohmann::json::array();
  out["snippets"] = nlohmann::json::array();
  for (const auto& hit : response.hits) {
    out["ids"].push_back(hit.id);
    out["snippets"].push_back(marked(hit.snippet));
  }
  for (const auto& facet : response.facets) {
    auto& values = out["facets"][std::string(schema::field(facet.field).name)] = nlohmann::json::array();
    for (const auto& value : facet.values) values.push_back({value.label, value.count});
  }
  std::vector<searcher::DateBucket> months;
  if (response.dates) months = response.dates->buckets;
  std::sort(months.begin(), months.end(), [](auto& a, auto& b) { return a.count > b.count; });
  auto& values = out["facets"]["month"] = nlohmann::json::array();
  for (std::size_t i = 0; i < months.size() && i < 10 && months[i].count > 0; ++i) {
    values.push_back({to_iso(Date{months[i].first, DatePrecision::kMonth, {}}), months[i].count});
  }
  return out;
}

int bench() {
  auto opened = searcher::Searcher::open(parameter("INDEX", nullptr));
  if (!opened) return failed(opened.error());
  searcher::Searcher& index = **opened;
  const auto queries = read_queries(parameter("QUERIES", nullptr), true);
  std::vector<searcher::SearchRequest> requests[2];
  for (const bool any : {false, true}) {
    for (const Query& q : queries) requests[any].push_back(request_for(with_operator(q.text, any)));
  }
  constexpr const char* kModes[] = {"AND", "OR"};
  const std::string out = parameter("OUT", nullptr);
  const auto seconds = [](const char* name) { return std::chrono::duration<double>(std::stod(parameter(name, "3"))); };

  const auto warm_until = Clock::now() + seconds("WARMUP_S");
  do {
    for (std::size_t i = 0; i < queries.size(); ++i) {
      for (const auto& list : requests) {
        if (const auto answer = index.search(list[i]); !answer) return failed(answer.error());
      }
    }
  } while (Clock::now() < warm_until);

  std::ofstream latency(out + "/latency.tsv"), results(out + "/results.jsonl"), rates(out + "/qps.tsv");
  latency << "qid\tmode\tmicros\tcpu_micros\ttotal\n";
  for (const bool any : {false, true}) {
    for (std::size_t i = 0; i < queries.size(); ++i) {
      const double cpu = thread_cpu_micros();
      const auto start = Clock::now();
      const auto answer = index.search(requests[any][i]);
      const double micros = std::chrono::duration<double, std::micro>(Clock::now() - start).count();
      const double cpu_micros = thread_cpu_micros() - cpu;
      if (!answer) return failed(answer.error());
      latency << queries[i].id << '\t' << kModes[any] << '\t' << micros << '\t' << cpu_micros << '\t' << answer->total << '\n';
      results << answer_json(queries[i], kModes[any], *answer).dump() << '\n';
    }
  }
  rates << "mode\tthreads\tqueries\tseconds\n";
  const auto threads = static_cast<unsigned>(std::stoi(parameter("BENCH_THREADS", "2")));
  for (const bool any : {false, true}) {
    std::atomic<std::size_t> next{0};
    const auto start = Clock::now();
    const auto until = start + seconds("QPS_S");
    std::atomic<std::size_t> done{0};
    const auto work = [&] {
      for (;;) {
        const std::size_t i = next++;
        // Whole passes: the one that is under way when the time is over is ended.
        if (i % queries.size() == 0 && i > 0 && Clock::now() >= until) {
          next = SIZE_MAX / 2;
          return;
        }
        if (i >= SIZE_MAX / 2) return;
        if (index.search(requests[any][i % queries.size()])) ++done;
      }
    };
    std::vector<std::thread> workers;
    for (unsigned t = 0; t < threads; ++t) workers.emplace_back(work);
    for (auto& worker : workers) worker.join();
    rates << kModes[any] << '\t' << threads << '\t' << done << '\t'
          << std::chrono::duration<double>(Clock::now() - start).count() << '\n';
  }
  return 0;
}

// RANKING="k1=0.9 b=0.8 0=0.2": other parameters than the default; a number names a bonus.
searcher::Ranking ranking() {
  searcher::Ranking out;
  std::istringstream settings(parameter("RANKING", ""));
  for (std::string setting; settings >> setting;) {
    const auto equals = setting.find('=');
    const std::string name = setting.substr(0, equals);
    const double value = std::stod(setting.substr(equals + 1));
    if (name == "k1") {
      out.k1 = value;
    } else if (name == "b") {
      out.b = value;
    } else if (name == "depth") {
      out.depth = static_cast<std::size_t>(value);
    } else if (name == "sentence") {
      out.sentence = static_cast<std::size_t>(value);
    } else if (name == "few") {
      out.few = static_cast<std::uint64_t>(value);
    } else if (name == "enough") {
      out.enough = value;
    } else if (name == "all") {
      out.bonus.fill(value);
    } else {
      out.bonus.at(std::stoul(name)) = value;
    }
  }
  return out;
}

int run(bool bonuses) {
  searcher::OpenOptions options;
  options.ranking = ranking();
  if (bonuses) options.ranking.bonus.fill(1);
  auto opened = searcher::Searcher::open(parameter("INDEX", nullptr), options);
  if (!opened) return failed(opened.error());
  std::ofstream out(parameter("OUT", nullptr));
  const auto depth = static_cast<std::size_t>(std::stoul(parameter("DEPTH", "100")));
  for (const Query& query : read_queries(parameter("QUERIES", nullptr), false)) {
    searcher::SearchRequest request;
    request.query = query.text;
    request.limit = depth;
    request.group_duplicates = false;
    request.histograms = false;
    request.snippets = false;
    const auto answer = (*opened)->search(request);
    if (!answer) return failed(answer.error());
    std::size_t rank = 0;
    for (const auto& hit : answer->hits) {
      if (bonuses) {
        out << query.id << '\t' << hit.id << '\t'
            << hit.score - std::accumulate(hit.bonuses.begin(), hit.bonuses.end(), 0.0);
        for (const double bonus : hit.bonuses) out << '\t' << bonus;
        out << '\n';
        continue;
      }
      out << query.id << " Q0 " << hit.id << ' ' << ++rank << ' ' << hit.score << " depeche\n";
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string command = argc == 2 ? argv[1] : "";
  if (command == "index") return index();
  if (command == "bench") return bench();
  if (command == "run") return run(false);
  if (command == "bonuses") return run(true);
  std::cerr << "usage: depeche-bench index|bench|run|bonuses (parameters in the environment, see the source)\n";
  return 2;
}
