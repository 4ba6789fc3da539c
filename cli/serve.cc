#include <csignal>
#include <thread>

#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/terminal.hh"
#include "searcher/searcher.hh"
#include "web/server.hh"

namespace depeche::cli {
namespace {

Result<Outcome> run_serve(const Globals& globals, const web::ServerOptions& options) {
  if (const auto format = format_among(globals, "text"); !format) return tl::unexpected(format.error());
  // Ctrl-C and kill end the server in order. Blocked here, so that every thread made below leaves them to sigwait().
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  searcher::LiveIndex index(index_path(globals), {globals.gazetteer, false});
  if (const auto opened = index.current(); !opened) report(opened.error());  // the page says so too, and waits for it
  web::Server server(options, [&] { return index.current(); });
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
  auto options = std::make_shared<web::ServerOptions>();
  CLI::App* command = app.add_subcommand("serve", "The web page and the HTTP API");
  add_text(*command, "--host", options->host, "ADDRESS", "Address to listen on")->capture_default_str();
  command->add_option("--port", options->port, "0: any free one")->capture_default_str()->check(CLI::Range(0, 65535))
      ->take_last()->type_name("N");
  command->add_option("--threads", options->threads, "Requests answered at once; default: two a core")
      ->check(CLI::Range(1, 1024))->take_last()->type_name("N");
  command->add_option("--allow-host", options->allowed_hosts, "Another name under which the page may be called")
      ->type_name("NAME");
  end_help(*command, "", "depeche serve --port 8080");
  command->callback([&globals, options] { globals.chosen = [&globals, options] { return run_serve(globals, *options); }; });
}

}  // namespace depeche::cli
