#include "web/server.hh"

#include <httplib.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "core/hash.hh"
#include "web/assets.hh"
#include "web/compress.hh"
#include "web/host_check.hh"
#include "web/worker_pool.hh"

namespace depeche::web {
namespace {

constexpr char kPolicy[] =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action "
    "'self'; "
    "base-uri 'none'; frame-ancestors 'none'";
constexpr std::size_t kMaxBody = 8 << 10;  // of a request; none of ours has one
constexpr std::size_t kWaiting = 256;      // connections that wait for a thread
constexpr std::size_t kWorthCompressing = 860;

class Pool : public httplib::TaskQueue {
 public:
  explicit Pool(unsigned threads) : pool_(threads, kWaiting) {}
  void enqueue(std::function<void()> job) override { pool_.enqueue(std::move(job)); }
  void shutdown() override { pool_.shutdown(); }

 private:
  WorkerPool pool_;
};

Call call_of(const httplib::Request& request) {
  Call call;
  const std::string_view target = request.target;
  const auto question = target.find('?');
  call.path = output::decode_percent(target.substr(0, question), false);
  if (question != target.npos) {
    const auto fragment = target.find('#', question);
    call.query_string = target.substr(question + 1, fragment == target.npos ? fragment : fragment - question - 1);
  }
  call.parameters = output::parse_parameters(call.query_string);
  call.host = request.get_header_value("Host");
  call.accept_language = request.get_header_value("Accept-Language");
  call.referer = request.get_header_value("Referer");
  return call;
}

void set_security_headers(httplib::Response& response) {
  response.set_header("Content-Security-Policy", kPolicy);
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Referrer-Policy", "same-origin");
  response.set_header("Cross-Origin-Opener-Policy", "same-origin");
  response.set_header("Cross-Origin-Resource-Policy", "same-origin");
  response.set_header("X-Frame-Options", "DENY");
}

// Changes with the index, the address, and what else the page is made of.
std::string etag_of(const Reply& reply, const Call& call) {
  std::string made_of =
      call.path + "?" + call.query_string + "\n" + call.accept_language + "\n" + call.referer + "\n" + call.host;
  if (const Asset* style = find_asset("/static/style.css")) made_of += style->url;
  return "W/\"" + std::to_string(reply.revision) + "-" + hex64(fnv1a(made_of)) + "\"";
}

bool matches(const std::string& if_none_match, const std::string& etag) {
  return if_none_match == "*" || if_none_match.find(etag.substr(2)) != std::string::npos;
}

// A body of known length from a provider: the library then leaves it as it is, without compression of its own.
void set_body(httplib::Response& response, std::string body, const std::string& type) {
  auto shared = std::make_shared<const std::string>(std::move(body));
  if (shared->empty()) {
    response.set_header("Content-Type", type);
    return;
  }
  response.set_content_provider(shared->size(), type,
                                [shared](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                                  return sink.write(shared->data() + offset, length);
                                });
}

void send(const httplib::Request& request, httplib::Response& response, const Call& call, Reply reply) {
  response.status = reply.status;
  set_security_headers(response);
  for (const auto& [name, value] : reply.headers) response.set_header(name, value);
  response.set_header("Vary", "Accept-Encoding, Accept-Language");
  response.set_header("Cache-Control", reply.immutable ? "public, max-age=31536000, immutable"
                                       : reply.tagged  ? "no-cache"
                                                       : "no-store");
  if (reply.tagged) {
    const std::string etag = etag_of(reply, call);
    response.set_header("ETag", etag);
    if (request.has_header("If-None-Match") && matches(request.get_header_value("If-None-Match"), etag)) {
      response.status = 304;
      return;
    }
  }
  if (reply.body.size() > kWorthCompressing && accepts_gzip(request.get_header_value("Accept-Encoding"))) {
    if (std::string packed = gzipped(reply.body); !packed.empty()) {
      reply.body = std::move(packed);
      response.set_header("Content-Encoding", "gzip");
    }
  }
  set_body(response, std::move(reply.body), reply.type);
}

}  // namespace

struct Server::Impl {
  Impl(ServerOptions given, IndexSource index) : options(std::move(given)), site(std::move(index)) { configure(); }

  void configure() {
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const unsigned threads = options.threads > 0 ? options.threads : std::max(8U, 2 * cores);
    http.new_task_queue = [threads] { return new Pool(threads); };
    // Not SO_REUSEPORT, the library's default: a second server on the port must fail.
    http.set_socket_options([](socket_t socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    http.set_tcp_nodelay(true);
    http.set_keep_alive_max_count(1000);
    http.set_keep_alive_timeout(2);  // an idle connection holds a thread for that long
    http.set_read_timeout(5);
    http.set_write_timeout(10);
    http.set_payload_max_length(kMaxBody);
    http.set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& response) { return answer(request, response); });
    http.set_error_handler(httplib::Server::HandlerWithResponse(
        [this](const httplib::Request& request, httplib::Response& response) { return fail(request, response); }));
    http.set_exception_handler(
        [](const httplib::Request&, httplib::Response& response, std::exception_ptr) { response.status = 500; });
  }

  // All our routes are answered here: the library's own go through std::regex, whose stack grows with the path.
  httplib::Server::HandlerResponse answer(const httplib::Request& request, httplib::Response& response) {
    if (request.method != "GET" && request.method != "HEAD") return httplib::Server::HandlerResponse::Unhandled;
    // Pages are always sent whole, as RFC 9110 allows; the library would cut them to the ranges asked for.
    const_cast<httplib::Request&>(request).ranges.clear();
    const auto begin = std::chrono::steady_clock::now();
    const Call call = call_of(request);
    Reply reply;
    if (!is_allowed_host(call.host, options.allowed_hosts)) {
      reply = site.refuse(call, 421, "http://" + options.host + ":" + std::to_string(options.port));
    } else if (!call.path.starts_with('/')) {
      reply = site.refuse(call, 400);
    } else {
      reply = site.answer(call);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    site.metrics().record(reply.status, took.count(), reply.body.size());
    send(request, response, call, std::move(reply));
    return httplib::Server::HandlerResponse::Handled;
  }

  // What the library refuses before or after us; our own errors have their body already.
  httplib::Server::HandlerResponse fail(const httplib::Request& request, httplib::Response& response) {
    if (response.content_length_ > 0 || response.has_header("Content-Security-Policy")) {
      return httplib::Server::HandlerResponse::Unhandled;
    }
    const bool other_method = !request.method.empty() && request.method != "GET" && request.method != "HEAD";
    const int status = other_method && response.status == 404 ? 405 : response.status;
    const Call call = call_of(request);
    Reply reply = site.refuse(call, status);
    if (status == 405) reply.headers.emplace_back("Allow", "GET, HEAD");
    site.metrics().record(status, 0, reply.body.size());
    send(request, response, call, std::move(reply));
    return httplib::Server::HandlerResponse::Handled;
  }

  ServerOptions options;
  Site site;
  httplib::Server http;
};

Server::Server(ServerOptions options, IndexSource index)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(index))) {}
Server::~Server() = default;

Result<int> Server::bind() {
  const ServerOptions& options = impl_->options;
  errno = 0;
  const int port = options.port == 0                                      ? impl_->http.bind_to_any_port(options.host)
                   : impl_->http.bind_to_port(options.host, options.port) ? options.port
                                                                          : -1;
  if (port > 0) return port;
  const std::string place = options.host + ":" + std::to_string(options.port);
  const std::string why = errno != 0 ? std::string(": ") + std::strerror(errno) : "";
  return failure(ErrorCode::kIo, "cannot listen on " + place + why,
                 "choose another port with --port N, or stop what uses it");
}

void Server::run() {
  impl_->http.listen_after_bind();
}
bool Server::is_running() const {
  return impl_->http.is_running();
}
void Server::stop() {
  impl_->http.stop();
}

}  // namespace depeche::web
