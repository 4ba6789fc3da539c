// Result pages under load: what the index answers in this process, what a page costs on top, what comes over a socket.
//   depeche-web-bench INDEX QUERIES.tsv [SECONDS] [THREADS]
// QUERIES has a header and the query in its last column. The client is cpp-httplib with keep-alive, one connection a
// thread, in the same process: on a machine with as many cores as threads, client and server share them.
#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "output/request_url.hh"
#include "web/server.hh"
#include "web/site.hh"

namespace {

using namespace depeche;
using Clock = std::chrono::steady_clock;

std::vector<std::string> read_queries(const std::string& path) {
  std::vector<std::string> queries;
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) queries.push_back(line.substr(line.rfind('\t') + 1));
  return queries;
}

struct Run {
  std::vector<double> millis;
  std::size_t bytes = 0, failed = 0;
  double seconds = 0;
};

// Takes query after query for so long, with so many threads; `make_ask` is called once a thread, and what it gives
// returns the bytes of an answer, 0 for none.
Run run(std::size_t queries, double seconds, unsigned threads,
        const std::function<std::function<std::size_t(std::size_t)>()>& make_ask) {
  std::vector<Run> runs(threads);
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> workers;
  const auto begin = Clock::now();
  for (Run& own : runs) {
    workers.emplace_back([&] {
      const auto ask = make_ask();
      while (std::chrono::duration<double>(Clock::now() - begin).count() < seconds) {
        const auto start = Clock::now();
        const std::size_t bytes = ask(next++ % queries);
        own.millis.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        own.bytes += bytes;
        own.failed += bytes == 0;
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  Run all;
  all.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  for (Run& own : runs) {
    all.millis.insert(all.millis.end(), own.millis.begin(), own.millis.end());
    all.bytes += own.bytes;
    all.failed += own.failed;
  }
  std::sort(all.millis.begin(), all.millis.end());
  return all;
}

void print(const char* name, unsigned threads, const Run& run) {
  const auto at = [&](double share) {
    return run.millis[std::min(run.millis.size() - 1,
                               static_cast<std::size_t>(share * static_cast<double>(run.millis.size())))];
  };
  const auto n = static_cast<double>(run.millis.size());
  std::printf("%-22s %u threads  %8.0f /s  p50 %6.2f  p95 %6.2f  p99 %6.2f ms  %6.1f kB each  %zu failed\n", name,
              threads, n / run.seconds, at(0.5), at(0.95), at(0.99), static_cast<double>(run.bytes) / n / 1000,
              run.failed);
}

std::string page_of(const std::string& query) {
  return "/?q=" + output::encode_component(query);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: depeche-web-bench INDEX QUERIES.tsv [SECONDS] [THREADS]\n";
    return 2;
  }
  const auto opened = searcher::Searcher::open(argv[1]);
  if (!opened) {
    std::cerr << "depeche-web-bench: " << opened.error().message << '\n';
    return 4;
  }
  const std::vector<std::string> queries = read_queries(argv[2]);
  const double seconds = argc > 3 ? std::stod(argv[3]) : 5;
  const unsigned threads = argc > 4 ? static_cast<unsigned>(std::stoul(argv[4])) : 2;
  const auto source = [&]() -> Result<std::shared_ptr<searcher::Searcher>> { return *opened; };

  const auto search = [&] {
    return [&](std::size_t i) -> std::size_t {
      auto state = output::state_from_parameters({{"q", queries[i]}});
      if (!state || !resolve_facets(*state, 4)) return 0;
      return (*opened)->search(state->request) ? 1 : 0;
    };
  };
  web::Site site(source);
  const auto page = [&] {
    return [&](std::size_t i) -> std::size_t {
      web::Call call;
      call.path = "/";
      call.query_string = page_of(queries[i]).substr(2);
      call.parameters = {{"q", queries[i]}};
      const web::Reply reply = site.answer(call);
      return reply.status == 200 ? reply.body.size() : 0;
    };
  };
  web::ServerOptions options;
  options.port = 0;
  options.threads = threads;
  web::Server server(options, source);
  const auto port = server.bind();
  if (!port) return 5;
  std::thread runner([&] { server.run(); });
  while (!server.is_running()) std::this_thread::yield();
  const auto over_socket = [&] {
    auto client = std::make_shared<httplib::Client>("127.0.0.1", *port);
    client->set_keep_alive(true);
    client->set_tcp_nodelay(true);
    return [&, client](std::size_t i) -> std::size_t {
      const auto reply = client->Get(page_of(queries[i]));
      return reply && reply->status == 200 ? reply->body.size() : 0;
    };
  };

  run(queries.size(), 1, threads, search);  // warm
  for (const unsigned n : {1U, threads}) {
    print("search, in process", n, run(queries.size(), seconds, n, search));
    print("page, in process", n, run(queries.size(), seconds, n, page));
    print("page, over a socket", n, run(queries.size(), seconds, n, over_socket));
  }
  server.stop();
  runner.join();
  return 0;
}
