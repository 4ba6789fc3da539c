#include "output/csv.hh"

#include <cstdio>

namespace depeche::output {
namespace {

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : "; ") + value;
  return out;
}

std::string plain_number(double value) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.15g", value);
  return buffer;
}

std::string amounts(const std::vector<Amount>& all) {
  std::string out;
  for (const Amount& amount : all) {
    out += (out.empty() ? "" : "; ") + plain_number(amount.value) + " " + amount.currency;
  }
  return out;
}

void append_row(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i ? "," : "") + csv_cell(cells[i]);
  out += "\r\n";
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string cell;
  // What spreadsheets take for the beginning of a formula (OWASP, "CSV injection").
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) cell += '\'';
  cell += text;
  if (cell.find_first_of(",\"\r\n") == cell.npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string hits_csv(const std::vector<searcher::Hit>& hits, std::size_t first_rank, bool bom) {
  std::string out = bom ? "\xEF\xBB\xBF" : "";
  std::vector<std::string> header = {"rank", "id", "title", "date", "url", "score", "snippet"};
  for (const schema::Field& field : schema::kFacets) header.emplace_back(field.name);
  header.emplace_back("amount");
  append_row(out, header);
  for (const searcher::Hit& hit : hits) {
    char score[32];
    std::snprintf(score, sizeof score, "%.4f", hit.score);
    std::vector<std::string> row = {std::to_string(first_rank++),
                                    hit.id,
                                    hit.title,
                                    hit.date ? to_iso(*hit.date, true) : "",
                                    hit.url,
                                    score,
                                    hit.snippet.text};
    for (const schema::Field& field : schema::kFacets)
      row.push_back(joined(hit.labels[schema::facet_index(field.id)]));
    row.push_back(amounts(hit.amounts));
    append_row(out, row);
  }
  return out;
}

std::string histogram_csv(schema::FieldId field, const searcher::SearchResponse& response) {
  std::string out;
  append_row(out, {"from", "to", "count"});
  if (field == schema::FieldId::kDate && response.dates) {
    for (const searcher::DateBucket& bucket : response.dates->buckets) {
      append_row(out, {to_iso(Date{bucket.first, DatePrecision::kDay}), to_iso(Date{bucket.last, DatePrecision::kDay}),
                       std::to_string(bucket.count)});
    }
  } else if (field == schema::FieldId::kAmount && response.amounts) {
    for (const searcher::AmountBucket& bucket : response.amounts->buckets) {
      append_row(out, {plain_number(bucket.from), plain_number(bucket.to), std::to_string(bucket.count)});
    }
  }
  return out;
}

std::string pairs_csv(const searcher::PairResult& result) {
  std::string out;
  append_row(out, {"first", "second", "count"});
  for (const searcher::ValuePair& pair : result.pairs) {
    append_row(out, {pair.first.label, pair.second.label, std::to_string(pair.count)});
  }
  return out;
}

std::string facet_csv(const searcher::FacetResult& facet) {
  std::string out;
  append_row(out, {"value", "label", "count"});
  for (const searcher::FacetValue& value : facet.values) {
    append_row(out, {value.value, value.label, std::to_string(value.count)});
  }
  return out;
}

}  // namespace depeche::output
