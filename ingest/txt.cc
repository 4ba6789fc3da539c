#include "ingest/txt.hh"

#include "ingest/ascii.hh"
#include "ingest/dates.hh"
#include "ingest/deliver.hh"
#include "ingest/encoding.hh"
#include "ingest/sniff.hh"

namespace depeche::ingest {
namespace {

// Lines end with LF, without blanks at their ends; one blank line between paragraphs, none around the text.
std::string normal_paragraphs(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t blank_lines = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (text.starts_with("\r\n")) text.remove_prefix(1);
    if (!text.empty()) text.remove_prefix(1);
    while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    if (line.empty()) {
      ++blank_lines;
      continue;
    }
    if (!out.empty()) out += blank_lines > 0 ? "\n\n" : "\n";
    out += line;
    blank_lines = 0;
  }
  return out;
}

void drop_leading(std::string_view& text, std::string_view chars) {
  text.remove_prefix(std::min(text.find_first_not_of(chars), text.size()));
}

// A token that stands where a date is expected and is made like one: "2024-13", "00/00/0000".
std::string_view date_like_token(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789-/."), text.size());
  const bool is_word_end = end == text.size() || is_blank(text[end]);
  return end >= 4 && is_word_end && text.find_first_of("-/") < end ? text.substr(0, end) : std::string_view();
}

bool ends_token(std::string_view text, std::size_t at) {
  return at >= text.size() || is_blank(text[at]) || text[at] == ':' || text[at] == '.' || text[at] == ',';
}

// Takes the date off the front of `text`: after the word "date", or alone on the first line.
void take_date(std::string_view& text, Article& article) {
  drop_leading(text, " \t\r\n");
  if (starts_with_no_case(text, "date") && text.size() > 4 &&
      std::string_view(" \t:=").find(text[4]) != std::string_view::npos) {
    std::string_view rest = text.substr(4);
    drop_leading(rest, " \t:=");
    const std::string_view line = rest.substr(0, rest.find_first_of("\r\n"));
    if (const auto found = read_date_prefix(line); found && ends_token(line, found->size)) {
      article.date = found->date;
      rest.remove_prefix(found->size);
    } else if (const std::string_view token = date_like_token(line); !token.empty()) {
      add_extra(article.extra, "date", token);
      rest.remove_prefix(token.size());
    } else {
      return;
    }
    text = rest;
    return drop_leading(text, " \t\r\n");
  }
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  std::string_view line = trim_blanks(text.substr(0, end));
  for (const std::string_view lead : {"publié le", "publie le", "le"}) {
    if (!starts_with_no_case(line, lead)) continue;
    line = trim_blanks(line.substr(lead.size()));
    break;
  }
  const auto date = line.size() < 64 ? read_date(line) : std::nullopt;
  if (!date || date->precision != DatePrecision::kDay || end == text.size()) return;
  article.date = *date;
  text.remove_prefix(end);
}

}  // namespace

void parse_txt(const RawRecord& raw, ArticleSink& sink) {
  const std::string decoded = to_utf8(raw.bytes);
  if (decoded.find('\0') != std::string::npos) return sink.reject(raw.where, "is binary data, not an article");
  std::string_view text = decoded;
  Article article;
  take_date(text, article);
  article.text = normal_paragraphs(text);
  article.source = raw.source;
  deliver(std::move(article), raw.path_id, raw.where, sink);
}

}  // namespace depeche::ingest
