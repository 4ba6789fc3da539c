#include "entities/training/examples.hh"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "entities/embedded.hh"

namespace depeche::entities {
namespace {

using nlohmann::json;

std::vector<EntityType> types_of(const std::string& name) {
  if (name == "PER" || name == "person") return {EntityType::kPerson};
  if (name == "ORG" || name == "org") return {EntityType::kOrg};
  if (name == "LOC" || name == "place") return {EntityType::kPlace};
  if (name == "PRODUCT" || name == "product") return {EntityType::kProduct};
  return {};
}

// Byte offsets of all code points of a text, and of its end.
std::vector<std::uint32_t> code_point_offsets(const std::string& text) {
  std::vector<std::uint32_t> offsets;
  for (std::uint32_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) offsets.push_back(at);
  }
  offsets.push_back(static_cast<std::uint32_t>(text.size()));
  return offsets;
}

tl::unexpected<Error> unreadable(const std::string& path) {
  return failure(ErrorCode::kIo, "cannot read " + path, "scripts/train names the files that it needs");
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

void sort_spans(AnnotatedText& text) {
  std::sort(text.spans.begin(), text.spans.end(),
            [](const AnnotatedSpan& a, const AnnotatedSpan& b) { return a.range.begin < b.range.begin; });
}

AnnotatedText corpus_article(const std::string& id, const std::string& raw, const std::string& annotations) {
  AnnotatedText article;
  article.id = id;
  const std::size_t begin = raw.starts_with("date ") ? raw.find(' ', 5) + 1 : 0;  // "date 2024-10 Après …"
  article.text = raw.substr(begin);
  const std::vector<std::uint32_t> offsets = code_point_offsets(raw);
  for_each_line(annotations, [&](std::string_view line) {
    constexpr std::string_view kTopicLine = "#\ttopics\t";
    if (line.starts_with(kTopicLine)) {
      for_each_part(line.substr(kTopicLine.size()), ';',
                    [&](std::string_view topic) { article.topics.emplace_back(topic); });
    }
    if (line.empty() || line.front() != 'T') return;
    std::istringstream fields{std::string(line)};
    std::string number, type;
    std::size_t start = 0;
    std::size_t end = 0;
    if (!(fields >> number >> type >> start >> end) || end >= offsets.size() || type == "MONEY") return;
    const auto shift = static_cast<std::uint32_t>(begin);
    article.spans.push_back({{offsets[start] - shift, offsets[end] - shift}, types_of(type)});
  });
  sort_spans(article);
  return article;
}

}  // namespace

Result<std::vector<AnnotatedText>> read_jsonl(const std::string& path) {
  std::ifstream in(path);
  if (!in) return unreadable(path);
  std::vector<AnnotatedText> texts;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    const json record = json::parse(line);
    AnnotatedText text;
    text.id = record.value("doc", "");
    text.text = record.value("text", "");
    const std::vector<std::uint32_t> offsets = code_point_offsets(text.text);
    for (const json& mention : record["mentions"]) {
      AnnotatedSpan span;
      span.range = {offsets[mention["start"].get<std::size_t>()], offsets[mention["end"].get<std::size_t>()]};
      span.types = types_of(mention["type"].get<std::string>());
      for (const json& other : mention.value("alt", json::array())) {
        for (const EntityType type : types_of(other.get<std::string>())) span.types.push_back(type);
      }
      text.spans.push_back(std::move(span));
    }
    sort_spans(text);
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<std::vector<AnnotatedText>> read_corpus(const std::string& folder, bool test) {
  std::ifstream split(folder + "/split.tsv");
  if (!split) return unreadable(folder + "/split.tsv");
  std::vector<AnnotatedText> texts;
  for (std::string line; std::getline(split, line);) {  // "SOURCE/NAME.txt TAB train"
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos || (line.substr(tab + 1) == "test") != test) continue;
    const std::filesystem::path path = line.substr(0, tab);
    const std::filesystem::path annotations = std::filesystem::path(path).replace_extension(".ann");
    texts.push_back(corpus_article(path.string(), read_file(folder + "/articles/" + path.string()),
                                   read_file(folder + "/annotations/" + annotations.string())));
  }
  return texts;
}

Result<std::vector<AnnotatedText>> read_conll(const std::string& path) {
  std::ifstream in(path);
  if (!in) return unreadable(path);
  std::vector<AnnotatedText> texts;
  AnnotatedText text;
  bool open = false;
  const auto finish = [&] {
    if (!text.text.empty()) texts.push_back(std::move(text));
    text = {};
    open = false;
  };
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) {
      finish();
      continue;
    }
    const std::string tag = line.substr(tab + 1);
    if (!text.text.empty()) text.text += ' ';
    const auto begin = static_cast<std::uint32_t>(text.text.size());
    text.text += line.substr(0, tab);
    const auto end = static_cast<std::uint32_t>(text.text.size());
    if (tag.starts_with("I-") && open) {
      text.spans.back().range.end = end;
    } else if (tag.size() > 2) {
      text.spans.push_back({{begin, end}, types_of(tag.substr(2))});
      open = true;
    }
    if (tag == "O") open = false;
  }
  finish();
  return texts;
}

Result<std::vector<AnnotatedText>> read_sentences(const std::string& path) {
  std::ifstream in(path);
  if (!in) return unreadable(path);
  std::vector<AnnotatedText> texts;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    AnnotatedText text;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t open = std::min(line.find('{', at), line.size());
      text.text.append(line, at, open - at);
      if (open == line.size()) break;
      const std::size_t colon = line.find(':', open);
      const std::size_t close = line.find('}', open);
      const std::string type = line.substr(open + 1, colon - open - 1);
      const auto begin = static_cast<std::uint32_t>(text.text.size());
      text.text.append(line, colon + 1, close - colon - 1);
      text.spans.push_back({{begin, static_cast<std::uint32_t>(text.text.size())}, types_of(type)});
      at = close + 1;
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<std::vector<AnnotatedText>> read_articles(const std::string& path, std::size_t limit) {
  std::ifstream in(path);
  if (!in) return unreadable(path);
  std::vector<AnnotatedText> texts;
  for (std::string line; texts.size() < limit && std::getline(in, line);) {
    const json record = json::parse(line);
    AnnotatedText text;
    text.id = record.value("id", "");
    for (const char* part : {"title", "abstract", "text"}) {
      const std::string piece = record.value(part, "");
      if (piece.empty()) continue;
      if (!text.text.empty()) text.text += "\n\n";
      text.text += piece;
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace depeche::entities
