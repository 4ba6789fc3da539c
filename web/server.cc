#include "web/server.hh"

#include <httplib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "core/hash.hh"
#include "web/assets.hh"
#include "web/client_socket.hh"
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

// A client's connection as the library sees it.
class SocketStream : public httplib::Stream {
 public:
  explicit SocketStream(ClientSocket& socket) : socket_(socket) {}
  bool is_readable() const override {
    return !socket_.head().empty() || socket_.readable(ClientSocket::Clock::now());
  }
  bool is_writable() const override { return socket_.writable(); }
  ssize_t read(char* into, std::size_t size) override { return socket_.read(into, size); }
  ssize_t write(const char* data, std::size_t size) override { return socket_.write(data, size); }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return socket_.socket(); }

 private:
  ClientSocket& socket_;
};

// The library with connections of our own, because it sets no bound on the length of a line it reads, none on the
// time a request may take as a whole, and refuses addresses that a query of 8 KiB can need.
class BoundedServer : public httplib::Server {
 public:
  // Makes the answer to a request whose head is refused: status and as much of the request line as was read.
  using Refuse = std::function<std::string(int status, std::string_view request_line)>;
  explicit BoundedServer(Refuse refuse) : refuse_(std::move(refuse)) {}

  static constexpr std::size_t kKeepAlive = 1000;  // requests on a connection

 private:
  bool process_and_close_socket(socket_t socket) override {
    ClientSocket client(socket, [this] { return svr_sock_ != INVALID_SOCKET; });
    bool closed = false;
    for (std::size_t i = 1; i <= kKeepAlive && !closed; ++i) {
      if (!answer(client, i == kKeepAlive, closed)) break;
    }
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return true;
  }

  bool answer(ClientSocket& client, bool last, bool& closed) {
    switch (client.read_head()) {
      case ClientSocket::Head::kClosed:
        return false;
      case ClientSocket::Head::kLineTooLong:
        return refuse(client, 414);
      case ClientSocket::Head::kTooLong:
        return refuse(client, 431);
      case ClientSocket::Head::kLate:
        return refuse(client, 408);
      case ClientSocket::Head::kComplete:
        break;
    }
    // An address that is too long for the library travels beside it.
    constexpr std::size_t kLibraryLine = 8000;
    std::string target;
    const std::string_view head = client.head(), line = head.substr(0, head.find("\r\n"));
    const auto first = line.find(' '), end = line.rfind(' ');
    if (line.size() > kLibraryLine && first < end) {
      target = line.substr(first + 1, end - first - 1);
      client.replace_request_line(std::string(line.substr(0, first)) + " /" + std::string(line.substr(end)));
    }
    SocketStream stream(client);
    return process_request(stream, last, closed, [&](httplib::Request& request) {
      if (!target.empty()) request.target = target;
    });
  }

  bool refuse(ClientSocket& client, int status) {
    const std::string_view head = client.head();
    client.write_all(refuse_(status, head.substr(0, head.find("\r\n"))));
    client.drain();
    return false;
  }

  Refuse refuse_;
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
  response.set_header("Accept-Ranges", "none");
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
  Impl(ServerOptions given, IndexSource index, std::function<bool()> writing)
      : options(std::move(given)),
        site(std::move(index), std::move(writing)),
        http([this](int status, std::string_view line) { return bare_refusal(status, line); }) {
    configure();
  }

  // The whole answer, for a request that the library never sees.
  std::string bare_refusal(int status, std::string_view line) {
    httplib::Request request;
    const auto first = line.find(' ');
    if (first != line.npos) {
      request.method = line.substr(0, first);
      request.target = line.substr(first + 1, line.find(' ', first + 1) - first - 1);
    }
    const Reply reply = site.refuse(call_of(request), status);
    site.metrics().record(status, 0, reply.body.size());
    httplib::Response headers;
    set_security_headers(headers);
    std::string out = "HTTP/1.1 " + std::to_string(status) + " Refused\r\nContent-Type: " + reply.type +
                      "\r\nContent-Length: " + std::to_string(reply.body.size()) +
                      "\r\nCache-Control: no-store\r\nConnection: close\r\n";
    for (const auto& [name, value] : headers.headers) out += name + ": " + value + "\r\n";
    return out + "\r\n" + (request.method == "HEAD" ? "" : reply.body);
  }

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
    // What answers say of their connection; ClientSocket does it.
    http.set_keep_alive_timeout(ClientSocket::kIdle.count());
    http.set_keep_alive_max_count(BoundedServer::kKeepAlive);
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
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const bool other_method = !request.method.empty() && request.method != "GET" && request.method != "HEAD" &&
                              std::all_of(request.method.begin(), request.method.end(), is_letter);
    // Methods it does not know are a bad request to the library.
    const bool refused_method = other_method && (response.status == 404 || response.status == 400);
    const int status = refused_method ? 405 : response.status;
    const Call call = call_of(request);
    Reply reply = site.refuse(call, status);
    if (status == 405) reply.headers.emplace_back("Allow", "GET, HEAD");
    site.metrics().record(status, 0, reply.body.size());
    send(request, response, call, std::move(reply));
    return httplib::Server::HandlerResponse::Handled;
  }

  ServerOptions options;
  Site site;
  BoundedServer http;
};

Server::Server(ServerOptions options, IndexSource index, std::function<bool()> writing)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(index), std::move(writing))) {}
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
