// The threads that answer connections: a fixed number, with a bounded queue before them. When it is full the
// accepting thread waits, and further clients queue in the kernel.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace depeche::web {

class WorkerPool {
 public:
  WorkerPool(unsigned threads, std::size_t waiting);
  ~WorkerPool();

  void enqueue(std::function<void()> job);
  void shutdown();  // finishes what is queued, then ends the threads

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable has_job_, has_room_;
  std::deque<std::function<void()>> jobs_;
  const std::size_t waiting_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace depeche::web
