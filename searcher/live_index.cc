#include <mutex>

#include "schema/index_folder.hh"
#include "searcher/searcher.hh"

namespace depeche::searcher {

struct LiveIndex::State {
  std::string path;
  OpenOptions options;
  std::mutex mutex;
  std::shared_ptr<Searcher> current;
};

LiveIndex::LiveIndex(std::string path, OpenOptions options) : state_(std::make_unique<State>()) {
  state_->path = std::move(path);
  state_->options = std::move(options);
}

LiveIndex::~LiveIndex() = default;

Result<std::shared_ptr<Searcher>> LiveIndex::current() {
  const std::lock_guard lock(state_->mutex);
  constexpr int kTries = 3;  // a writer may publish, and remove what it replaced, between our two looks
  for (int i = 0;; ++i) {
    const auto folder = schema::read_index_folder(state_->path);
    if (!folder) return tl::unexpected(folder.error());
    if (state_->current && state_->current->revision() == folder->revision) return state_->current;
    auto opened = Searcher::open(state_->path, state_->options);
    if (opened) {
      state_->current = *opened;
      return state_->current;
    }
    if (i + 1 == kTries) return opened;
  }
}

}  // namespace depeche::searcher
