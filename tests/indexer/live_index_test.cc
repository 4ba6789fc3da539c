// Readers beside a writer: each answer is of one revision as a whole.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "indexer/publish.hh"
#include "schema/write_lock.hh"
#include "tests/support/temp_index.hh"

namespace depeche::test {
namespace {

std::string lines(int revision) {
  std::string out;
  for (int i = 0; i < 20; ++i) {
    out += "{\"id\":\"" + std::to_string(i) + "\",\"title\":\"Titre rev" + std::to_string(revision) +
           "\",\"org\":[\"Rev " + std::to_string(revision) + "\"]}\n";
  }
  return out;
}

TEST(LiveIndex, FollowsTheIndex) {
  TempIndex index;
  searcher::LiveIndex live(index.path());
  EXPECT_EQ(live.current().error().code, ErrorCode::kIndexMissing);
  index.add_lines(lines(1));
  const auto first = value_of(live.current());
  EXPECT_EQ(value_of(live.current()), first);  // not opened again
  index.add_lines(lines(2));
  const auto second = value_of(live.current());
  EXPECT_EQ(second->revision(), 2u);
  // The one before lives on for those who hold it, also on another thread.
  std::thread([&] { EXPECT_EQ(TempIndex::ask(*first, asking("rev1")).total, 20u); }).join();
  EXPECT_EQ(TempIndex::ask(*second, asking("rev1")).total, 0u);
}

TEST(LiveIndex, AWriterAtWorkIsSeen) {
  TempIndex index;
  index.add_lines(lines(0));
  EXPECT_FALSE(schema::is_being_written(index.path()));
  {
    const auto lock = indexer::IndexLock::take(index.path(), 0);
    ASSERT_TRUE(lock);
    EXPECT_TRUE(schema::is_being_written(index.path()));
  }
  EXPECT_FALSE(schema::is_being_written(index.path()));
  EXPECT_FALSE(schema::is_being_written(index.path() + "/none"));
}

TEST(LiveIndex, TwoReadersNeverSeeAMixture) {
  TempIndex index;
  index.add_lines(lines(0));
  searcher::LiveIndex live(index.path());
  std::atomic<bool> done{false};
  std::atomic<int> answers{0}, bad{0};
  const auto read = [&] {
    std::uint64_t last = 0;
    do {
      std::this_thread::yield();  // the writer has its turn, whatever the scheduler
      const auto searcher = live.current();
      if (!searcher) {
        ++bad;
        continue;
      }
      searcher::SearchRequest request;
      request.facets = searcher::all_facets();
      request.group_duplicates = false;
      const auto response = (*searcher)->search(request);
      if (!response) {
        ++bad;
        continue;
      }
      const auto& orgs = response->facets[0].values;
      const bool whole = response->total == 20 && orgs.size() == 1 && orgs[0].count == 20 &&
                         orgs[0].label == "Rev " + std::to_string(response->revision - 1) &&
                         response->revision >= last;
      bad += !whole;
      last = response->revision;
      ++answers;
    } while (!done);
  };
  std::thread one(read), two(read);
  for (int revision = 1; revision <= 15; ++revision) index.add_lines(lines(revision));
  done = true;
  one.join();
  two.join();
  EXPECT_EQ(bad, 0);
  EXPECT_GE(answers, 2);
  EXPECT_EQ(value_of(live.current())->revision(), 16u);
}

TEST(Searcher, ManyThreadsAskAtOnce) {
  TempIndex index;
  index.add_lines(lines(0));
  const auto searcher = index.open();
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        auto request = asking("\"titre rev0\" OU rev*");
        request.facets = searcher::all_facets();
        good += TempIndex::ask(*searcher, request).total == 20;
      }
    });
  }
  for (auto& t : threads) t.join();
  EXPECT_EQ(good, 200);
}

}  // namespace
}  // namespace depeche::test
