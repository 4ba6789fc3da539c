// The program starts at once: nothing is parsed, compiled or opened before it is needed.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>

namespace depeche::test {
namespace {

// Processor time of one run, in milliseconds: what other programs do at the same time does not count.
double run_ms(const std::string& program, const std::string& argument) {
  std::string name = program, first = argument;
  char* const arguments[] = {name.data(), first.data(), nullptr};
  posix_spawn_file_actions_t silent;
  posix_spawn_file_actions_init(&silent);
  posix_spawn_file_actions_addopen(&silent, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, program.c_str(), &silent, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&silent);
  if (failed != 0) return -1;
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  if (status != 0) return -1;
  const auto ms = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
  };
  return ms(usage.ru_utime) + ms(usage.ru_stime);
}

TEST(StartUp, TakesLessThanTenMilliseconds) {
#ifndef NDEBUG
  GTEST_SKIP() << "only an optimised program is held to it";
#endif
  constexpr int kRuns = 20;
  double best = 1e9;
  for (int i = 0; i < kRuns; ++i) {
    const double ms = run_ms(DEPECHE_BINARY, "--version");
    ASSERT_GE(ms, 0) << "depeche --version failed";
    best = std::min(best, ms);
  }
  EXPECT_LT(best, 10.0);
}

}  // namespace
}  // namespace depeche::test
