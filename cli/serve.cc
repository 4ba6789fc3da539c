#include <CLI/CLI.hpp>
#include <csignal>
#include <thread>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "schema/write_lock.hh"
#include "searcher/searcher.hh"
#include "web/server.hh"

namespace depeche::cli {
namespace {

struct ServeCommand {
  web::ServerOptions options;
  std::size_t port = 8080, threads = 0;
};

Result<Outcome> run_serve(const Globals& globals, const ServeCommand& command) {
  web::ServerOptions options = command.options;
  options.port = static_cast<int>(command.port);
  options.threads = static_cast<unsigned>(command.threads);
  if (const auto format = format_among(globals, "text"); !format) return tl::unexpected(format.error());
  // Ctrl-C and kill end the server in order. Blocked here, so that every thread made below leaves them to sigwait().
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  searcher::LiveIndex index(index_path(globals), {globals.gazetteer, false});
  if (const auto opened = index.current(); !opened) report(opened.error());  // the page says so too, and waits for it
  web::Server server(
      options, [&] { return index.current(); }, [path = index_path(globals)] { return schema::is_being_written(path); });
  const auto port = server.bind();
  if (!port) return tl::unexpected(port.error());
  if (auto written = write_out("http://" + options.host + ":" + std::to_string(*port) + "\n"); !written) {
    return tl::unexpected(written.error());
  }
  std::thread stopper([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
  });
  server.run();
  pthread_kill(stopper.native_handle(), SIGTERM);  // where the server ended by itself
  stopper.join();
  return Outcome::kDone;
}

}  // namespace

void setup_serve(CLI::App& app, Globals& globals) {
  auto serve = std::make_shared<ServeCommand>();
  CLI::App* command = app.add_subcommand("serve", "The web page and the HTTP API");
  add_text(*command, "--host", serve->options.host, "ADDRESS", "Address to listen on")->capture_default_str();
  add_number(*command, "--port", serve->port, 0, 65535, "0: any free one")->capture_default_str();
  add_number(*command, "--threads", serve->threads, 1, 1024, "Requests answered at once; default: two a core");
  command->add_option("--allow-host", serve->options.allowed_hosts, "Another name under which the page may be called")
      ->type_name("NAME");
  end_help(*command, "", "depeche serve --port 8080");
  command->callback([&globals, serve] { globals.chosen = [&globals, serve] { return run_serve(globals, *serve); }; });
}

}  // namespace depeche::cli
