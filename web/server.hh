// The HTTP server: sockets, threads, limits and headers around a Site.
//
//   Server server(options, [&] { return index.current(); });
//   auto port = server.bind();      // kIo when the port is taken
//   server.run();                   // until stop(), from another thread or a signal
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/error.hh"
#include "web/site.hh"

namespace depeche::web {

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 8080;                         // 0: any free one
  unsigned threads = 0;                    // 0: two a core, at least 8
  std::vector<std::string> allowed_hosts;  // names in the Host header, besides loopback ones and addresses
};

class Server {
 public:
  Server(ServerOptions options, IndexSource index, std::function<bool()> writing = {});
  ~Server();

  Result<int> bind();  // the port
  void run();          // answers until stop()
  bool is_running() const;
  void stop();  // may be called from any thread

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace depeche::web
