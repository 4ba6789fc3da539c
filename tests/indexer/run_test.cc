// One run after another over the same index: what is added, updated, left alone, deleted, refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <random>
#include <set>
#include <sstream>

#include "indexer/publish.hh"
#include "ingest/reader.hh"
#include "schema/database.hh"
#include "schema/index_folder.hh"
#include "tests/support/random_corpus.hh"
#include "tests/support/temp_index.hh"
#include "text/analyzer.hh"

namespace depeche::test {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string line(std::string_view id, std::string_view title, std::string_view more = "") {
  return "{\"id\":\"" + std::string(id) + "\",\"title\":\"" + std::string(title) + "\"" + std::string(more) + "}\n";
}

std::vector<std::string> all_ids(const TempIndex& index) {
  searcher::SearchRequest request;
  request.limit = 1000;
  request.group_duplicates = false;
  auto ids = ids_of(index.search(request));
  std::sort(ids.begin(), ids.end());
  return ids;
}

TEST(Run, AddsUpdatesAndLeavesAlone) {
  TempIndex index;
  auto summary = index.add_lines(line("a", "Un") + line("b", "Deux"));
  EXPECT_EQ(summary.read, 2u);
  EXPECT_EQ(summary.added, 2u);
  EXPECT_EQ(summary.revision, 1u);

  summary = index.add_lines(line("a", "Un") + line("b", "Deux"));
  EXPECT_EQ(summary.unchanged, 2u);
  EXPECT_EQ(summary.added + summary.updated + summary.deleted, 0u);
  EXPECT_EQ(summary.revision, 1u);  // nothing changed: nothing is published

  summary = index.add_lines(line("b", "Deux bis") + line("c", "Trois"));
  EXPECT_EQ(summary.updated, 1u);
  EXPECT_EQ(summary.added, 1u);
  EXPECT_EQ(summary.revision, 2u);
  EXPECT_THAT(all_ids(index), ElementsAre("a", "b", "c"));
  EXPECT_EQ(value_of(index.open()->article("b")).article.title, "Deux bis");
  EXPECT_EQ(index.search(asking("deux")).total, 1u);

  summary = index.add_lines(line("a", "Un", R"(,"x":1)"));  // an unknown key counts as well
  EXPECT_EQ(summary.updated, 1u);
}

TEST(Run, TheFirstOfTwoWithOneIdCounts) {
  TempIndex index;
  const auto summary = index.add_lines(line("a", "Un") + line("b", "Deux") + line("a", "Trois"));
  EXPECT_EQ(summary.added, 2u);
  EXPECT_EQ(summary.rejected, 1u);
  ASSERT_EQ(index.heard().rejections.size(), 1u);
  EXPECT_THAT(index.heard().rejections[0].first, HasSubstr("articles.jsonl:3"));
  EXPECT_THAT(index.heard().rejections[0].second, HasSubstr("articles.jsonl:1"));
  EXPECT_EQ(value_of(index.open()->article("a")).article.title, "Un");
}

// Everything that can be asked must be the same, however many threads wrote it.
std::string answers(const TempIndex& index, std::uint64_t seed) {
  CorpusMaker maker(seed);
  BruteModel nothing;
  const auto searcher = index.open();
  std::string out;
  for (int i = 0; i < 60; ++i) {
    auto request = maker.request(nothing).request;
    request.offset = 0;
    const auto response = TempIndex::ask(*searcher, request);
    out += request.query + ": " + std::to_string(response.total) + "/" + std::to_string(response.groups);
    for (const auto& hit : response.hits) {
      out += " " + hit.id + (hit.duplicates.empty() ? "" : "+" + hit.duplicates[0].id);
    }
    for (const auto& facet : response.facets) {
      for (const auto& v : facet.values) out += " " + v.label + "=" + std::to_string(v.count);
    }
    out += "\n";
  }
  return out;
}

TEST(Run, SeveralThreadsAndAnyOrderGiveTheSameAnswers) {
  CorpusMaker maker(31);
  std::vector<Article> articles;
  for (int i = 0; i < 1200; ++i) {  // some ids come twice: the first counts
    articles.push_back(maker.article("a" + std::to_string(i % 1100)).article);
  }
  std::string expected;
  for (const unsigned jobs : {1u, 4u}) {
    TempIndex index;
    index.options.jobs = jobs;
    for (int file = 0; file < 12; ++file) {
      index.folder().write("in/" + std::to_string(10 + file) + ".jsonl",
                           jsonl_of({articles.begin() + file * 100, articles.begin() + (file + 1) * 100}));
    }
    const auto summary = index.run({index.folder() / "in"});
    EXPECT_EQ(summary.added, 1100u);
    EXPECT_EQ(summary.rejected, 100u);
    const std::string got = answers(index, 32);
    if (expected.empty()) expected = got;
    EXPECT_EQ(got, expected) << jobs;
  }
}

TEST(Run, CountsDoNotDependOnTheOrderOfIndexing) {
  CorpusMaker maker(33);
  std::vector<Article> articles;
  for (int i = 0; i < 300; ++i) {
    RandomArticle made = maker.article("a" + std::to_string(i));
    if (made.family.empty()) articles.push_back(made.article);  // a group is named after its first member
  }
  TempIndex forwards, backwards, in_parts;
  forwards.add(articles);
  backwards.add({articles.rbegin(), articles.rend()});
  for (std::size_t i = 0; i < articles.size(); i += 60) {
    in_parts.add({articles.begin() + static_cast<long>(i),
                  articles.begin() + static_cast<long>(std::min(i + 60, articles.size()))},
                 "p" + std::to_string(i));
  }
  EXPECT_GT(in_parts.parts().size(), 1u);
  EXPECT_EQ(answers(forwards, 34), answers(backwards, 34));
  EXPECT_EQ(answers(forwards, 34), answers(in_parts, 34));
}

// Near-duplicates by id, each family in order: of several runs over articles that resemble each other by degrees.
std::set<std::vector<std::string>> families(const TempIndex& index) {
  searcher::SearchRequest request;
  request.limit = 10'000;
  std::set<std::vector<std::string>> out;
  for (const auto& hit : index.search(request).hits) {
    std::vector<std::string> family = {hit.id};
    for (const auto& duplicate : hit.duplicates) family.push_back(duplicate.id);
    out.insert(family);
  }
  return out;
}

TEST(Run, NearDuplicatesDoNotDependOnThreads) {
  std::mt19937 random(17);
  std::vector<std::string> runs(3);
  for (int family = 0; family < 60; ++family) {
    std::vector<std::string> words;
    for (int i = 0; i < 100; ++i) words.push_back("mot" + std::to_string(random() % 100'000));
    for (int member = 0; member < 9; ++member) {
      std::string text;
      for (const std::string& word : words) text += word + " ";
      for (int k = 0; k < 12; ++k) words[random() % words.size()] = "autre" + std::to_string(random() % 100'000);
      const int day = 1 + static_cast<int>(random() % 28);
      runs[static_cast<std::size_t>(member) % 3] +=
          line(std::to_string(family) + "-" + std::to_string(member), "Titre",
               ",\"text\":\"" + text + "\",\"date\":\"2024-10-" + (day < 10 ? "0" : "") + std::to_string(day) + "\"");
    }
  }
  std::set<std::vector<std::string>> expected;
  for (const unsigned jobs : {1u, 4u, 4u}) {
    TempIndex index;
    index.options.jobs = jobs;
    for (std::size_t run = 0; run < runs.size(); ++run) {
      std::vector<std::string> paths;
      std::istringstream in(runs[run]);
      std::string one;
      for (int file = 0; std::getline(in, one); ++file) {  // a file an article: many turns for the threads
        const std::string name = "run" + std::to_string(run) + "/" + std::to_string(1000 + file) + ".jsonl";
        index.folder().write("in/" + name, one + "\n");
      }
      index.run({index.folder() / ("in/run" + std::to_string(run))});
    }
    const auto got = families(index);
    if (expected.empty()) expected = got;
    EXPECT_EQ(got, expected) << jobs;
  }
  EXPECT_GT(expected.size(), 60u);   // the ends of a row are no copies of each other
  EXPECT_LT(expected.size(), 400u);  // neighbours are
}

TEST(Run, NearDuplicatesFollowUpdatesAndDeletions) {
  std::string text, other;
  for (int i = 0; i < 80; ++i) {
    text += "mot" + std::to_string(i * 7919) + " ";
    other += "autre" + std::to_string(i * 104'729) + " ";
  }
  const auto article = [&](std::string_view id, const std::string& words, int day) {
    return line(id, "Titre", ",\"text\":\"" + words + "\",\"date\":\"2024-10-0" + std::to_string(day) + "\"");
  };
  TempIndex index;
  index.options.sync_deleted = true;
  const auto put = [&](const std::string& lines) {
    index.folder().write("in/a.jsonl", lines);
    index.run({index.folder() / "in"});
    return families(index);
  };
  using Families = std::set<std::vector<std::string>>;
  EXPECT_EQ(put(article("b", text, 2) + article("a", text + "fin", 3)), (Families{{"b", "a"}}));
  // An earlier one becomes the head, whatever came into the index first.
  EXPECT_EQ(put(article("b", text, 2) + article("a", text + "fin", 3) + article("c", "avant " + text, 1)),
            (Families{{"c", "b", "a"}}));
  // The head is rewritten into another story: the others stay together, and a copy of its new text joins it.
  EXPECT_EQ(put(article("b", text, 2) + article("a", text + "fin", 3) + article("c", other, 1) +
                article("d", other + "fin", 4)),
            (Families{{"b", "a"}, {"c", "d"}}));
  // It is deleted: a new copy finds those that are left.
  EXPECT_EQ(put(article("a", text + "fin", 3) + article("d", other + "fin", 4) + article("e", text, 5)),
            (Families{{"a", "e"}, {"d"}}));
}

TEST(Run, OnlyWhatIsNamedIsLookedAtAndDeleted) {
  TempIndex index;
  index.options.sync_deleted = true;
  const std::string in = index.folder() / "in";
  for (const char* name : {"1", "2", "sub/3", "sub/4", "sub2/5"}) {
    index.folder().write("in/" + std::string(name) + ".txt", "Une note, numéro " + std::string(name));
  }
  EXPECT_EQ(index.run({in}).added, 5u);
  for (const char* name : {"1", "2", "sub/3", "sub2/5"}) fs::remove(in + "/" + name + ".txt");
  index.folder().write("in/6.txt", "Une autre note.");
  index.options.read.only = {in + "/1.txt", in + "/sub"};
  const auto summary = index.run({in});
  EXPECT_EQ(summary.deleted, 2u);
  EXPECT_EQ(summary.unchanged, 1u);
  EXPECT_EQ(summary.added, 0u);
  EXPECT_THAT(all_ids(index), ElementsAre("in/2.txt", "in/sub/4.txt", "in/sub2/5.txt"));
}

TEST(Run, SyncDeletesWhatIsGoneFromTheFolder) {
  TempIndex index;
  const std::string in = index.folder() / "in", other = index.folder() / "other";
  index.folder().write("in/1.jsonl", line("a", "Un") + line("b", "Deux"));
  index.folder().write("in/sub/2.jsonl", line("c", "Trois"));
  index.folder().write("other/3.jsonl", line("d", "Quatre"));
  index.run({in, other});
  index.folder().write("in/1.jsonl", line("b", "Deux"));
  fs::remove(index.folder() / "in/sub/2.jsonl");
  fs::remove(index.folder() / "other/3.jsonl");
  EXPECT_EQ(index.run({in}).deleted, 0u);  // only when asked for
  index.options.sync_deleted = true;
  const auto summary = index.run({in, in});  // a folder that is given twice
  EXPECT_EQ(summary.deleted, 2u);
  EXPECT_THAT(all_ids(index), ElementsAre("b", "d"));  // the other folder was not given
  EXPECT_EQ(index.run({other}).deleted, 1u);
  EXPECT_EQ(index.run({in}).unchanged, 1u);
  index.folder().write("in/1.jsonl", "");
  EXPECT_EQ(index.run({in}).deleted, 1u);
  EXPECT_THAT(all_ids(index), IsEmpty());
  EXPECT_THAT(index.parts(), IsEmpty());
  index.folder().write("in/1.jsonl", line("b", "Deux"));
  EXPECT_EQ(index.run({in}).added, 1u);
}

TEST(Run, SyncKeepsWhatCouldNotBeReadThisTime) {
  TempIndex index;
  const std::string in = index.folder() / "in";
  index.folder().write("in/1.jsonl", line("a", "Un") + line("b", "Deux"));
  index.folder().write("in/2.jsonl", line("c", "Trois"));
  index.run({in});
  index.options.sync_deleted = true;
  index.folder().write("in/1.jsonl", line("a", "Un") + "{\"id\":\"b\",\"title\":\n");  // cut
  fs::remove(index.folder() / "in/2.jsonl");
  const auto summary = index.run({in});
  EXPECT_EQ(summary.rejected, 1u);
  EXPECT_EQ(summary.deleted, 1u);
  EXPECT_THAT(all_ids(index), ElementsAre("a", "b"));
}

TEST(Run, ADryRunTellsAndWritesNothing) {
  TempIndex index;
  write_file(index.in("articles"), line("a", "Un"));
  index.options.dry_run = true;
  EXPECT_EQ(index.run({index.in("articles")}).added, 1u);
  EXPECT_FALSE(fs::exists(index.path()));

  index.options.dry_run = false;
  index.run({index.in("articles")});
  const auto files = [&] {
    std::vector<std::string> out;
    for (const auto& e : fs::recursive_directory_iterator(index.path())) {
      out.push_back(e.path().string() + (e.is_regular_file() ? read_file(e.path()) : ""));
    }
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto before = files();
  index.options.dry_run = true;
  index.options.sync_deleted = true;
  write_file(index.in("articles"), line("a", "Un bis") + line("b", "Deux"));
  const auto summary = index.run({index.in("articles")});
  EXPECT_EQ(summary.updated, 1u);
  EXPECT_EQ(summary.added, 1u);
  EXPECT_EQ(files(), before);
}

TEST(Run, BadRecordsAreRefusedAloneWithTheirPlace) {
  TempIndex index;
  const auto summary = index.add_lines(line("a", "Un") + "no json\n" + line("b", "!!!") + line("c", "Trois"));
  EXPECT_EQ(summary.added, 2u);
  EXPECT_EQ(summary.rejected, 2u);
  EXPECT_THAT(index.heard().rejections.at(0).first, HasSubstr("articles.jsonl:2"));
  EXPECT_THAT(index.heard().rejections.at(1).first, HasSubstr("articles.jsonl:3"));
}

TEST(Run, NothingIsTooOddToBeIndexed) {
  std::string nuls, letters;
  for (int i = 0; i < 240; ++i) nuls += "\\u0000";
  for (int i = 0; i < 5000; ++i) letters += "é";
  TempIndex index;
  const auto summary =
      index.add_lines(line(nuls, "Un", ",\"url\":\"" + nuls + "\",\"org\":[\"" + nuls + "\",\"" + letters + "\"]") +
                      line(letters, letters, ",\"url\":\"" + letters + "\",\"text\":\"" + letters + "\"") +
                      line("x", "\\ud800 \\uffff", ",\"text\":\"\\u0000mot\\u0000\""));
  EXPECT_EQ(summary.added, 3u) << ::testing::PrintToString(index.heard().rejections);
  searcher::SearchRequest request;
  request.facets = searcher::all_facets();
  const auto response = index.search(request);
  EXPECT_EQ(response.total, 3u);
  for (const auto& v : response.facets[0].values) {
    request.filters = {{schema::FieldId::kOrg, v.value}};
    EXPECT_EQ(index.search(request).total, 1u);
  }
  for (const auto& hit : response.hits) EXPECT_TRUE(index.open()->article(hit.id).has_value());
  EXPECT_TRUE(value_of(indexer::check_index(index.path(), false)).problems.empty());
}

TEST(Run, MissingPaths) {
  TempIndex index;
  const std::string none = index.folder() / "none";
  const auto summary = index.run({none});
  EXPECT_THAT(summary.missing_paths, ElementsAre(none));
  EXPECT_EQ(searcher::Searcher::open(index.path()).error().code, ErrorCode::kIndexMissing);
  index.add_lines(line("a", "Un"));
  EXPECT_EQ(index.run({none, index.in("articles")}).unchanged, 1u);
}

TEST(Run, ExportedArticlesMakeTheSameIndex) {
  CorpusMaker maker(35);
  std::vector<Article> articles;
  for (int i = 0; i < 200; ++i) articles.push_back(maker.article("a" + std::to_string(i)).article);
  articles[3].extra = R"("section":{"nom":"Éco","pages":[1,2]})";
  articles[4].authors = {"Jeanne Martin", "Paul"};
  TempIndex index, copy;
  index.add(articles);
  const auto exported = [](const TempIndex& from) {
    std::string out;
    value_of(from.open()
                 ->for_each_article([&](const schema::StoredArticle& s) -> Result<void> {
                   ingest::append_jsonl(s.article, out);
                   return {};
                 })
                 .map([] { return 0; }));
    return out;
  };
  const std::string first = exported(index);
  EXPECT_EQ(copy.add_lines(first, "export").added, 200u);
  EXPECT_EQ(exported(copy), first);
  EXPECT_EQ(answers(copy, 36), answers(index, 36));
  EXPECT_EQ(index.add_lines(first, "export").unchanged, 200u);
}

// --- Who may write, and to what ---

TEST(Lock, OneWriterAtATimeWhoIsNamed) {
  TempFolder folder;
  auto first = indexer::IndexLock::take(folder / "index", 0);
  ASSERT_TRUE(first.has_value());
  const auto second = indexer::IndexLock::take(folder / "index", 0);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kLocked);
  EXPECT_THAT(second.error().message, HasSubstr("process " + std::to_string(::getpid())));
  { const auto released = std::move(*first); }
  EXPECT_TRUE(indexer::IndexLock::take(folder / "index", 0).has_value());
}

TEST(Folder, OfAnotherProgramIsNotWrittenTo) {
  TempIndex index;
  write_file(index.path() + "/letter.txt", "private");
  write_file(index.in("a"), line("a", "Un"));
  const auto result = index.try_run({index.in("a")});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, ErrorCode::kIndexDamaged);
  EXPECT_EQ(std::distance(fs::directory_iterator(index.path()), {}), 1);
}

void set_metadata(const TempIndex& index, std::string_view key, const std::string& value) {
  const std::string part = index.parts().at(0);
  {
    Xapian::WritableDatabase db(part, Xapian::DB_OPEN);
    db.set_metadata(std::string(key), value);
    db.commit();
  }
}

TEST(Version, AnotherOneIsRefusedWithWhatToDo) {
  const struct {
    std::string_view key, value, message, hint;
    ErrorCode code;
  } rows[] = {
      {schema::kMetaSchema, "0", "has schema 0, this program writes schema 2",
       "export it with the older depeche (`depeche export`), then index that file again", ErrorCode::kIndexVersion},
      {schema::kMetaSchema, "9999", "has schema 9999, newer than this program's 2",
       "install the newer depeche that made it", ErrorCode::kIndexVersion},
      {schema::kMetaSchema, "", "is a Xapian database, but not one of depeche",
       "build an index with `depeche index PATH`, or name another with --db DIR", ErrorCode::kIndexDamaged},
      {schema::kMetaAnalyzer, "other", "was made with another text analysis (other, this program has ",
       "run `depeche export | depeche index --db NEW -`, which reads it and indexes it again",
       ErrorCode::kIndexVersion},
  };
  for (const auto& row : rows) {
    TempIndex index;
    index.add_lines(line("a", "Un"));
    set_metadata(index, row.key, std::string(row.value));
    const auto check = [&](const Error& error) {
      EXPECT_EQ(error.code, row.code) << row.value;
      EXPECT_THAT(error.message, HasSubstr(std::string(row.message)));
      EXPECT_EQ(error.hint, row.hint);
    };
    const auto opened = searcher::Searcher::open(index.path());
    ASSERT_FALSE(opened.has_value());
    check(opened.error());
    const auto run = index.try_run({index.in("articles")});
    ASSERT_FALSE(run.has_value());
    check(run.error());
  }
}

}  // namespace
}  // namespace depeche::test
