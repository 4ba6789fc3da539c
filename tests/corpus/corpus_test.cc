// The corpus is data that people edit by hand: these tests hold it to the format of corpus/annotations/README.md, so
// that a wrong offset or a story on both sides of the split is seen before a measurement is taken on it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hh"
#include "core/utf8.hh"

namespace depeche {
namespace {

namespace fs = std::filesystem;

using Names = std::set<std::string, std::less<>>;

const Names kMentionTypes = {"PER", "ORG", "LOC", "PRODUCT", "MONEY", "IGNORE"};
const Names kMoneyKinds = {"levee", "valorisation", "amende",         "rachat",
                           "prix",  "autre",        "investissement", "chiffre-affaires"};
const Names kPolarities = {"fact", "rumour", "denied"};
const Names kTopics = {"IA",         "levées de fonds", "télécoms",       "jeux vidéo", "cybersécurité",
                       "régulation", "smartphones",     "logiciel libre", "spatial",    "semi-conducteurs",
                       "e-commerce", "mobilité",        "santé",          "quantique",  "réseaux sociaux",
                       "emploi"};

// The least number of articles that report an event of the type.
const std::map<std::string, std::size_t, std::less<>> kEventQuotas = {
    {"levee-de-fonds", 25}, {"acquisition", 12}, {"licenciements", 8}, {"sanction", 8},     {"cyberattaque", 8},
    {"proces", 8},          {"lancement", 8},    {"nomination", 8},    {"implantation", 8}, {"panne", 8}};
constexpr std::size_t kArticleQuota = 150;
constexpr std::size_t kSourceQuota = 8;
constexpr std::size_t kStoryQuota = 12;    // told by two sources or more
constexpr std::size_t kReprisQuota = 5;    // wire texts that two articles share almost word for word
constexpr std::size_t kLongSentence = 40;  // code points from which a sentence may not occur twice

struct Mention {
  std::size_t begin = 0;  // code points of the article's file, end exclusive
  std::size_t end = 0;
  std::string type;
  std::string text;
  std::string canonical;  // of MONEY: value, currency and kind
};

struct Event {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string type;
  std::string polarity;
  std::vector<std::string> participants;
};

struct Article {
  std::string path;  // below articles/, without the extension
  std::string source;
  std::string text;
  std::vector<std::size_t> starts;  // the byte at which each code point begins, then the size
  std::vector<Mention> mentions;
  std::vector<Event> events;
  std::vector<std::string> topics;
  std::string story;
  std::string repris;
  std::vector<std::string> malformed;  // annotation lines that could not be read

  std::string slice(std::size_t begin, std::size_t end) const {
    if (begin >= end || end >= starts.size()) return "(out of range)";
    return text.substr(starts[begin], starts[end] - starts[begin]);
  }
};

fs::path corpus_folder() {
  return fs::path(DEPECHE_SOURCE_DIR) / "corpus";
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t next = std::min(text.find(separator, at), text.size());
    parts.emplace_back(text.substr(at, next - at));
    at = next + separator.size();
  }
  return parts;
}

bool read_number(std::string_view text, std::size_t& number) {
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && stop == text.data() + text.size();
}

std::vector<std::size_t> code_point_starts(std::string_view text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) starts.push_back(i);
  }
  starts.push_back(text.size());
  return starts;
}

// Reads one line of an .ann file into `article`; false when it has none of the three forms.
bool read_annotation(const std::string& line, Article& article) {
  const std::vector<std::string> fields = split(line, "\t");
  if (fields.size() == 3 && fields[0] == "#") {
    if (fields[1] == "topics") article.topics = split(fields[2], "; ");
    if (fields[1] == "story") article.story = fields[2];
    if (fields[1] == "repris") article.repris = fields[2];
    return fields[1] == "topics" || fields[1] == "story" || fields[1] == "repris";
  }
  if (fields.size() != 4) return false;
  const std::vector<std::string> head = split(fields[1], " ");
  std::size_t begin = 0;
  std::size_t end = 0;
  if (head.size() != 3 || !read_number(head[1], begin) || !read_number(head[2], end)) return false;
  if (fields[0].starts_with('T')) {
    article.mentions.push_back({begin, end, head[0], fields[2], fields[3]});
    return true;
  }
  if (!fields[0].starts_with('E')) return false;
  const auto participants = fields[3].empty() ? std::vector<std::string>{} : split(fields[3], "; ");
  article.events.push_back({begin, end, head[0], fields[2], participants});
  return true;
}

Article read_article(const fs::path& path, const fs::path& annotations) {
  Article article;
  article.source = path.parent_path().filename().string();
  article.path = article.source + "/" + path.stem().string();
  article.text = read_file(path);
  article.starts = code_point_starts(article.text);
  std::istringstream lines(read_file(annotations / (article.path + ".ann")));
  for (std::string line; std::getline(lines, line);) {
    if (!read_annotation(line, article)) article.malformed.push_back(line);
  }
  return article;
}

// The files of the given extension two levels below `folder`, as source/name without the extension.
Names stems(const fs::path& folder, std::string_view extension) {
  Names found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const fs::path& path = entry.path();
    if (path.extension() == extension)
      found.insert(path.parent_path().filename().string() + "/" + path.stem().string());
  }
  return found;
}

const std::vector<Article>& corpus() {
  static const std::vector<Article> articles = [] {
    std::vector<Article> all;
    for (const std::string& stem : stems(corpus_folder() / "articles", ".txt")) {
      all.push_back(read_article(corpus_folder() / "articles" / (stem + ".txt"), corpus_folder() / "annotations"));
    }
    return all;
  }();
  return articles;
}

// What follows "date …" on the first line, and that date; both empty when the line has no such prefix.
std::pair<std::string, std::string> date_and_rest(const Article& article) {
  constexpr std::string_view kPrefix = "date ";
  const std::size_t blank = article.text.find(' ', kPrefix.size());
  if (!article.text.starts_with(kPrefix) || blank == std::string::npos) return {};
  return {article.text.substr(kPrefix.size(), blank - kPrefix.size()), article.text.substr(blank + 1)};
}

// Sentences end at . ! ? before a blank, and at line ends.
std::vector<std::string> sentences(const std::string& text) {
  std::vector<std::string> all;
  for (const std::string& line : split(text, "\n")) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool stop = std::string_view(".!?").find(line[i]) != std::string_view::npos;
      if (i + 1 < line.size() && !(stop && line[i + 1] == ' ')) continue;
      all.push_back(line.substr(begin, i + 1 - begin));
      begin = i + 2;
    }
  }
  return all;
}

TEST(Corpus, EveryArticleHasItsAnnotationsAndTheReverse) {
  EXPECT_EQ(stems(corpus_folder() / "articles", ".txt"), stems(corpus_folder() / "annotations", ".ann"));
}

TEST(Corpus, AnnotationLinesAreWellFormed) {
  for (const Article& article : corpus()) EXPECT_THAT(article.malformed, testing::IsEmpty()) << article.path;
}

TEST(Corpus, TextsAreUtf8WithAValidDatePrefix) {
  for (const Article& article : corpus()) {
    SCOPED_TRACE(article.path);
    ASSERT_TRUE(is_valid_utf8(article.text));
    EXPECT_EQ(article.starts.size(), count_code_points(article.text) + 1);
    const auto [date, rest] = date_and_rest(article);
    EXPECT_TRUE(parse_date(date).has_value()) << date;
    EXPECT_TRUE(article.path.starts_with(article.source + "/" + date + "-"))
        << "the file's name begins with its date";
    EXPECT_FALSE(rest.empty() || rest.starts_with('\n'));
  }
}

TEST(Corpus, MentionsAreTheStatedSlicesOfKnownTypes) {
  for (const Article& article : corpus()) {
    SCOPED_TRACE(article.path);
    for (const Mention& mention : article.mentions) {
      EXPECT_EQ(article.slice(mention.begin, mention.end), mention.text);
      EXPECT_TRUE(kMentionTypes.contains(mention.type)) << mention.type;
      EXPECT_FALSE(mention.canonical.empty()) << mention.text;
      EXPECT_FALSE(mention.text.starts_with(' ') || mention.text.ends_with(' ')) << mention.text;
    }
  }
}

TEST(Corpus, MentionsNeverOverlap) {
  for (const Article& article : corpus()) {
    std::vector<Mention> sorted = article.mentions;
    std::ranges::sort(sorted, {}, &Mention::begin);
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      EXPECT_LE(sorted[i - 1].end, sorted[i].begin) << article.path << ": " << sorted[i].text;
    }
  }
}

TEST(Corpus, MoneyHasAValueACurrencyAndAKind) {
  for (const Article& article : corpus()) {
    for (const Mention& mention : article.mentions) {
      if (mention.type != "MONEY") continue;
      SCOPED_TRACE(article.path + ": " + mention.text);
      const std::vector<std::string> parts = split(mention.canonical, " ");
      ASSERT_EQ(parts.size(), 3U);
      double value = 0;
      const auto [stop, error] = std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), value);
      EXPECT_TRUE(error == std::errc() && stop == parts[0].data() + parts[0].size() && value > 0) << parts[0];
      EXPECT_TRUE(parts[1].size() == 3 && std::ranges::all_of(parts[1], [](char c) { return c >= 'A' && c <= 'Z'; }));
      EXPECT_TRUE(kMoneyKinds.contains(parts[2])) << parts[2];
    }
  }
}

TEST(Corpus, EventsAreSentencesThatNameTheirParticipants) {
  for (const Article& article : corpus()) {
    for (const Event& event : article.events) {
      const std::string sentence = article.slice(event.begin, event.end);
      SCOPED_TRACE(article.path + ": " + sentence);
      EXPECT_TRUE(kEventQuotas.contains(event.type)) << event.type;
      EXPECT_TRUE(kPolarities.contains(event.polarity)) << event.polarity;
      EXPECT_EQ(sentence.find('\n'), std::string::npos) << "an event lies in one paragraph";
      Names named;
      for (const Mention& mention : article.mentions) {
        if (event.begin <= mention.begin && mention.end <= event.end) named.insert(mention.canonical);
      }
      for (const std::string& participant : event.participants)
        EXPECT_TRUE(named.contains(participant)) << participant;
    }
  }
}

TEST(Corpus, TopicsAreOneToThreeOfTheList) {
  for (const Article& article : corpus()) {
    EXPECT_TRUE(!article.topics.empty() && article.topics.size() <= 3) << article.path;
    for (const std::string& topic : article.topics)
      EXPECT_TRUE(kTopics.contains(topic)) << article.path << ": " << topic;
  }
}

TEST(Corpus, NoLongSentenceTwiceButInReprises) {
  std::map<std::string, const Article*> first;
  for (const Article& article : corpus()) {
    for (const std::string& sentence : sentences(date_and_rest(article).second)) {
      if (count_code_points(sentence) < kLongSentence) continue;
      const auto [known, added] = first.emplace(sentence, &article);
      const Article& other = *known->second;
      const bool reprise = &other != &article && !article.repris.empty() && article.repris == other.repris;
      EXPECT_TRUE(added || reprise) << other.path << " and " << article.path << ": " << sentence;
    }
  }
}

TEST(Corpus, ReprisesAreToldByTwoSourcesAndBelongToOneStory) {
  std::map<std::string, Names> sources;
  std::map<std::string, Names> stories;
  for (const Article& article : corpus()) {
    if (article.repris.empty()) continue;
    sources[article.repris].insert(article.source);
    stories[article.repris].insert(article.story);
  }
  EXPECT_GE(sources.size(), kReprisQuota);
  for (const auto& [key, names] : sources) EXPECT_GE(names.size(), 2U) << key;
  for (const auto& [key, names] : stories) EXPECT_TRUE(names.size() == 1 && !names.begin()->empty()) << key;
}

TEST(Corpus, SplitCoversEachArticleOnceAndNoStoryLeaks) {
  Names covered;
  std::map<std::string, Names> sides_of_story;
  std::map<std::string, Names> sides_of_source;
  std::map<std::string, std::string> side_of;
  std::istringstream lines(read_file(corpus_folder() / "split.tsv"));
  for (std::string line; std::getline(lines, line);) {
    const std::vector<std::string> fields = split(line, "\t");
    ASSERT_EQ(fields.size(), 2U) << line;
    ASSERT_TRUE(fields[1] == "train" || fields[1] == "test") << line;
    const std::string stem = fields[0].substr(0, fields[0].rfind(".txt"));
    EXPECT_TRUE(side_of.emplace(stem, fields[1]).second) << line << " is there twice";
    covered.insert(stem);
  }
  EXPECT_EQ(covered, stems(corpus_folder() / "articles", ".txt"));
  for (const Article& article : corpus()) {
    sides_of_source[article.source].insert(side_of[article.path]);
    if (!article.story.empty()) sides_of_story[article.story].insert(side_of[article.path]);
  }
  for (const auto& [story, sides] : sides_of_story) EXPECT_EQ(sides.size(), 1U) << story;
  for (const auto& [source, sides] : sides_of_source) EXPECT_EQ(sides.size(), 2U) << source;
}

TEST(Corpus, QuotasAreMet) {
  Names sources;
  Names topics;
  std::map<std::string, std::size_t> articles_with;
  std::map<std::string, Names> story_sources;
  for (const Article& article : corpus()) {
    sources.insert(article.source);
    topics.insert(article.topics.begin(), article.topics.end());
    Names types;
    for (const Event& event : article.events) types.insert(event.type);
    for (const std::string& type : types) ++articles_with[type];
    if (!article.story.empty()) story_sources[article.story].insert(article.source);
  }
  EXPECT_GE(corpus().size(), kArticleQuota);
  EXPECT_GE(sources.size(), kSourceQuota);
  EXPECT_EQ(topics, kTopics);
  for (const auto& [type, quota] : kEventQuotas) EXPECT_GE(articles_with[type], quota) << type;
  EXPECT_GE(std::ranges::count_if(story_sources, [](const auto& story) { return story.second.size() > 1; }),
            static_cast<std::ptrdiff_t>(kStoryQuota));
}

TEST(Corpus, AmbiguousNamesOccurInBothReadings) {
  std::map<std::string, Names> types_of;  // by what is written
  for (const Article& article : corpus()) {
    for (const Mention& mention : article.mentions) types_of[mention.text].insert(mention.type);
  }
  EXPECT_THAT(types_of["Orange"], testing::IsSupersetOf({"ORG", "LOC"}));
  EXPECT_THAT(types_of["Java"], testing::IsSupersetOf({"PRODUCT", "LOC"}));
  EXPECT_THAT(types_of["Blackwell"], testing::IsSupersetOf({"PRODUCT", "PER"}));
}

}  // namespace
}  // namespace depeche
