#include "cli/stop_signal.hh"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <utility>

namespace depeche::cli {
namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

// What a signal handler may touch.
std::atomic<bool> stop_wanted{false};
std::atomic<int> signal_caught{0};
std::array<int, 2> wake_pipe{-1, -1};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

extern "C" void depeche_on_stop_signal(int number) {
  const int error = errno;
  signal_caught = number;
  stop_wanted = true;
  const char byte = 0;
  [[maybe_unused]] const auto written = ::write(wake_pipe[1], &byte, 1);  // full: it wakes already
  errno = error;
}

}  // namespace

StopSignal::StopSignal() {
  stop_wanted = false;
  if (::pipe2(wake_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) wake_pipe = {-1, -1};
  struct sigaction action {};
  action.sa_handler = &depeche_on_stop_signal;
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  ::sigemptyset(&action.sa_mask);
  for (const int number : kSignals) {
    struct sigaction before {};
    // What is ignored stays so: nohup, a job in the background.
    if (::sigaction(number, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) {
      ::sigaction(number, &action, nullptr);
    }
  }
}

StopSignal::~StopSignal() {
  for (const int number : kSignals) {
    struct sigaction now {};
    if (::sigaction(number, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) ::signal(number, SIG_DFL);
  }
  for (int& end : wake_pipe) {
    if (end >= 0) ::close(std::exchange(end, -1));
  }
}

const std::atomic<bool>& StopSignal::wanted() const {
  return stop_wanted;
}

bool StopSignal::wait(int fd, std::chrono::milliseconds at_most) const {
  if (stop_wanted) return false;
  std::array<pollfd, 2> wanted{{{wake_pipe[0], POLLIN, 0}, {fd, POLLIN, 0}}};
  const auto time = std::clamp<std::chrono::milliseconds::rep>(at_most.count(), 0, INT_MAX);
  return ::poll(wanted.data(), wanted.size(), static_cast<int>(time)) > 0 && wanted[1].revents != 0;
}

void StopSignal::end_program() const {
  const int number = signal_caught;
  ::signal(number, SIG_DFL);
  ::raise(number);
  ::_exit(128 + number);
}

}  // namespace depeche::cli
