// One client's connection: the head of each request is read whole before anything is made of it, with bounds on its
// size and on the time it may take, so that no client can hold memory or a thread for long.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace depeche::web {

class ClientSocket {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t kMaxRequestLine = 32 << 10;  // a query of 8 KiB, percent-encoded, and its filters
  static constexpr std::size_t kMaxHead = 64 << 10;
  static constexpr std::chrono::seconds kIdle{2};        // before the first byte of a request
  static constexpr std::chrono::seconds kReadTime{10};   // for a request, from its first byte
  static constexpr std::chrono::seconds kWriteTime{30};  // for an answer

  enum class Head { kComplete, kClosed, kLineTooLong, kTooLong, kLate };

  // Does not own the socket. `go_on` is asked from time to time whether waiting still makes sense.
  ClientSocket(int socket, std::function<bool()> go_on) : socket_(socket), go_on_(std::move(go_on)) {}

  // Waits for a request and reads its head, up to the blank line.
  Head read_head();
  // What was read and is not taken yet, from the request line on.
  std::string_view head() const { return std::string_view(buffer_).substr(taken_); }
  // Puts another request line in the place of the one that was read.
  void replace_request_line(std::string_view line);

  // As of a stream: first what was read ahead. -1 when the time is over.
  long read(char* into, std::size_t size);
  long write(const char* data, std::size_t size);
  void write_all(std::string_view data);
  // Takes what the client still sends, a little of it and for a moment, so that it sees our answer and no reset.
  void drain();

  int socket() const { return socket_; }
  bool readable(Clock::time_point until);
  bool writable() const;

 private:
  long receive(char* into, std::size_t size, Clock::time_point until);

  int socket_;
  std::function<bool()> go_on_;
  std::string buffer_;
  std::size_t taken_ = 0;
  Clock::time_point read_until_{}, write_until_{};
};

}  // namespace depeche::web
