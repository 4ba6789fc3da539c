#include "output/text.hh"

#include <algorithm>
#include <cstdio>

#include "output/json.hh"
#include "output/text_parts.hh"

namespace depeche::output {
namespace {

using searcher::FacetResult;
using searcher::FacetValue;
using searcher::SearchResponse;

constexpr std::size_t kWide = 120;  // from here on facets stand beside the hits
constexpr std::size_t kHitColumns = 78;
constexpr std::size_t kFacetColumns = 40;
constexpr std::size_t kNameColumns = 15;
constexpr std::size_t kYearColumns = 8;     // "2024 █  "

const Strings& texts() {
  return strings(kData);
}

Lines header_lines(const SearchResponse& response, std::size_t width) {
  std::string left = marked(kBold, texts().count("articles", response.total)) + " " +
                     texts().fill("in_ms", {{"ms", decimal(response.took_ms, 1, kData)}});
  const std::string sort = texts()["sorted." + std::string(sort_name(response.sort))];
  const std::string right = marked(kDim, texts().fill("sorted", {{"sort", sort}}));
  if (columns(left) + 2 + columns(right) > width) return {left, right};
  return {spread(left, right, width)};
}

void append_notices(Lines& lines, const SearchResponse& response, std::size_t width) {
  const auto add = [&](const std::string& text) { append_indented(lines, wrapped(text, width), 0); };
  if (response.suggestion) {
    add(texts()["notice.suggestion"] + " " + marked(kBold, quoted(printable(*response.suggestion), kData)) +
        typeset(" ?", kData));
  }
  if (response.relaxed) {
    std::string text = marked(kBold, texts()["notice.relaxed"]) + " " + texts()["notice.relaxed_text"];
    if (!response.dropped.empty()) {
      text += texts().fill("notice.without", {{"words", printable(join(response.dropped, ", "))}});
    }
    add(text + ".");
  }
  if (response.truncated) add(marked(kBold, texts()["notice.truncated"]) + " " + texts()["notice.truncated_text"]);
}

// "organisation   OpenAI 42 · Microsoft 23 · +61"; the first value is cut where it does not fit, the others left out.
std::string facet_line(const FacetResult& facet, std::size_t width) {
  const schema::Field& field = schema::field(facet.field);
  std::string line = padded(marked(type_mark(facet.field), field.french), kNameColumns);
  const std::size_t rest_columns = columns(" · +") + columns(number(facet.distinct, kData));
  std::uint64_t rest = facet.distinct;  // values that are not shown
  bool first = true;
  for (const FacetValue& value : facet.values) {
    if (value.count == 0 && !value.selected && !value.excluded) continue;
    const std::string count = " " + marked(kDim, number(value.count, kData));
    std::string name = (value.excluded ? "sauf " : "") + printable(value.label);
    const std::size_t used = columns(line) + (first ? 0 : columns(" · ")) + columns(count);
    const std::size_t wanted = used + columns(name) + (rest > 1 ? rest_columns : 0);
    if (wanted > width && !first) break;
    if (wanted > width) {
      const std::size_t needed = wanted - columns(name);
      name = wrapped(name, width > needed ? width - needed : 1, 1).front();
    }
    line += (first ? "" : " · ") + (value.selected ? marked(kBold, name) : name) + count;
    if (value.count > 0) --rest;
    first = false;
  }
  if (rest > 0) line += " · " + marked(kDim, "+" + number(rest, kData));
  return line;
}

Lines facet_column(const FacetResult& facet, std::size_t width) {
  Lines lines = {marked(type_mark(facet.field), schema::field(facet.field).french)};
  std::size_t shown = 0;
  for (const FacetValue& value : facet.values) {
    if (value.count == 0 && !value.selected && !value.excluded) continue;
    const std::string count = number(value.count, kData);
    const std::string name = (value.excluded ? "sauf " : "") + printable(value.label);
    const Lines label = wrapped(value.selected ? marked(kBold, name) : name, width - 3 - columns(count), 1);
    lines.push_back(spread("  " + (label.empty() ? "" : label.front()), marked(kDim, count), width));
    if (value.count > 0) ++shown;
  }
  if (facet.distinct > shown) lines.push_back("  " + marked(kDim, "+" + number(facet.distinct - shown, kData)));
  return lines;
}

bool is_shown(const FacetResult& facet) {
  return !facet.values.empty();
}

std::string period_of(const searcher::DateHistogram& dates) {
  const auto iso_month = [](Day day) { return to_iso(Date{day, DatePrecision::kMonth}); };
  const std::string first = iso_month(dates.buckets.front().first), last = iso_month(dates.buckets.back().last);
  return first == last ? first : "de " + first + " à " + last;
}

// "date           2023 ▃  2024 █    de 2023-01 à 2024-10": the latest years that there is room for, at least one; the
// period where it fits as well.
std::string date_line(const searcher::DateHistogram& dates, std::size_t width) {
  const std::vector<YearCount> years = counts_by_year(dates);
  std::uint64_t max = 0;
  for (const YearCount& year : years) max = std::max(max, year.count);
  const std::string tail = "  " + period_of(dates);
  const std::size_t used = kNameColumns + columns(tail), room = width > used ? (width - used) / kYearColumns : 0;
  const std::size_t kept = std::clamp<std::size_t>(room, 1, years.size());
  std::string line = padded(marked(kDim, "date"), kNameColumns);
  for (std::size_t i = years.size() - kept; i < years.size(); ++i) {
    line += std::to_string(years[i].year) + " " + spark(years[i].count, max) + "  ";
  }
  return columns(line) + columns(tail) <= width ? line + marked(kDim, tail) : line;
}

std::string amount_line(const searcher::AmountHistogram& amounts) {
  return padded(marked(kAmount, "montant"), kNameColumns) + "de " + money(amounts.min, "EUR", kData) + " à " +
         money(amounts.max, "EUR", kData);
}

// How to go on: the first values that could be asked for or left out.
Lines next_steps(const SearchState& state, const SearchResponse& response, std::size_t width) {
  const auto quoted_value = [](const std::string& value) {
    return value.find_first_of(" '\"$`\\&|;()<>*?!#~") == value.npos ? value : "\"" + value + "\"";
  };
  std::vector<std::string> steps;
  for (const FacetResult& facet : response.facets) {
    for (const FacetValue& value : facet.values) {
      if (value.selected || value.excluded || value.count == 0 || value.count == response.total) continue;
      if (value.label.find_first_of("'\"$`\\") != value.label.npos) continue;
      const std::string name(schema::field(facet.field).name);
      if (steps.empty()) {
        steps.push_back("Affiner : -f " + name + "=" + quoted_value(printable(value.label)));
        break;
      }
      steps.push_back("exclure : -f '!" + name + "=" + printable(value.label) + "'");
      break;
    }
    if (steps.size() == 2) break;
  }
  const std::size_t next = state.request.offset + response.hits.size();
  if (!response.hits.empty() && next < response.groups) steps.push_back("suite : --offset " + std::to_string(next));
  Lines lines;
  for (const std::string& step : steps) {
    const std::string text = typeset(step, kData);
    if (lines.empty() || columns(lines.back()) + 2 + columns(text) > width) {
      lines.push_back(text);
    } else {
      lines.back() += "  " + text;
    }
  }
  for (std::string& line : lines) line = marked(kDim, line);
  return lines;
}

void append_hits(Lines& lines, const SearchState& state, const SearchResponse& response, std::size_t width) {
  std::size_t rank = state.request.offset;
  for (const searcher::Hit& hit : response.hits) {
    if (rank > state.request.offset) lines.emplace_back();
    append_indented(lines, hit_lines(hit, response, ++rank, width), 0);
  }
  if (response.hits.empty() && state.request.limit > 0) {
    append_indented(lines, wrapped(texts().fill("none.offset", {{"n", number(rank + 1, kData)}}), width), 0);
  }
}

Lines facet_lines(const SearchResponse& response, std::size_t width) {
  Lines lines;
  for (const FacetResult& facet : response.facets) {
    if (is_shown(facet)) lines.push_back(facet_line(facet, width));
  }
  return lines;
}

Lines range_lines(const SearchResponse& response, std::size_t width) {
  Lines lines;
  if (response.amounts && response.amounts->max > 0) lines.push_back(amount_line(*response.amounts));
  if (response.dates && !response.dates->buckets.empty()) lines.push_back(date_line(*response.dates, width));
  return lines;
}

Lines side_by_side(const Lines& left, const Lines& right) {
  Lines out;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string& a = i < left.size() ? left[i] : std::string();
    out.push_back(i < right.size() ? padded(a, kHitColumns + 2) + right[i] : a);
  }
  return out;
}

std::string tabbed(const std::string& value, std::uint64_t count) {
  return value + "\t" + std::to_string(count);
}

struct Bar {
  std::string label;
  std::uint64_t count = 0;
};

// Labels, counts and bars in three columns; without a terminal one value, tab, count a line.
Lines bar_lines(const std::vector<Bar>& bars, const TextStyle& style) {
  constexpr std::size_t kBarColumns = 20;
  Lines lines;
  std::size_t label_width = 8, count_width = 5;
  std::uint64_t max = 1;
  for (const Bar& one : bars) {
    label_width = std::max(label_width, std::min<std::size_t>(columns(one.label), usable_width(style) - 32));
    count_width = std::max(count_width, columns(number(one.count, kData)));
    max = std::max(max, one.count);
  }
  for (const Bar& one : bars) {
    if (!style.terminal) {
      lines.push_back(tabbed(one.label, one.count));
      continue;
    }
    const Lines label = wrapped(one.label, label_width, 1);
    lines.push_back(padded(label.empty() ? "" : label.front(), label_width) + "  " +
                    right_aligned(number(one.count, kData), count_width) + "  " +
                    bar(static_cast<std::size_t>(one.count * kBarColumns * 8 / max)));
  }
  return lines;
}

std::string megabytes(std::uint64_t bytes) {
  return decimal(static_cast<double>(bytes) / 1e6, 1, kData) + " Mo";
}

}  // namespace

std::string search_text(const SearchState& state, const SearchResponse& response, const TextStyle& style) {
  const std::size_t width = usable_width(style);
  const bool wide = width >= kWide;
  const std::size_t hit_width = wide ? kHitColumns : width - 2;
  Lines main = header_lines(response, hit_width);
  append_notices(main, response, hit_width);
  if (response.total == 0) {
    main.push_back(texts()["none.short"] + ".");
    return to_text(main, style);
  }
  main.emplace_back();
  append_hits(main, state, response, hit_width);

  Lines lines, below;
  if (wide) {
    Lines side;
    for (const FacetResult& facet : response.facets) {
      if (is_shown(facet)) append_indented(side, facet_column(facet, kFacetColumns), 0);
    }
    lines = side_by_side(main, side);
  } else {
    lines = std::move(main);
    append_indented(below, facet_lines(response, width - 2), 0);
  }
  append_indented(below, range_lines(response, width - 2), 0);
  append_indented(below, next_steps(state, response, width), 0);
  if (!below.empty() && !lines.back().empty()) lines.emplace_back();
  append_indented(lines, below, 0);
  return to_text(lines, style);
}

std::string hits_text(const std::vector<searcher::Hit>& hits, const TextStyle& style) {
  Lines lines;
  std::size_t rank = 0;
  for (const searcher::Hit& hit : hits) {
    if (rank > 0) lines.emplace_back();
    append_indented(lines, hit_lines(hit, {}, ++rank, usable_width(style) - 2), 0);
  }
  return to_text(lines, style);
}

std::string facet_text(const FacetResult& facet, const TextStyle& style) {
  std::vector<Bar> bars;
  for (const FacetValue& value : facet.values) bars.push_back({printable(value.label), value.count});
  Lines lines = bar_lines(bars, style);
  if (style.terminal) {
    const std::string shown = texts().count("values", bars.size());
    lines.push_back(bars.size() < facet.distinct ? shown + " sur " + number(facet.distinct, kData) : shown);
  }
  return to_text(lines, style);
}

std::string pairs_text(const searcher::PairResult& result, const TextStyle& style) {
  std::vector<Bar> bars;
  for (const searcher::ValuePair& pair : result.pairs) {
    bars.push_back({printable(pair.first.label + " + " + pair.second.label), pair.count});
  }
  return to_text(bar_lines(bars, style), style);
}

std::string histogram_text(FieldId field, const SearchResponse& response, const TextStyle& style) {
  std::vector<Bar> bars;
  if (field == FieldId::kDate && response.dates) {
    for (const auto& bucket : response.dates->buckets)
      bars.push_back({bucket_name(bucket, response.dates->unit), bucket.count});
  } else if (field == FieldId::kAmount && response.amounts) {
    for (const auto& bucket : response.amounts->buckets) {
      bars.push_back({money(bucket.from, "EUR", kData) + " – " + money(bucket.to, "EUR", kData), bucket.count});
    }
  }
  return to_text(bar_lines(bars, style), style);
}

std::string article_text(const schema::StoredArticle& stored, const TextStyle& style) {
  const std::size_t width = std::min<std::size_t>(usable_width(style) - 2, 78);
  const Article& article = stored.article;
  Lines lines;
  if (article.has_title()) append_indented(lines, wrapped(marked(kBold, printable(article.title)), width), 0);
  std::vector<std::string> slug;
  if (article.date) slug.push_back(long_date(*article.date, kData));
  if (!article.source.empty()) slug.push_back(printable(article.source));
  for (const std::string& author : article.authors) slug.push_back(printable(author));
  if (!slug.empty()) append_indented(lines, wrapped(marked(kDim, join(slug, " · ")), width), 0);
  lines.push_back(marked(kDim, printable(article.id)));
  if (!article.url.empty()) lines.push_back(marked(kDim, printable(article.url)));
  std::string_view rest = article.text;
  while (!rest.empty()) {
    const auto end = rest.find("\n\n");
    lines.emplace_back();
    append_indented(lines, wrapped(printable(rest.substr(0, end)), width), 0);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 2);
  }
  lines.emplace_back();
  for (const schema::Field& field : schema::kFacets) {
    const auto& labels = stored.labels[schema::facet_index(field.id)];
    if (labels.empty() || field.id == FieldId::kSource) continue;
    const Lines values = wrapped(printable(join(labels, ", ")), width - kNameColumns);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string name = i == 0 ? marked(type_mark(field.id), field.french) : "";
      lines.push_back(padded(name, kNameColumns) + values[i]);
    }
  }
  std::vector<std::string> sums;
  for (const Amount& amount : stored.annotations.amounts) {
    std::string sum = money(amount, kData);
    if (std::find(sums.begin(), sums.end(), sum) == sums.end()) sums.push_back(std::move(sum));
  }
  if (!sums.empty()) lines.push_back(padded(marked(kAmount, "montant"), kNameColumns) + join(sums, ", "));
  return to_text(lines, style);
}

std::string stats_text(const searcher::Stats& stats, const TextStyle& style) {
  Lines lines;
  const auto add = [&](std::string_view name, const std::string& value) {
    const Lines values = wrapped(printable(value), usable_width(style) - kNameColumns);
    for (std::size_t i = 0; i < values.size(); ++i) {
      lines.push_back(padded(i == 0 ? std::string(name) : "", kNameColumns) + values[i]);
    }
  };
  add("articles", number(stats.articles, kData));
  add("sources", number(stats.sources, kData));
  if (stats.period) add("période", period(*stats.period, kData));
  for (const schema::Field& field : schema::kFacets) {
    if (field.id == FieldId::kSource) continue;
    add(field.french, texts().count("values", stats.distinct[schema::facet_index(field.id)]));
  }
  add("termes", number(stats.terms, kData));
  add("taille", megabytes(stats.bytes) + ", dont colonnes " + megabytes(stats.column_bytes));
  add("révision", std::to_string(stats.revision) + ", en " + texts().count("parts", stats.parts));
  add("schéma", std::to_string(stats.schema));
  add("analyseur", stats.analyzer);
  add("entités", stats.entities);
  add("écrit par", stats.built_with);
  return to_text(lines, style);
}

std::string aligned(const std::vector<Row>& rows, const TextStyle& style) {
  constexpr std::size_t kMaxColumn = 40;  // a cell that is longer pushes the others of its row aside
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], std::min(columns(row[i]), kMaxColumn));
  }
  Lines lines;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += padded(row[i], widths[i]) + "  ";
    lines.push_back(std::move(line));
  }
  return to_text(lines, style);
}

std::string extraction_text(const Article& article, const Annotations& found, const TextStyle& style) {
  std::vector<Row> rows;
  const auto add = [&](char mark, std::string_view word, const std::string& what, Part in, ByteRange range) {
    const std::string source = printable(range.of(in == Part::kTitle ? article.title : article.text));
    rows.push_back({"  " + marked(mark, word), what, marked(kDim, source)});
  };
  for (const Mention& mention : found.mentions) {
    const auto field = static_cast<FieldId>(schema::kFirstFacet + static_cast<std::size_t>(mention.type));
    add(type_mark(field), schema::field(field).french, printable(mention.label), mention.in, mention.range);
  }
  for (const Amount& amount : found.amounts) {
    add(kAmount, "montant", money(amount, kData) + (amount.kind.empty() ? "" : " " + amount.kind), amount.in, amount.range);
  }
  for (const Event& event : found.events) {
    const std::string polarity =
        event.polarity == Polarity::kFact ? "" : " (" + texts()["polarity." + std::string(polarity_name(event.polarity))] + ")";
    add(kEvent, "evenement", event.type + polarity, event.in, event.range);
  }
  for (const std::string& agency : found.agencies) rows.push_back({"  " + marked(kDim, "agence"), printable(agency)});
  return to_text({marked(kBold, printable(article.id))}, style) + aligned(rows, style);
}

}  // namespace depeche::output
