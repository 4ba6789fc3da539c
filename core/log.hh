// How libraries speak to whoever started them: they never print.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace depeche {

// Receives what a long operation has to say. Calls may come from any thread, one at a time.
class Progress {
 public:
  struct Count {
    std::uint64_t done = 0;   // records finished
    std::uint64_t total = 0;  // records known so far; may grow
    std::uint64_t bytes = 0;  // of input, read so far
  };

  virtual ~Progress() = default;
  virtual void advance(const Count&) {}
  // One record that was refused, or a file that was passed over with a reason. `where` is "file.jsonl:2".
  virtual void reject(std::string_view /*where*/, std::string_view /*why*/) {}
  virtual void note(std::string_view /*message*/) {}
};

}  // namespace depeche
