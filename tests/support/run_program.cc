#include "tests/support/run_program.hh"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <string_view>

namespace depeche::test {
namespace {

constexpr std::chrono::seconds kPatience{60};

// A file descriptor that is closed with the object.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_;
};

struct Pipe {
  Descriptor read, write;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    read = Descriptor(ends[0]);
    write = Descriptor(ends[1]);
  }
};

std::vector<std::string> environment_of(const ProgramOptions& options) {
  std::vector<std::pair<std::string, std::string>> all = {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
                                                          {"LC_ALL", "C.UTF-8"}};
  for (const auto& pair : options.environment) {
    std::erase_if(all, [&](const auto& other) { return other.first == pair.first; });
    all.push_back(pair);
  }
  std::vector<std::string> out;
  for (const auto& [name, value] : all) out.push_back(name + "=" + value);
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> out;
  for (std::string& s : strings) out.push_back(s.data());
  out.push_back(nullptr);
  return out;
}

int status_of(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

}  // namespace

struct RunningProgram::Process {
  pid_t pid = -1;
  Descriptor in, out, err;
  std::string pending_in;
  ProgramRun run;

  Process(const std::string& program, const std::vector<std::string>& arguments, const ProgramOptions& options);
  ~Process() {
    if (pid > 0) {
      ::kill(pid, SIGKILL);
      ::waitpid(pid, nullptr, 0);
    }
  }

  // Moves what can be moved between us and the program, until `enough` or the end of both its outputs.
  template <class Enough>
  void exchange(Enough&& enough);
  void feed();
  static bool drain(Descriptor& from, std::string& into);
  void wait();
};

RunningProgram::Process::Process(const std::string& program, const std::vector<std::string>& arguments,
                                 const ProgramOptions& options)
    : pending_in(options.input) {
  Pipe input, output, errors;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input.read.get(), STDIN_FILENO);
  Descriptor master, terminal;
  if (options.terminal_columns > 0) {
    winsize size{};
    size.ws_col = static_cast<unsigned short>(options.terminal_columns);
    size.ws_row = 24;
    int a = -1, b = -1;
    if (::openpty(&a, &b, nullptr, nullptr, &size) != 0) throw std::runtime_error("no terminal");
    ::fcntl(a, F_SETFD, FD_CLOEXEC);
    ::fcntl(b, F_SETFD, FD_CLOEXEC);
    master = Descriptor(a);
    terminal = Descriptor(b);
    ::posix_spawn_file_actions_adddup2(&actions, terminal.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, terminal.get(), STDERR_FILENO);
  } else {
    if (options.closed_pipe) output.read.close();
    if (options.output_file.empty()) {
      ::posix_spawn_file_actions_adddup2(&actions, output.write.get(), STDOUT_FILENO);
    } else {
      ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, options.output_file.c_str(), O_WRONLY, 0);
    }
    ::posix_spawn_file_actions_adddup2(&actions, errors.write.get(), STDERR_FILENO);
  }
  if (!options.folder.empty()) ::posix_spawn_file_actions_addchdir_np(&actions, options.folder.c_str());

  std::vector<std::string> words = {program}, pairs = environment_of(options);
  words.insert(words.end(), arguments.begin(), arguments.end());
  posix_spawnattr_t attributes;  // SIGPIPE as a shell leaves it, not as we do
  ::posix_spawnattr_init(&attributes);
  sigset_t pipe_signal;
  ::sigemptyset(&pipe_signal);
  ::sigaddset(&pipe_signal, SIGPIPE);
  ::posix_spawnattr_setsigdefault(&attributes, &pipe_signal);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const int failed =
      ::posix_spawn(&pid, program.c_str(), &actions, &attributes, pointers(words).data(), pointers(pairs).data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot run " + program);
  in = std::move(input.write);
  out = options.terminal_columns > 0 ? std::move(master) : std::move(output.read);
  if (options.terminal_columns == 0) err = std::move(errors.read);
  if (pending_in.empty())
    in.close();
  else
    ::fcntl(in.get(), F_SETFL, O_NONBLOCK);
}

void RunningProgram::Process::feed() {
  const ssize_t n = ::write(in.get(), pending_in.data(), pending_in.size());
  if (n < 0 && errno == EAGAIN) return;
  pending_in.erase(0, n < 0 ? pending_in.size() : static_cast<std::size_t>(n));
  if (pending_in.empty()) in.close();
}

// False at the end; a terminal whose other side has gone fails with EIO.
bool RunningProgram::Process::drain(Descriptor& from, std::string& into) {
  std::array<char, 1 << 16> buffer;
  const ssize_t n = ::read(from.get(), buffer.data(), buffer.size());
  if (n > 0) into.append(buffer.data(), static_cast<std::size_t>(n));
  if (n > 0 || (n < 0 && errno == EINTR)) return true;
  from.close();
  return false;
}

template <class Enough>
void RunningProgram::Process::exchange(Enough&& enough) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while ((out.is_open() || err.is_open()) && !enough()) {
    std::array<pollfd, 3> wanted = {{{out.get(), POLLIN, 0}, {err.get(), POLLIN, 0}, {in.get(), POLLOUT, 0}}};
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0 || ::poll(wanted.data(), wanted.size(), static_cast<int>(left.count())) == 0) {
      ::kill(pid, SIGKILL);
      return;
    }
    if (wanted[0].revents != 0) drain(out, run.out);
    if (wanted[1].revents != 0) drain(err, run.err);
    if (wanted[2].revents != 0) feed();
  }
}

void RunningProgram::Process::wait() {
  exchange([] { return false; });
  int status = 0;
  ::waitpid(std::exchange(pid, -1), &status, 0);
  run.status = status_of(status);
}

RunningProgram::RunningProgram(const std::string& program, const std::vector<std::string>& arguments,
                               const ProgramOptions& options) {
  static const bool once = [] {
    return ::signal(SIGPIPE, SIG_IGN) != SIG_ERR;
  }();  // a program may not read its input
  (void)once;
  process_ = std::make_unique<Process>(program, arguments, options);
}

RunningProgram::~RunningProgram() = default;

std::string RunningProgram::read_line() {
  std::string& out = process_->run.out;
  process_->exchange([&] { return out.find('\n') != out.npos; });
  const auto end = out.find('\n');
  std::string line = out.substr(0, end);
  out.erase(0, end == out.npos ? end : end + 1);
  return line;
}

ProgramRun RunningProgram::end(int with_signal) {
  if (with_signal != 0) ::kill(process_->pid, with_signal);
  process_->wait();
  return process_->run;
}

ProgramRun RunningProgram::end_after(std::chrono::microseconds time, int with_signal) {
  const Descriptor ended(static_cast<int>(::syscall(SYS_pidfd_open, process_->pid, 0)));
  if (!ended.is_open()) throw std::runtime_error("no descriptor of a process");
  pollfd wanted{ended.get(), POLLIN, 0};
  const timespec wait{time.count() / 1'000'000, static_cast<long>(time.count() % 1'000'000) * 1000};
  ::ppoll(&wanted, 1, &wait, nullptr);
  return end(with_signal);
}

ProgramRun run_program(const std::string& program, const std::vector<std::string>& arguments,
                       const ProgramOptions& options) {
  ProgramRun run = RunningProgram(program, arguments, options).end(0);
  if (options.terminal_columns > 0) std::erase(run.out, '\r');  // a terminal ends lines with CR LF
  return run;
}

}  // namespace depeche::test
