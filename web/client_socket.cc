#include "web/client_socket.hh"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace depeche::web {
namespace {

constexpr std::chrono::milliseconds kStep{500};  // how long a wait goes on without asking whether to go on

// True when `events` came before `until`.
bool wait_for(int socket, short events, ClientSocket::Clock::time_point until, const std::function<bool()>& go_on) {
  while (go_on()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - ClientSocket::Clock::now());
    if (left.count() <= 0) return false;
    pollfd one{socket, events, 0};
    const int ready = poll(&one, 1, static_cast<int>(std::min(left, kStep).count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
  return false;
}

}  // namespace

bool ClientSocket::readable(Clock::time_point until) {
  return wait_for(socket_, POLLIN, until, go_on_);
}

bool ClientSocket::writable() const {
  return wait_for(socket_, POLLOUT, write_until_, [] { return true; });
}

long ClientSocket::receive(char* into, std::size_t size, Clock::time_point until) {
  if (!readable(until)) return -1;
  return recv(socket_, into, size, 0);
}

ClientSocket::Head ClientSocket::read_head() {
  buffer_.erase(0, taken_);
  taken_ = 0;
  char chunk[8192];
  bool begun = !buffer_.empty();
  read_until_ = Clock::now() + (begun ? kReadTime : kIdle);
  while (true) {
    const auto end = buffer_.find("\r\n\r\n");
    const auto line = buffer_.find('\n');
    if (std::min(line, buffer_.size()) > kMaxRequestLine) return Head::kLineTooLong;
    if (end != buffer_.npos && end <= kMaxHead) break;
    if (buffer_.size() > kMaxHead) return Head::kTooLong;
    const long n = receive(chunk, sizeof chunk, read_until_);
    if (n <= 0) return n == 0 || !begun ? Head::kClosed : Head::kLate;
    if (!begun) read_until_ = Clock::now() + kReadTime;
    begun = true;
    buffer_.append(chunk, static_cast<std::size_t>(n));
  }
  write_until_ = Clock::now() + kWriteTime;
  return Head::kComplete;
}

void ClientSocket::replace_request_line(std::string_view line) {
  buffer_.replace(taken_, buffer_.find('\n', taken_) + 1 - taken_, std::string(line) + "\r\n");
}

long ClientSocket::read(char* into, std::size_t size) {
  if (taken_ == buffer_.size()) return receive(into, size, read_until_);
  const std::size_t n = std::min(size, buffer_.size() - taken_);
  std::memcpy(into, buffer_.data() + taken_, n);
  taken_ += n;
  return static_cast<long>(n);
}

long ClientSocket::write(const char* data, std::size_t size) {
  return writable() ? send(socket_, data, size, MSG_NOSIGNAL) : -1;
}

void ClientSocket::write_all(std::string_view data) {
  write_until_ = Clock::now() + kReadTime;
  while (!data.empty()) {
    const long n = write(data.data(), data.size());
    if (n <= 0) return;
    data.remove_prefix(static_cast<std::size_t>(n));
  }
}

void ClientSocket::drain() {
  constexpr std::size_t kMost = 4 << 20;
  shutdown(socket_, SHUT_WR);
  char chunk[8192];
  const auto until = Clock::now() + kIdle;
  for (std::size_t taken = 0; taken < kMost;) {
    const long n = receive(chunk, sizeof chunk, until);
    if (n <= 0) return;
    taken += static_cast<std::size_t>(n);
  }
}

}  // namespace depeche::web
