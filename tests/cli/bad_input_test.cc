// What cannot be read, written or listened to: the contract's statuses, the rest is indexed, the old index stays
// whole.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "schema/index_folder.hh"
#include "tests/cli/workplace.hh"
#include "tests/support/index_metadata.hh"

namespace depeche::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kArticle =
    "date 2024-10-02 Une jeune pousse lève 5 millions d’euros.\n\nElle est à Lyon.\n";

// "read 1, added 1, updated 0, …" at the beginning of the one line on standard output.
void expect_summary(const ProgramRun& run, int status, std::string_view counts) {
  EXPECT_EQ(run.status, status) << run.err;
  const auto lines = lines_of_output(run.out);
  ASSERT_EQ(lines.size(), 1u) << run.out;
  EXPECT_TRUE(lines[0].starts_with(std::string(counts) + " in ")) << lines[0];
}

std::uint64_t articles(const Workplace& place, const std::string& db) {
  return nlohmann::json::parse(place.depeche({"--db", db, "stats", "--format", "json"}).out).at("articles");
}

TEST(BadInput, IsRejectedAloneWithItsPlaceAndReason) {
  Workplace place;
  place.write("in/good.txt", kArticle);
  place.write("in/empty.txt", "");
  place.write("in/blank.txt", " \n\n\t\n");
  place.write("in/marks.txt", ".,;!\n");
  place.write("in/date-only.txt", "date 2024-01-01");
  place.write("in/zeros.txt", std::string("a\0b", 3));
  place.write("in/program.txt",
              "\x7F"
              "ELF\x02\x01\x01" +
                  std::string(64, '\0'));
  place.write("in/latin.txt", "Caf\xE9 et th\xE9 \xFF servis.");
  place.write("in/notes.md", "not looked at");
  place.write("in/lines.jsonl",
              "{\"id\":\"1\",\"title\":\"Un\"}\nnot json\n{\"id\":\"2\",\n\n[1]\n{\"id\":\"3\"}\n"
              "{\"id\":\"4\",\"title\":4}\n{\"id\":\"5\",\"title\":\"Cinq\"}");
  const ProgramRun run = place.depeche({"--db", "db", "index", "in", "--rejects", "rejects.tsv"});
  expect_summary(run, 3, "read 4, added 4, updated 0, unchanged 0, deleted 0, skipped 0, rejected 11");
  for (const std::string_view where :
       {"in/empty.txt", "in/blank.txt", "in/marks.txt", "in/date-only.txt", "in/zeros.txt", "in/program.txt",
        "in/lines.jsonl:2", "in/lines.jsonl:3", "in/lines.jsonl:5", "in/lines.jsonl:6", "in/lines.jsonl:7"}) {
    EXPECT_NE(run.err.find("depeche: " + std::string(where) + ": "), std::string::npos) << where << "\n" << run.err;
  }
  EXPECT_NE(run.err.find("1 files were passed over"), std::string::npos) << run.err;
  const ProgramRun shown = place.depeche({"--db", "db", "search", "Lyon"});
  EXPECT_EQ(shown.status, 0);
  const auto rejects = place.depeche({"--db", "db", "extract", "rejects.tsv"});
  EXPECT_EQ(rejects.status, 0);
  EXPECT_TRUE(fs::exists(place.in("rejects.tsv")));

  expect_summary(place.depeche({"--db", "db", "index", "in", "--quiet"}), 3,
                 "read 4, added 0, updated 0, unchanged 4, deleted 0, skipped 0, rejected 11");
}

TEST(BadInput, NamedFilesAreAlwaysRead) {
  Workplace place;
  place.write("notes.md", "Une note sur Nvidia.");
  expect_summary(place.depeche({"--db", "db", "index", "notes.md"}), 0,
                 "read 1, added 1, updated 0, unchanged 0, deleted 0, skipped 0, rejected 0");
  place.write("empty.txt", "");
  const ProgramRun empty = place.depeche({"--db", "db", "index", "empty.txt"});
  expect_summary(empty, 3, "read 0, added 0, updated 0, unchanged 0, deleted 0, skipped 0, rejected 1");
  EXPECT_EQ(articles(place, "db"), 1u);
}

TEST(BadInput, MissingPathBesideAGoodOne) {
  Workplace place;
  place.write("good.txt", kArticle);
  const ProgramRun run = place.depeche({"--db", "db", "index", "--quiet", "nosuch", "good.txt"});
  expect_summary(run, 3, "read 1, added 1, updated 0, unchanged 0, deleted 0, skipped 0, rejected 1");
  EXPECT_EQ(run.err, "depeche: nosuch: no such file or folder\n");
  const ProgramRun extracted = place.depeche({"extract", "nosuch", "good.txt", "--format", "jsonl"});
  EXPECT_EQ(extracted.status, 3);
  EXPECT_EQ(json_lines(extracted.out).size(), 1u);
  EXPECT_EQ(extracted.err, "depeche: nosuch: no such file or folder\n");
}

TEST(BadInput, NothingReadable) {
  Workplace place;
  place.write("good.txt", kArticle);
  const std::string unreadable = "/proc/self/mem";  // can be opened, even by root, but not read at its beginning
  for (const std::vector<std::string>& command : {std::vector<std::string>{"--db", "db", "index"}, {"extract"}}) {
    std::vector<std::string> alone = command, beside = command;
    alone.push_back(unreadable);
    const ProgramRun run = place.depeche(alone);
    EXPECT_EQ(run.status, 5);
    EXPECT_EQ(run.out, "");
    EXPECT_NE(run.err.find("depeche: /proc/self/mem: cannot be read: "), std::string::npos) << run.err;
    EXPECT_TRUE(run.err.ends_with("depeche: nothing could be read\nhint: check the paths and their permissions\n"))
        << run.err;
    beside.insert(beside.end(), {unreadable, "good.txt"});
    EXPECT_EQ(place.depeche(beside).status, 3);
  }
}

TEST(BadInput, UnreadableFileInAFolder) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  Workplace place;
  place.write("in/good.txt", kArticle);
  fs::permissions(place.write("in/secret.txt", kArticle), fs::perms::none);
  const ProgramRun run = place.depeche({"--db", "db", "index", "in"});
  expect_summary(run, 3, "read 1, added 1, updated 0, unchanged 0, deleted 0, skipped 0, rejected 1");
  EXPECT_EQ(run.err, "depeche: in/secret.txt: Permission denied\n");
  EXPECT_EQ(place.depeche({"--db", "other", "index", "in/secret.txt"}).status, 5);
}

TEST(BadInput, TenThousandEmptyFiles) {
  Workplace place;
  for (int i = 0; i < 10'000; ++i) place.write("in/" + std::to_string(i) + ".txt", "");
  place.write("in/good.txt", kArticle);
  const ProgramRun run = place.depeche({"--db", "db", "index", "in", "--rejects", "rejects.tsv"});
  expect_summary(run, 3, "read 1, added 1, updated 0, unchanged 0, deleted 0, skipped 0, rejected 10000");
  EXPECT_LT(lines_of_output(run.err).size(), 30u);
  EXPECT_NE(run.err.find("--rejects FILE lists all"), std::string::npos);
  EXPECT_EQ(fs::file_size(place.in("rejects.tsv")) > 10'000 * 20, true);
}

TEST(BadInput, EmptyFolderMakesAnEmptyIndex) {
  Workplace place;
  fs::create_directory(place.in("in"));
  expect_summary(place.depeche({"--db", "db", "index", "in"}), 0,
                 "read 0, added 0, updated 0, unchanged 0, deleted 0, skipped 0, rejected 0");
  EXPECT_EQ(place.depeche({"--db", "db", "search"}).status, 1);
  EXPECT_EQ(place.depeche({"--db", "db", "facets", "org"}).status, 1);
  EXPECT_EQ(place.depeche({"--db", "db", "facets", "date"}).status, 1);
  EXPECT_EQ(place.depeche({"--db", "db", "stats"}).status, 0);
  EXPECT_EQ(place.depeche({"--db", "db", "export"}).out, "");
  EXPECT_EQ(place.depeche({"--db", "db", "check"}).status, 0);
}

TEST(BadInput, StandardInput) {
  Workplace place;
  expect_summary(place.depeche({"--db", "db", "index", "-"}, {.input = std::string(kArticle)}), 0,
                 "read 1, added 1, updated 0, unchanged 0, deleted 0, skipped 0, rejected 0");
  const ProgramRun run =
      place.depeche({"--db", "db", "index", "-"}, {.input = "{\"id\":\"1\",\"title\":\"Un\"}\nno\n"});
  expect_summary(run, 3, "read 1, added 1, updated 0, unchanged 0, deleted 0, skipped 0, rejected 1");
  EXPECT_TRUE(run.err.starts_with("depeche: -:2: ")) << run.err;
}

TEST(BadInput, DryRunChangesNothing) {
  Workplace place;
  place.write("good.txt", kArticle);
  expect_summary(place.depeche({"--db", "db", "index", "good.txt", "--dry-run"}), 0,
                 "read 1, added 1, updated 0, unchanged 0, deleted 0, skipped 0, rejected 0");
  EXPECT_EQ(place.depeche({"--db", "db", "search"}).status, 4);
}

struct VersionCase {
  std::string_view key, value, message, hint;
};

TEST(BadInput, IndexOfAnotherVersion) {
  const VersionCase cases[] = {
      {schema::kMetaSchema, "9999", "newer than this program's", "install the newer depeche"},
      {schema::kMetaSchema, "0", "this program writes schema", "depeche export"},
      {schema::kMetaSchema, "", "is a Xapian database, but not one of depeche", "--db DIR"},
      {schema::kMetaSchema, "one", "is a Xapian database, but not one of depeche", "--db DIR"},
      {schema::kMetaAnalyzer, "0000000000000000", "another text analysis", "depeche export | depeche index"},
  };
  for (const VersionCase& c : cases) {
    SCOPED_TRACE(std::string(c.key) + " " + std::string(c.value));
    Workplace place;
    place.index({fixture("articles/depeches.jsonl")});
    set_index_metadata(place.in("index"), std::string(c.key), std::string(c.value));
    expect_refusal(place.depeche({"search", "x"}), 4, c.message, c.hint);
    expect_refusal(place.depeche({"index", fixture("articles")}), 4, c.message, c.hint);
    const ProgramRun exported = place.depeche({"export"});
    EXPECT_EQ(exported.status, c.key == schema::kMetaAnalyzer ? 0 : 4)
        << exported.err;  // the repair that the hint names
  }
}

TEST(BadInput, DamagedIndexSaysHowToRepairIt) {
  Workplace place;
  place.index({fixture("articles")});
  const ProgramRun before = place.depeche({"search", "OpenAI", "--format", "jsonl"});
  for (const auto& part : fs::directory_iterator(place.in("index"))) {
    for (const auto& file : part.is_directory() ? fs::directory_iterator(part) : fs::directory_iterator()) {
      if (file.path().extension() == ".dps") fs::resize_file(file, fs::file_size(file) / 2);
    }
  }
  expect_refusal(place.depeche({"search", "OpenAI"}), 4, ".dps", "depeche check --repair");
  EXPECT_EQ(place.depeche({"check"}).status, 4);
  EXPECT_EQ(place.depeche({"check", "--repair"}).status, 0);
  EXPECT_EQ(place.depeche({"check"}).out, "the index is sound\n");
  EXPECT_EQ(place.depeche({"search", "OpenAI", "--format", "jsonl"}).out, before.out);

  std::ofstream(place.in("index/XAPIANDB")) << "auto elsewhere\n";
  expect_refusal(place.depeche({"search", "OpenAI"}), 4, "was not written by depeche", "--db DIR");
}

TEST(BadInput, AnotherWriterIsNamedAfterTenSeconds) {
  Workplace place;
  place.index({fixture("articles/depeches.jsonl")});
  const int lock = ::open(place.in("index/LOCK").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_GE(lock, 0);
  ASSERT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
  expect_refusal(place.depeche({"index", fixture("articles")}), 5, "process", "");
  ::close(lock);
  EXPECT_EQ(articles(place, place.in("index")), 4u);
  EXPECT_EQ(place.depeche({"index", fixture("articles")}).status, 0);
}

TEST(Output, FullDiskIsAnErrorAndAClosedPipeIsNot) {
  Workplace place;
  place.index({fixture("articles")});
  const std::vector<std::string> commands[] = {
      {"search"},
      {"search", "--format", "json"},
      {"export"},
      {"stats"},
      {"facets", "org"},
      {"show", "agence-1"},
      {"similar", "agence-1"},
      {"analyze", "Les levées"},
      {"check"},
      {"--help"},
      {"search", "--help"},
      {"--version"},
      {"--licenses"},
      {"extract", fixture("articles")},
      {"index", fixture("articles")},
      {"explain", "Cnil", "--id", "agence-1"},
  };
  for (const auto& arguments : commands) {
    SCOPED_TRACE(arguments[0]);
    const ProgramRun full = place.depeche(arguments, {.output_file = "/dev/full"});
    EXPECT_EQ(full.status, 5);
    EXPECT_TRUE(
        full.err.ends_with("depeche: cannot write the output: No space left on device\nhint: check free space\n"))
        << full.err;
    const ProgramRun closed = place.depeche(arguments, {.closed_pipe = true});
    EXPECT_EQ(closed.status, 0);
    EXPECT_EQ(closed.err, "");
  }
}

TEST(Serve, SaysWhereItIsAndEndsInOrder) {
  Workplace place;
  RunningProgram server(DEPECHE_BINARY, {"serve", "--port", "0", "--db", place.in("nosuch")},
                        {.folder = place.path()});
  EXPECT_TRUE(server.read_line().starts_with("http://127.0.0.1:"));
  const ProgramRun run = server.end(SIGTERM);  // without an index it runs and says so
  EXPECT_EQ(run.status, 0);
  EXPECT_TRUE(run.err.starts_with("depeche: no index in ")) << run.err;
}

TEST(Serve, PortInUse) {
  Workplace place;
  place.index({fixture("articles/depeches.jsonl")});
  const int taken = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(taken, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(taken, 1), 0);
  ASSERT_EQ(::getsockname(taken, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const std::string port = std::to_string(ntohs(address.sin_port));
  expect_refusal(place.depeche({"serve", "--port", port}), 5, "cannot listen on 127.0.0.1:" + port, "--port N");
  ::close(taken);
}

}  // namespace
}  // namespace depeche::test
