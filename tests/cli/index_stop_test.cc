// Indexing that is stopped, bounded, or goes on.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "cli/quantities.hh"
#include "tests/cli/workplace.hh"

namespace depeche::test {
namespace {

std::uint64_t articles(const Workplace& place) {
  return nlohmann::json::parse(place.depeche({"--db", "db", "stats", "--format", "json"}).out).at("articles");
}

ProgramOptions options_of(const Workplace& place) {
  return {.environment = {{"HOME", place.in("user")}}, .folder = place.path()};
}

// A pipe that never ends, and is empty when all that was written to it has been taken.
class EndlessPipe {
 public:
  explicit EndlessPipe(const std::string& path) {
    if (::mkfifo(path.c_str(), 0600) == 0) fd_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  }
  ~EndlessPipe() { ::close(fd_); }
  bool is_open() const { return fd_ >= 0; }
  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), std::min<std::size_t>(bytes.size(), 4096));
      if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  // Nothing announces that it is empty: one looks again and again.
  bool wait_until_empty() const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    int left = 1;
    while (::ioctl(fd_, FIONREAD, &left) == 0 && left > 0 && std::chrono::steady_clock::now() < deadline) {
      ::poll(nullptr, 0, 1);
    }
    return left == 0;
  }

 private:
  int fd_ = -1;
};

TEST(IndexStop, WhatWasReadIsKept) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Workplace place;
    const EndlessPipe pipe(place.in("pipe"));
    ASSERT_TRUE(pipe.is_open());
    RunningProgram run(DEPECHE_BINARY, {"--db", "db", "index", "--jobs", "2", "--sync", "pipe"}, options_of(place));
    std::string lines;
    for (int i = 0; lines.size() < (3u << 20); ++i) {
      lines += "{\"id\":\"" + std::to_string(i) + "\",\"title\":\"Titre\",\"org\":[],\"topic\":[],\"text\":\"" +
               std::string(2000, 'x') + "\"}\n";
    }
    pipe.write(lines);
    ASSERT_TRUE(pipe.wait_until_empty());
    const ProgramRun end = run.end(signal);
    EXPECT_EQ(end.status, 128 + signal) << end.err;
    EXPECT_TRUE(end.out.starts_with("read ")) << end.out;
    EXPECT_TRUE(end.err.ends_with("depeche: stopped; what was read is kept\nhint: run it again to go on\n")) << end.err;
    const std::uint64_t kept = articles(place);
    EXPECT_GT(kept, 500u);  // a block of a megabyte at least
    EXPECT_EQ(end.out.substr(5, end.out.find(',') - 5), std::to_string(kept));
    EXPECT_EQ(place.depeche({"--db", "db", "check"}).status, 0);
  }
}

TEST(IndexStop, BeforeAnythingCame) {
  Workplace place;
  const EndlessPipe pipe(place.in("pipe"));
  RunningProgram run(DEPECHE_BINARY, {"--db", "db", "index", "pipe"}, options_of(place));
  pipe.write("{");
  ASSERT_TRUE(pipe.wait_until_empty());
  EXPECT_EQ(run.end(SIGINT).status, 128 + SIGINT);
}

TEST(IndexMemory, SizesAndTimes) {
  const std::pair<std::string_view, std::uint64_t> sizes[] = {
      {"100", 100},         {"1k", 1024},          {"1.5M", 3u << 19},       {"600M", 600u << 20},
      {"600MB", 600u << 20}, {"2GiB", 2ull << 30}, {"1t", 1ull << 40},       {"12b", 12}};
  for (const auto& [text, bytes] : sizes) EXPECT_EQ(cli::parse_size(text), bytes) << text;
  for (const std::string_view text : {"", "0", "-1", "M", "1X", "1 M", "1MM", "1e3", "99999999999T", "nan", "inf"}) {
    EXPECT_EQ(cli::parse_size(text), std::nullopt) << text;
  }
  const std::pair<std::string_view, int> times[] = {{"90s", 90}, {"15m", 900}, {"2h", 7200}, {"1d", 86400}, {"0.5h", 1800}};
  for (const auto& [text, seconds] : times) EXPECT_EQ(cli::parse_duration(text), std::chrono::seconds(seconds)) << text;
  for (const std::string_view text : {"", "15", "m", "0m", "-1m", "15 m", "15min", "0.1s", "400d", "inf"}) {
    EXPECT_EQ(cli::parse_duration(text), std::nullopt) << text;
  }
}

TEST(IndexMemory, UnusableValuesAreRefused) {
  Workplace place;
  place.write("in/a.txt", "Une note sur Nvidia.");
  const struct {
    std::vector<std::string> arguments;
    std::string_view message;
  } rows[] = {
      {{"--memory", "10M"}, "no amount of memory"},
      {{"--memory", "much"}, "no amount of memory"},
      {{"--every", "soon"}, "\"soon\" is no time"},
      {{"--every", "1m", "--watch"}, "exclude each other"},
      {{"--every", "1m", "--dry-run"}, "exclude each other"},
      {{"--every", "1m", "-"}, "standard input"},
      {{"--watch", "-"}, "standard input"},
      {{"--watch", "in/a.txt"}, "--watch takes folders"},
  };
  for (const auto& row : rows) {
    std::vector<std::string> arguments = {"--db", "db", "index", "in"};
    arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
    expect_refusal(place.depeche(arguments), 2, row.message, "");
  }
}

// Parts are as large as the memory allows, and all of them are found.
TEST(IndexMemory, LittleMemoryMakesSmallParts) {
  Workplace place;
  std::string lines;
  constexpr int kArticles = 900;
  for (int i = 0; i < kArticles; ++i) {
    lines += "{\"id\":\"" + std::to_string(i) + "\",\"title\":\"Titre " + std::to_string(i) +
             "\",\"org\":[],\"topic\":[],\"text\":\"" + std::string(50'000, 'a' + i % 26) + "\"}\n";
  }
  place.write("in.jsonl", lines);
  ASSERT_EQ(place.depeche({"--db", "db", "index", "--memory", "100M", "in.jsonl"}).status, 0);
  EXPECT_EQ(articles(place), static_cast<std::uint64_t>(kArticles));
  EXPECT_EQ(place.depeche({"--db", "db", "check"}).status, 0);
}

}  // namespace
}  // namespace depeche::test
