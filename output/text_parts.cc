#include "output/text_parts.hh"

#include <algorithm>

#include "output/answer_words.hh"
#include "output/shown_names.hh"

namespace depeche::output {
namespace {

using schema::FieldId;

std::string with_matches(const searcher::Snippet& snippet) {
  const std::string clean = printable(snippet.text);
  std::string out = snippet.cut_before ? "…" : "";
  std::size_t done = 0;
  for (const auto& [begin, end] : snippet.highlights) {
    if (begin < done || end > clean.size()) continue;
    out += clean.substr(done, begin - done) + marked(kMatch, std::string_view(clean).substr(begin, end - begin));
    done = end;
  }
  out += clean.substr(done);
  return snippet.cut_after ? out + "…" : out;
}

std::string slug_line(const searcher::Hit& hit) {
  std::vector<std::string> pieces;
  if (hit.date) pieces.push_back(short_date(*hit.date, kData));
  if (!hit.source.empty()) pieces.push_back(printable(hit.source));
  for (const std::string& agency : hit.labels[schema::facet_index(FieldId::kAgency)]) {
    if (agency != hit.source) pieces.push_back(printable(agency));
  }
  if (!hit.duplicates.empty()) {
    std::string text = strings(kData).count("hits.reprinted", hit.duplicates.size());
    if (!text.empty()) text[0] = static_cast<char>(text[0] | 0x20);
    pieces.push_back(std::move(text));
  }
  return join(pieces, " · ");
}

}  // namespace

std::size_t usable_width(const TextStyle& style) {
  return static_cast<std::size_t>(std::clamp(style.width, 40, 120));
}

std::string join(const std::vector<std::string>& pieces, std::string_view separator) {
  std::string out;
  for (const std::string& piece : pieces) {
    if (!out.empty()) out += separator;
    out += piece;
  }
  return out;
}

void append_indented(Lines& lines, const Lines& more, std::size_t indent) {
  for (const std::string& line : more) lines.push_back(std::string(indent, ' ') + line);
}

std::string to_text(const Lines& lines, const TextStyle& style) {
  std::string out;
  for (const std::string& line : lines) {
    const auto end = line.find_last_not_of(' ');
    out += end == line.npos ? "" : line.substr(0, end + 1);
    out += '\n';
  }
  return finish(out, style);
}

char type_mark(FieldId field) {
  if (field == FieldId::kOrg) return kOrg;
  if (field == FieldId::kPerson) return kPerson;
  if (field == FieldId::kPlace) return kPlace;
  if (field == FieldId::kProduct) return kProduct;
  if (field == FieldId::kEvent) return kEvent;
  if (field == FieldId::kAmount) return kAmount;
  return kDim;
}

std::string entity_line(const searcher::Hit& hit, const searcher::SearchResponse& response) {
  std::string line;
  std::optional<FieldId> last;
  for (const ShownName& name : shown_names(hit, response, kData)) {
    if (last == name.field) {
      line += ", ";
    } else {
      const std::string_view word = name.field == FieldId::kOrg ? "org" : schema::field(name.field).french;
      line += (line.empty() ? "" : " · ") + marked(type_mark(name.field), word) + " ";
    }
    // Kinds of events are shown as -f takes them.
    line += printable(name.field == FieldId::kEvent ? name.value : name.label);
    last = name.field;
  }
  return line;
}

Lines hit_lines(const searcher::Hit& hit, const searcher::SearchResponse& response, std::size_t rank,
                std::size_t width) {
  constexpr std::size_t kIndent = 4;
  const std::size_t inner = width - kIndent;
  Lines lines;
  const Lines title = wrapped(marked(kBold, printable(hit.title)), inner, 3);
  for (std::size_t i = 0; i < title.size(); ++i) {
    const std::string number = i == 0 ? right_aligned(std::to_string(rank), 2) : "";
    lines.push_back(padded(number, kIndent) + title[i]);
  }
  const std::string slug = slug_line(hit), id = printable(hit.id);
  if (columns(slug) + 2 + columns(id) <= inner) {
    lines.push_back(std::string(kIndent, ' ') + spread(marked(kDim, slug), marked(kDim, id), inner));
  } else {
    if (!slug.empty()) append_indented(lines, wrapped(marked(kDim, slug), inner), kIndent);
    lines.push_back(std::string(kIndent, ' ') + marked(kDim, id));  // never cut: it is there to be copied
  }
  append_indented(lines, wrapped(with_matches(hit.snippet), inner, 4), kIndent);
  append_indented(lines, wrapped(entity_line(hit, response), inner, 2), kIndent);
  for (const searcher::ScorePart& part : hit.why) {
    const ScoreText text = score_text(part, strings(kData));
    append_indented(
        lines, {spread(printable(text.label) + " " + marked(kDim, text.reason), decimal(part.score, 1, kData), inner)},
        kIndent);
  }
  return lines;
}

std::string spark(std::uint64_t count, std::uint64_t max) {
  constexpr std::string_view kLevels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (count == 0 || max == 0) return " ";
  return std::string(kLevels[std::min<std::uint64_t>(7, count * 8 / (max + 1))]);
}

std::vector<YearCount> counts_by_year(const searcher::DateHistogram& dates) {
  std::vector<YearCount> years;
  for (const searcher::DateBucket& bucket : dates.buckets) {
    const int year = civil_from_day(bucket.first).year;
    if (years.empty() || years.back().year != year) years.push_back({year, 0});
    years.back().count += bucket.count;
  }
  return years;
}

}  // namespace depeche::output
