// The server over a real socket, with a real client.
#include "web/server.hh"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "tests/support/fake_searcher.hh"

namespace depeche::web {
namespace {

struct ServerTest : ::testing::Test {
  std::shared_ptr<testing::FakeSearcher> searcher = std::make_shared<testing::FakeSearcher>();
  Server server{options(), [this]() -> Result<std::shared_ptr<searcher::Searcher>> { return searcher; }};
  int port = 0;
  std::thread runner;

  static ServerOptions options() {
    ServerOptions out;
    out.port = 0;
    out.threads = 4;
    return out;
  }
  void SetUp() override {
    const auto bound = server.bind();
    ASSERT_TRUE(bound) << bound.error().message;
    port = *bound;
    runner = std::thread([this] { server.run(); });
    while (!server.is_running()) std::this_thread::yield();
  }
  void TearDown() override {
    server.stop();
    runner.join();
  }

  httplib::Client client() {
    httplib::Client out("127.0.0.1", port);
    out.set_read_timeout(20);
    return out;
  }
  // The head of what comes back for these very bytes.
  std::string raw(const std::string& bytes) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    std::string answer;
    if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
      for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t n = send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) break;
        sent += static_cast<std::size_t>(n);
      }
      const timeval patience{10, 0};
      setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
      char buffer[4096];
      for (ssize_t n = 0; answer.find("\r\n\r\n") == answer.npos && (n = recv(fd, buffer, sizeof buffer, 0)) > 0;) {
        answer.append(buffer, static_cast<std::size_t>(n));
      }
    }
    close(fd);
    return answer;
  }
  bool alive() {
    const auto reply = client().Get("/healthz");
    return reply && reply->status == 200;
  }
};

TEST_F(ServerTest, HeadersOfAPage) {
  const auto reply = client().Get("/?q=fonds");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->get_header_value("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(reply->get_header_value("Content-Security-Policy"),
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
            "form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'");
  EXPECT_EQ(reply->get_header_value("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(reply->get_header_value("Access-Control-Allow-Origin"), "");
  EXPECT_EQ(reply->get_header_value("Cache-Control"), "no-cache");
  EXPECT_EQ(reply->get_header_value("Content-Language"), "fr");
}

TEST_F(ServerTest, HeadIsGetWithoutABody) {
  const auto get = client().Get("/?q=fonds"), head = client().Head("/?q=fonds");
  ASSERT_TRUE(get && head);
  EXPECT_EQ(head->status, 200);
  EXPECT_TRUE(head->body.empty());
  EXPECT_EQ(head->get_header_value("Content-Length"), std::to_string(get->body.size()));
  EXPECT_EQ(head->get_header_value("ETag"), get->get_header_value("ETag"));
}

TEST_F(ServerTest, EtagFollowsTheIndex) {
  const auto first = client().Get("/search.json?q=fonds");
  ASSERT_TRUE(first);
  const std::string etag = first->get_header_value("ETag");
  ASSERT_FALSE(etag.empty());
  const auto same = client().Get("/search.json?q=fonds", {{"If-None-Match", etag}});
  EXPECT_EQ(same->status, 304);
  EXPECT_TRUE(same->body.empty());
  EXPECT_EQ(client().Get("/search.json?q=autre", {{"If-None-Match", etag}})->status, 200);
  searcher->set_revision(8);
  EXPECT_EQ(client().Get("/search.json?q=fonds", {{"If-None-Match", etag}})->status, 200);
  EXPECT_FALSE(client().Get("/?date=hier")->has_header("ETag"));
}

TEST_F(ServerTest, GzipWhereItIsTaken) {
  auto packed = client();
  packed.set_decompress(false);
  const auto reply = packed.Get("/?q=fonds", {{"Accept-Encoding", "gzip, br"}});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->get_header_value("Content-Encoding"), "gzip");
  const auto plain = client().Get("/?q=fonds", {{"Accept-Encoding", "identity"}});
  EXPECT_FALSE(plain->has_header("Content-Encoding"));
  EXPECT_LT(reply->body.size(), plain->body.size() / 2);
  const auto unpacked = client().Get("/?q=fonds", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(unpacked->body.substr(0, 200), plain->body.substr(0, 200));
}

TEST_F(ServerTest, AssetsMayBeKept) {
  const auto reply = client().Get("/static/style.css?v=1");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->get_header_value("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(reply->get_header_value("Accept-Ranges"), "none") << "they are always sent whole";
}

TEST_F(ServerTest, OnlyGetAndHead) {
  auto http = client();
  for (const auto& reply : {http.Post("/", "q=x", "text/plain"), http.Put("/?q=a", "", "text/plain"),
                            http.Delete("/article/x"), http.Options("/")}) {
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 405);
    EXPECT_EQ(reply->get_header_value("Allow"), "GET, HEAD");
    EXPECT_NE(reply->get_header_value("Content-Security-Policy"), "");
  }
  EXPECT_EQ(http.Post("/search.json", "{}", "application/json")->get_header_value("Content-Type"),
            "application/problem+json");
  EXPECT_EQ(http.Post("/", std::string(1 << 20, 'x'), "text/plain")->status, 413);
  EXPECT_TRUE(alive());
}

TEST_F(ServerTest, OtherHostsAreRefused) {
  EXPECT_EQ(client().Get("/?q=fonds", {{"Host", "evil.example"}})->status, 421);
  EXPECT_EQ(client().Get("/search.json?q=fonds", {{"Host", "evil.example"}})->get_header_value("Content-Type"),
            "application/problem+json");
  EXPECT_EQ(client().Get("/?q=fonds", {{"Host", "localhost:1234"}})->status, 200);
}

TEST_F(ServerTest, HostileRequests) {
  const std::string host = "Host: localhost\r\n";
  struct Case {
    const char* name;
    std::string bytes;
    const char* expected;
  };
  std::string many_ranges = "Range: bytes=0-1";
  while (many_ranges.size() < 7000) many_ranges += ",0-1";
  std::string encoded;  // 8192 bytes
  while (encoded.size() < 3 * 8192) encoded += "%C3%A9";
  const std::vector<Case> cases = {
      {"long address", "GET /?q=" + std::string(9000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", " 414 "},
      {"query of 8 KiB", "GET /?q=" + encoded + " HTTP/1.1\r\n" + host + "\r\n", " 200 "},
      {"a little more", "GET /?q=" + encoded + "a HTTP/1.1\r\n" + host + "\r\n", " 414 "},
      {"head without end", "GET / HTTP/1.1\r\n" + host + "X: " + std::string(100 << 10, 'x'), " 431 "},
      {"line without end", std::string(1 << 20, 'x'), " 414 "},
      {"a megabyte of address", "GET /?q=" + std::string(1 << 20, 'a') + " HTTP/1.1\r\n" + host + "\r\n", " 414 "},
      {"long path", "GET /" + std::string(8000, '(') + " HTTP/1.1\r\n" + host + "\r\n", " 404 "},
      {"path traversal", "GET /static/../../etc/passwd HTTP/1.1\r\n" + host + "\r\n", " 404 "},
      {"encoded traversal", "GET /static/%2e%2e%2f%2e%2e%2fetc/passwd HTTP/1.1\r\n" + host + "\r\n", " 404 "},
      {"bad percent-encoding", "GET /?q=%zz%f HTTP/1.1\r\n" + host + "\r\n", " 200 "},
      {"invalid UTF-8", "GET /?q=%FF%C0%80 HTTP/1.1\r\n" + host + "\r\n", " 200 "},
      {"raw high bytes", "GET /?q=\xFF\xFE HTTP/1.1\r\n" + host + "\r\n", " 200 "},
      {"NUL", "GET /?q=a%00b HTTP/1.1\r\n" + host + "\r\n", " 200 "},
      {"header injection", "GET /?q=a&date-from=2024%0d%0aX-Evil:1 HTTP/1.1\r\n" + host + "\r\n", " 400 "},
      {"no host", "GET / HTTP/1.1\r\n\r\n", " 421 "},
      {"absolute form", "GET http://evil.example/ HTTP/1.1\r\n" + host + "\r\n", " 400 "},
      {"unknown method", "BREW / HTTP/1.1\r\n" + host + "\r\n", " 405 "},
      {"trace", "TRACE / HTTP/1.1\r\n" + host + "\r\n", " 405 "},
      {"no HTTP at all", "\x16\x03\x01\x02\r\n\r\n", " 400 "},
      {"ranges", "GET /?q=fonds HTTP/1.1\r\n" + host + "Range: bytes=0-9\r\n\r\n", " 200 "},
      {"many ranges", "GET /?q=fonds HTTP/1.1\r\n" + host + many_ranges + "\r\n\r\n", " 200 "},
  };
  for (const auto& [name, bytes, expected] : cases) {
    const std::string answer = raw(bytes);
    EXPECT_EQ(answer.substr(std::min<std::size_t>(8, answer.size()), 5), expected)
        << name << ": " << answer.substr(0, 200);
    EXPECT_EQ(answer.substr(0, answer.find("\r\n\r\n")).find("X-Evil"), std::string::npos) << name;
    EXPECT_TRUE(alive()) << name;
  }
}

TEST_F(ServerTest, LongAddressesAreRefusedInKind) {
  const std::string host = "Host: localhost\r\n", much = std::string(1 << 20, 'a');
  EXPECT_NE(raw("GET /search.json?q=" + much + " HTTP/1.1\r\n" + host + "\r\n").find("application/problem+json"),
            std::string::npos);
  const std::string page = raw("GET /?q=" + much + " HTTP/1.1\r\n" + host + "\r\n");
  EXPECT_NE(page.find("text/html"), std::string::npos);
  EXPECT_NE(page.find("Content-Security-Policy"), std::string::npos);
  const auto kept = client().Get("/?q=" + std::string(9000, 'a'));
  ASSERT_TRUE(kept);
  EXPECT_NE(kept->body.find("value=\"aaaa"), std::string::npos) << "what was typed is not lost";
}

// Clients that send nothing, or a byte now and then, hold a thread each, and only for a while.
TEST_F(ServerTest, SlowClientsDoNotHoldTheServer) {
  std::vector<int> idle;
  for (int i = 0; i < 12; ++i) {  // three times the threads
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    ASSERT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    if (i < 2) {
      ASSERT_EQ(send(fd, "GET / HT", 8, MSG_NOSIGNAL), 8);
    }
    idle.push_back(fd);
  }
  EXPECT_TRUE(alive());
  for (const int fd : idle) close(fd);
}

TEST_F(ServerTest, APortInUseIsAnError) {
  ServerOptions taken;
  taken.port = port;
  Server second(taken, [this]() -> Result<std::shared_ptr<searcher::Searcher>> { return searcher; });
  const auto bound = second.bind();
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().code, ErrorCode::kIo);
  EXPECT_NE(bound.error().message.find(std::to_string(port)), std::string::npos);
}

TEST_F(ServerTest, ManyClientsAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 10; ++j) {
        const auto reply = client().Get("/?q=fonds");
        good += reply && reply->status == 200;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 120);
}

TEST_F(ServerTest, MetricsCount) {
  client().Get("/?q=fonds");
  client().Get("/nowhere");
  const auto reply = client().Get("/metrics");
  ASSERT_TRUE(reply);
  EXPECT_NE(reply->body.find("depeche_http_requests_total{status=\"2xx\"} 1\n"), std::string::npos) << reply->body;
  EXPECT_NE(reply->body.find("depeche_http_requests_total{status=\"4xx\"} 1\n"), std::string::npos);
  EXPECT_NE(reply->body.find("depeche_articles 5\n"), std::string::npos);
}

}  // namespace
}  // namespace depeche::web
