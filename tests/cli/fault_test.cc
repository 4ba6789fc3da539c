// An indexer that is killed at any instant, or has no space left: what was published before stands whole, nothing half
// done is ever seen, and the next run goes on.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>

#include "indexer/indexer.hh"
#include "schema/index_folder.hh"
#include "searcher/searcher.hh"
#include "tests/cli/workplace.hh"

namespace depeche::test {
namespace {

namespace fs = std::filesystem;

using Titles = std::map<std::string, std::string>;  // by id

// Two states of a collection: the second updates, adds and deletes.
class Collection {
 public:
  explicit Collection(const Workplace& place) {
    for (int state = 0; state < 2; ++state) {
      for (int i = 0; i < 60; ++i) {
        if (state == 1 && i % 10 == 3) continue;  // deleted
        if (state == 0 && i >= 40) continue;      // added
        const std::string id = "a" + std::to_string(i);
        const std::string title = "Titre " + std::to_string(i) + (state == 1 && i % 4 == 0 ? " changé" : "");
        titles_[state][id] = title;
        std::string text;
        for (int k = 0; k < 60; ++k) text += "mot" + std::to_string(i * 31 + k) + " ";
        place.write("in" + std::to_string(state) + "/news/" + std::to_string(i / 10) + ".jsonl", "");
        lines_[state][i / 10] += "{\"id\":\"" + id + "\",\"title\":\"" + title + "\",\"text\":\"" + text +
                                 "\",\"org\":[\"Org " + std::to_string(i % 5) + "\"]}\n";
      }
      for (const auto& [file, text] : lines_[state]) {
        place.write("in" + std::to_string(state) + "/news/" + std::to_string(file) + ".jsonl", text);
      }
    }
  }
  const Titles& titles(int state) const { return titles_[state]; }
  static std::string folder(int state) { return "in" + std::to_string(state) + "/news"; }

 private:
  Titles titles_[2];
  std::map<int, std::string> lines_[2];
};

// What the index holds, having been found sound.
Titles sound_titles(const std::string& index) {
  const auto report = indexer::check_index(index, false);
  EXPECT_TRUE(report.has_value()) << report.error().message;
  if (report) {
    EXPECT_TRUE(report->problems.empty()) << report->problems.front();
  }
  Titles titles;
  const auto searcher = searcher::Searcher::open(index);
  EXPECT_TRUE(searcher.has_value()) << searcher.error().message;
  if (!searcher) return titles;
  const auto read = (*searcher)->for_each_article([&](const schema::StoredArticle& stored) -> Result<void> {
    EXPECT_TRUE(titles.emplace(stored.article.id, stored.article.title).second) << stored.article.id;
    return {};
  });
  EXPECT_TRUE(read.has_value());
  return titles;
}

// Nothing but the stub, the lock and parts: those named, and those of the revision before for readers that have it open.
void expect_no_leftovers(const std::string& index) {
  const auto folder = schema::read_index_folder(index);
  ASSERT_TRUE(folder.has_value());
  for (const auto& entry : fs::directory_iterator(index)) {
    const std::string name = entry.path().filename();
    EXPECT_TRUE(name == "XAPIANDB" || name == "LOCK" || name.starts_with("part-")) << name;
  }
}

std::vector<std::string> index_arguments(const std::string& db, int state) {
  return {"--db", db, "index", "--sync", "--quiet", "--jobs", "2", Collection::folder(state)};
}

TEST(Faults, AKillAtAnyInstantLosesNothing) {
  const char* wanted = std::getenv("DEPECHE_KILLS");
  const int kills = wanted != nullptr ? std::atoi(wanted) : 100;
  Workplace place;
  const Collection collection(place);
  const std::string index = place.in("db");
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(place.depeche(index_arguments("db", 0)).status, 0);
  const auto whole_run =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);

  std::mt19937_64 random(7);
  int state = 0, killed = 0, published = 0;
  for (int i = 0; i < kills; ++i) {
    const int next = 1 - state;
    const std::chrono::microseconds instant(static_cast<long>(random() % static_cast<std::uint64_t>(whole_run.count())));
    RunningProgram run(DEPECHE_BINARY, index_arguments("db", next),
                       {.environment = {{"HOME", place.in("user")}}, .folder = place.path()});
    const ProgramRun end = run.end_after(instant, SIGKILL);
    killed += end.status == 128 + SIGKILL;
    const Titles found = sound_titles(index);
    if (found == collection.titles(next)) {
      state = next;
      ++published;
    } else {
      ASSERT_EQ(found, collection.titles(state)) << "kill " << i << " after " << instant.count() << " µs";
      EXPECT_NE(end.status, 0);
    }
  }
  EXPECT_GT(killed, kills / 2);
  ASSERT_EQ(place.depeche(index_arguments("db", 1 - state)).status, 0);  // goes on as if nothing had been
  EXPECT_EQ(sound_titles(index), collection.titles(1 - state));
  expect_no_leftovers(index);
  RecordProperty("published", published);
}

// A small disk of our own: in memory where we may mount one.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& folder) : folder_(folder) {
    fs::create_directory(folder_);
    // The mount is ours alone and ends with us.
    mounted_ = ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
               ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=256m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  std::uint64_t used() const {
    struct statvfs status {};
    ::statvfs(folder_.c_str(), &status);
    return (status.f_blocks - status.f_bfree) * status.f_frsize;
  }
  void resize(std::uint64_t bytes) const {
    const std::string options = "size=" + std::to_string(bytes);
    ASSERT_EQ(::mount("none", folder_.c_str(), nullptr, MS_REMOUNT, options.c_str()), 0);
  }

 private:
  std::string folder_;
  bool mounted_ = false;
};

void expect_full_disk(const ProgramRun& run) {
  EXPECT_EQ(run.status, 5) << run.err;
  EXPECT_EQ(run.out, "");
  const auto lines = lines_of_output(run.err);
  ASSERT_EQ(lines.size(), 2u) << run.err;
  EXPECT_TRUE(lines[0].starts_with("depeche: ")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("hint: ")) << lines[1];
}

TEST(Faults, AFullDiskLosesNothing) {
  Workplace place;
  const Collection collection(place);
  const SmallDisk disk(place.in("disk"));
  if (!disk.mounted()) GTEST_SKIP() << "no right to mount a disk; the limit on files is tried below";
  const std::string index = place.in("disk/db");
  ASSERT_EQ(place.depeche(index_arguments("disk/db", 0)).status, 0);
  const std::uint64_t used = disk.used();
  int full = 0, steps = 0;
  for (std::uint64_t free = 4096;; free += free / 8 + 4096) {
    disk.resize(used + free);
    const ProgramRun run = place.depeche(index_arguments("disk/db", 1));
    ++steps;
    if (run.status == 0) break;
    expect_full_disk(run);
    EXPECT_EQ(sound_titles(index), collection.titles(0)) << free;
    ++full;
    ASSERT_LT(steps, 200);
  }
  EXPECT_GT(full, 5);
  EXPECT_EQ(sound_titles(index), collection.titles(1));
  expect_no_leftovers(index);
}

TEST(Faults, ALimitOnFilesIsAFullDisk) {
  Workplace place;
  const Collection collection(place);
  ASSERT_EQ(place.depeche(index_arguments("db", 0)).status, 0);
  rlimit unlimited{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &unlimited), 0);
  int full = 0;
  for (rlim_t limit = 1; limit < (4u << 20); limit += limit / 2 + 1024) {
    const rlimit small{limit, unlimited.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const ProgramRun run = place.depeche(index_arguments("db", 1));
    ::setrlimit(RLIMIT_FSIZE, &unlimited);
    if (run.status == 0) break;
    expect_full_disk(run);
    EXPECT_EQ(sound_titles(place.in("db")), collection.titles(0)) << limit;
    ++full;
  }
  EXPECT_GT(full, 3);
  EXPECT_EQ(sound_titles(place.in("db")), collection.titles(1));
}

}  // namespace
}  // namespace depeche::test
