// `index --watch` and `--every`: a real program beside a folder that changes.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/cli/workplace.hh"

namespace depeche::test {
namespace {

namespace fs = std::filesystem;

class Watching : public ::testing::Test {
 protected:
  void start(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"--db", "db", "index", "--quiet", "--jobs", "1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    program_ = std::make_unique<RunningProgram>(
        DEPECHE_BINARY, arguments, ProgramOptions{.environment = {{"HOME", place_.in("user")}}, .folder = place_.path()});
  }
  // The next line that tells of a run, which must begin so: "read 1, added 1, updated 0, unchanged 0, deleted 0".
  void expect_run(std::string_view counts) {
    const std::string line = program_->read_line();
    EXPECT_TRUE(line.starts_with(counts)) << line << " for " << counts;
  }
  std::vector<std::string> ids() const {
    const ProgramRun run = place_.depeche({"--db", "db", "search", "--no-group-duplicates", "--format", "jsonl"});
    std::vector<std::string> out;
    for (const auto& hit : json_lines(run.out)) out.push_back(hit.at("id"));
    std::sort(out.begin(), out.end());
    return out;
  }
  void write(std::string_view name, std::string_view text) const { place_.write(name, text); }
  void end(std::string_view errors = "") {
    const ProgramRun run = program_->end(SIGINT);
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.err, errors);
    EXPECT_EQ(run.out, "");
  }

  Workplace place_;
  std::unique_ptr<RunningProgram> program_;
};

using Ids = std::vector<std::string>;

TEST_F(Watching, NewChangedDeletedAndMovedFiles) {
  write("in/a.txt", "Une note sur Nvidia.");
  write("in/sub/b.txt", "Une note sur Orange.");
  start({"--watch", "in"});
  expect_run("read 2, added 2, updated 0, unchanged 0, deleted 0");

  write("in/c.txt", "Une note sur Mistral.");
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
  write("in/c.txt", "Une autre note sur Mistral.");
  expect_run("read 1, added 0, updated 1, unchanged 0, deleted 0");
  fs::remove(place_.in("in/a.txt"));
  expect_run("read 0, added 0, updated 0, unchanged 0, deleted 1");
  fs::rename(place_.in("in/c.txt"), place_.in("in/sub/d.txt"));
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 1");
  EXPECT_EQ(ids(), (Ids{"in/sub/b.txt", "in/sub/d.txt"}));

  // A folder that comes whole, one that is made, one that is moved, one that goes.
  write("elsewhere/e.txt", "Une note sur Alan.");
  write("elsewhere/deep/f.txt", "Une note sur Doctolib.");
  fs::rename(place_.in("elsewhere"), place_.in("in/new"));
  expect_run("read 2, added 2, updated 0, unchanged 0, deleted 0");
  write("in/new/deep/g.txt", "Une note sur Qonto.");
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
  fs::rename(place_.in("in/new/deep"), place_.in("in/flat"));
  expect_run("read 2, added 2, updated 0, unchanged 0, deleted 2");
  write("in/flat/h.txt", "Une note sur Swile.");
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
  fs::remove_all(place_.in("in/flat"));
  expect_run("read 0, added 0, updated 0, unchanged 0, deleted 3");
  EXPECT_EQ(ids(), (Ids{"in/new/e.txt", "in/sub/b.txt", "in/sub/d.txt"}));
  end();
  EXPECT_EQ(place_.depeche({"--db", "db", "index", "--sync", "--quiet", "in"}).out.substr(0, 60),
            "read 3, added 0, updated 0, unchanged 3, deleted 0, skipped ");
}

TEST_F(Watching, AnArticleWithAnIdMovesWithItsFile) {
  write("in/a.jsonl", "{\"id\":\"x\",\"title\":\"Un titre\"}\n");
  start({"--watch", "in"});
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
  fs::rename(place_.in("in/a.jsonl"), place_.in("in/b.jsonl"));
  expect_run("read 1, added 0, updated 1, unchanged 0, deleted 0");
  fs::remove(place_.in("in/b.jsonl"));
  expect_run("read 0, added 0, updated 0, unchanged 0, deleted 1");
  end();
}

TEST_F(Watching, ManyChangesAreFewRunsAndOthersNone) {
  fs::create_directory(place_.in("in"));
  start({"--watch", "in"});
  expect_run("read 0, added 0, updated 0, unchanged 0, deleted 0");
  write("in/notes.md", "Une note qui n’est pas d’un article.");
  for (int i = 0; i < 300; ++i) write("in/" + std::to_string(i) + ".txt", "Une note sur Nvidia, " + std::to_string(i));
  int added = 0, runs = 0;
  while (added < 300) {
    const std::string line = program_->read_line();
    ASSERT_TRUE(line.starts_with("read ")) << line;
    added += std::stoi(line.substr(line.find("added ") + 6));
    ++runs;
  }
  EXPECT_EQ(added, 300);
  EXPECT_LT(runs, 20);
  end();
}

TEST_F(Watching, AFileIsReadWhenItsWriterIsDone) {
  fs::create_directory(place_.in("in"));
  start({"--watch", "in"});
  expect_run("read 0, added 0, updated 0, unchanged 0, deleted 0");
  {
    std::ofstream slow(place_.in("in/slow.txt"));
    slow << "Une note" << std::flush;
    write("in/quick.txt", "Une note sur Orange.");
    expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
    slow << " sur Nvidia.\n";
  }
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
  // Written aside and renamed, as careful programs do; a second name for a file.
  write("in/.draft.tmp", "Une note sur Mistral.");
  fs::rename(place_.in("in/.draft.tmp"), place_.in("in/draft.txt"));
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
  fs::create_hard_link(place_.in("in/draft.txt"), place_.in("in/twin.txt"));
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
  end();
}

TEST_F(Watching, BadFilesAreRejectedAndTheRestGoesOn) {
  fs::create_directory(place_.in("in"));
  start({"--watch", "in", "--rejects", "rejects.tsv"});
  expect_run("read 0, added 0, updated 0, unchanged 0, deleted 0");
  write("in/a.jsonl", "{\"id\":\"x\",\"title\":\"Un titre\"}\nno json\n");
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0, skipped 0, rejected 1");
  write("in/b.txt", "Une note sur Nvidia.");
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
  const ProgramRun run = program_->end(SIGTERM);
  EXPECT_EQ(run.status, 0);
  EXPECT_TRUE(run.err.starts_with("depeche: in/a.jsonl:2: ")) << run.err;
  std::ifstream rejects(place_.in("rejects.tsv"));
  std::string line;
  std::getline(rejects, line);
  EXPECT_TRUE(line.starts_with("in/a.jsonl:2\t")) << line;
}

TEST_F(Watching, AFolderThatGoesEndsItAndKeepsItsArticles) {
  write("in/a.txt", "Une note sur Nvidia.");
  start({"--watch", "in"});
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
  fs::rename(place_.in("in"), place_.in("out"));
  EXPECT_EQ(program_->read_line(), "");
  const ProgramRun run = program_->end(0);
  EXPECT_EQ(run.status, 5);
  EXPECT_TRUE(run.err.starts_with("depeche: in has gone; its articles are kept\nhint: ")) << run.err;
  EXPECT_EQ(ids(), (Ids{"in/a.txt"}));
}

TEST_F(Watching, EverySoOftenFeedsAreReadAgain) {
  const auto feed = [](int items) {
    std::string out = "<rss version=\"2.0\"><channel><title>Fil</title>";
    for (int i = 0; i < items; ++i) {
      out += "<item><title>Nouvelle " + std::to_string(i) + "</title><link>https://e.fr/" + std::to_string(i) +
             "</link><description>Une levée de fonds.</description></item>";
    }
    return out + "</channel></rss>";
  };
  write("fil.rss", feed(1));
  start({"--every", "1s", "fil.rss"});
  expect_run("read 1, added 1, updated 0, unchanged 0, deleted 0");
  write("fil.new", feed(3));
  fs::rename(place_.in("fil.new"), place_.in("fil.rss"));
  expect_run("read 3, added 2, updated 0, unchanged 1, deleted 0");
  EXPECT_EQ(ids().size(), 3u);
  end();
}

}  // namespace
}  // namespace depeche::test
