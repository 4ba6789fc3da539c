#include "indexer/suggestions.hh"

#include <algorithm>
#include <memory>
#include <numeric>
#include <span>
#include <vector>

#include <xapian.h>

#include "schema/database.hh"
#include "schema/fields.hh"
#include "schema/part_layout.hh"
#include "schema/sidecar_key.hh"
#include "schema/stream_code.hh"
#include "text/word_lists.hh"

namespace depeche::indexer {
namespace {

using namespace schema::suggest;
using schema::stream::kFirstForm;

constexpr std::size_t kLongestWord = 64;     // bytes
constexpr std::size_t kMostTitleWords = 40;  // that a suggestion may begin at

struct Sources {
  std::shared_ptr<const schema::Sidecar> stream, columns;
  schema::StringTable forms;
  std::span<const std::uint64_t> offsets, alive;
  std::string_view bytes;
  std::uint64_t articles = 0;

  bool is_alive(std::size_t doc) const { return doc / 64 < alive.size() && (alive[doc / 64] >> (doc % 64) & 1) != 0; }
  std::string_view stream_of(std::size_t doc) const { return bytes.substr(offsets[doc], offsets[doc + 1] - offsets[doc]); }
};

bool has_letter(std::string_view form) {
  return std::any_of(form.begin(), form.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; });
}

// In how many articles each form is.
std::vector<std::uint32_t> count_articles(const Sources& in) {
  std::vector<std::uint32_t> count(in.forms.size(), 0), last(in.forms.size(), 0);
  for (std::size_t doc = 1; doc + 1 < in.offsets.size(); ++doc) {
    if (!in.is_alive(doc)) continue;
    const std::string_view bytes = in.stream_of(doc);
    for (std::size_t at = 0; at < bytes.size();) {
      const std::uint32_t number = schema::get_stream_number(bytes, at);
      if (number < kFirstForm || number - kFirstForm >= count.size() || last[number - kFirstForm] == doc) continue;
      last[number - kFirstForm] = static_cast<std::uint32_t>(doc);
      ++count[number - kFirstForm];
    }
  }
  return count;
}

void build_words(const Sources& in, schema::SidecarBuilder& out) {
  const std::vector<std::uint32_t> count = count_articles(in);
  const std::uint32_t enough = in.articles < schema::kAllWordsBelow ? 1 : 2;
  std::vector<std::uint32_t> forms, counts;
  schema::StringTableBuilder words;
  for (const std::uint32_t form : in.stream->array<std::uint32_t>(schema::stream::kFormOrder)) {
    const std::size_t i = form - kFirstForm;
    if (i >= count.size() || count[i] < enough) continue;
    const std::string_view word = in.forms[i];
    if (word.size() > kLongestWord || !has_letter(word)) continue;
    words.add(word);
    forms.push_back(form);
    counts.push_back(count[i]);
  }
  words.write(out, kWordOffset, kWordBytes);
  out.add_array<std::uint32_t>(kWordForm, forms);
  out.add_array<std::uint32_t>(kWordCount, counts);
}

bool is_stop_word(std::string_view folded) {
  const auto& words = text::WordLists::builtin().stop_words;
  return words.find(folded) != words.end();
}

// A name can be found from each of its words on, but for function words inside.
void build_names(const Sources& in, schema::SidecarBuilder& out) {
  struct Start {
    std::string_view rest;
    std::uint32_t code, at;
  };
  const schema::StringTable keys(*in.columns, schema::columns::kKeyOffset, schema::columns::kKeyBytes);
  std::vector<Start> starts;
  for (std::uint32_t code = 0; keys.is_whole() && code < keys.size(); ++code) {
    const std::string_view key = keys[code];
    for (std::uint32_t at = 0; at < key.size(); ++at) {
      if (at > 0 && key[at - 1] != '-') continue;
      const std::string_view rest = key.substr(at);
      if (at == 0 || !is_stop_word(rest.substr(0, rest.find('-')))) starts.push_back({rest, code, at});
    }
  }
  std::sort(starts.begin(), starts.end(), [](const Start& a, const Start& b) {
    return a.rest != b.rest ? a.rest < b.rest : a.code < b.code;
  });
  std::vector<std::uint32_t> codes, ats;
  for (const Start& start : starts) {
    codes.push_back(start.code);
    ats.push_back(start.at);
  }
  out.add_array<std::uint32_t>(kNameCode, codes);
  out.add_array<std::uint32_t>(kNameStart, ats);
}

// Forms that are spelt alike have the same rank.
std::vector<std::uint32_t> ranks_of(const Sources& in) {
  std::vector<std::uint32_t> rank(in.forms.size(), 0);
  std::uint32_t next = 0;
  std::string_view before;
  for (const std::uint32_t form : in.stream->array<std::uint32_t>(schema::stream::kFormOrder)) {
    if (form < kFirstForm || form - kFirstForm >= rank.size()) continue;
    const std::string_view word = in.forms[form - kFirstForm];
    if (word != before) ++next;
    before = word;
    rank[form - kFirstForm] = next;
  }
  return rank;
}

// Titles likewise. Of a title the first sentence; of an article without one that of its text, which stands in for it.
void build_titles(const Sources& in, schema::SidecarBuilder& out) {
  struct Start {
    std::uint32_t begin, end;  // into `words`
    std::uint32_t doc;
    std::uint8_t at;
  };
  const std::vector<std::uint32_t> rank = ranks_of(in);
  std::vector<bool> stop_words(in.forms.size());
  for (std::size_t i = 0; i < in.forms.size(); ++i) stop_words[i] = is_stop_word(in.forms[i]);
  std::vector<std::uint32_t> words;  // ranks, title after title
  std::vector<Start> starts;
  for (std::size_t doc = 1; doc + 1 < in.offsets.size(); ++doc) {
    if (!in.is_alive(doc)) continue;
    const std::size_t first = words.size(), first_start = starts.size();
    schema::for_each_title_form(in.stream_of(doc), [&](std::uint32_t form) {
      const std::size_t at = words.size() - first;
      if (at == kMostTitleWords || form - kFirstForm >= rank.size()) return false;
      words.push_back(rank[form - kFirstForm]);
      if (at > 0 && stop_words[form - kFirstForm]) return true;
      starts.push_back({static_cast<std::uint32_t>(first + at), 0, static_cast<std::uint32_t>(doc),
                        static_cast<std::uint8_t>(at)});
      return true;
    });
    for (std::size_t i = first_start; i < starts.size(); ++i) starts[i].end = static_cast<std::uint32_t>(words.size());
  }
  std::sort(starts.begin(), starts.end(), [&](const Start& a, const Start& b) {
    const std::span<const std::uint32_t> x(words.data() + a.begin, words.data() + a.end),
        y(words.data() + b.begin, words.data() + b.end);
    const auto order = std::lexicographical_compare_three_way(x.begin(), x.end(), y.begin(), y.end());
    if (order != 0) return order < 0;
    return a.doc != b.doc ? a.doc < b.doc : a.at < b.at;
  });
  std::vector<std::uint32_t> documents;
  std::vector<std::uint8_t> ats;
  for (const Start& start : starts) {
    documents.push_back(start.doc);
    ats.push_back(start.at);
  }
  out.add_array<std::uint32_t>(kTitleDocument, documents);
  out.add_array<std::uint8_t>(kTitleStart, ats);
}

Result<Sources> open_sources(const std::string& part, const Xapian::Database& db) {
  const auto open = [&](std::string_view file, std::uint32_t format) {
    return schema::Sidecar::open(part + "/" + std::string(file), schema::sidecar_key(db, format));
  };
  auto stream = open(schema::kStreamFile, schema::kStreamFormat);
  if (!stream) return tl::unexpected(stream.error());
  auto columns = open(schema::kColumnsFile, schema::kColumnsFormat);
  if (!columns) return tl::unexpected(columns.error());
  Sources in;
  in.stream = std::move(*stream);
  in.columns = std::move(*columns);
  in.forms = {*in.stream, schema::stream::kFormOffset, schema::stream::kFormBytes};
  in.offsets = in.stream->array<std::uint64_t>(schema::stream::kOffset);
  in.bytes = in.stream->section(schema::stream::kBytes);
  in.alive = in.columns->array<std::uint64_t>(schema::columns::kAlive);
  in.articles = db.get_doccount();
  if (!in.forms.is_whole() || in.offsets.empty() || in.offsets.back() != in.bytes.size()) {
    return failure(ErrorCode::kIndexDamaged, "the token stream of " + part + " is cut", "run `depeche check --repair`");
  }
  return in;
}

}  // namespace

Result<void> write_suggestions(const std::string& part_path, const schema::StringTableBuilder& spellings, bool sync) {
  schema::SidecarBuilder out;
  schema::SidecarKey key;
  auto read = schema::guarded("reading " + part_path, [&]() -> Result<void> {
    const Xapian::Database db(part_path);
    key = schema::sidecar_key(db, schema::kSuggestFormat);
    const auto in = open_sources(part_path, db);
    if (!in) return tl::unexpected(in.error());
    spellings.write(out, kSpellingOffset, kSpellingBytes);
    build_words(*in, out);
    build_names(*in, out);
    build_titles(*in, out);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  if (!*read) return tl::unexpected(read->error());
  return out.write(part_path + "/" + std::string(schema::kSuggestFile), key, sync);
}

schema::StringTableBuilder spellings_of(const schema::Sidecar& suggestions) {
  const schema::StringTable table(suggestions, kSpellingOffset, kSpellingBytes);
  schema::StringTableBuilder out;
  for (std::size_t i = 0; table.is_whole() && i < table.size(); ++i) out.add(table[i]);
  return out;
}

}  // namespace depeche::indexer
