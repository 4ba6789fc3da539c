#include "output/atom.hh"

#include "output/typography.hh"
#include "output/xml.hh"

namespace depeche::output {
namespace {

// Atom wants a full RFC 3339 time. A date of lower precision counts from its first day, midnight UTC; a time as the
// article states it is kept where it has the whole form.
std::string atom_time(const Date& date) {
  const std::string day = to_iso(Date{date.first, DatePrecision::kDay});
  std::string_view time = date.time;
  const bool with_seconds = time.size() >= 9 && time[0] == 'T' && time[3] == ':' && time[6] == ':';
  if (!with_seconds) return day + "T00:00:00Z";
  const bool zoned = time.ends_with('Z') || time.find_first_of("+-", 9) != time.npos;
  const std::size_t sign = time.find_first_of("+-", 9);
  if (sign != time.npos && (time.size() != sign + 6 || time[sign + 3] != ':')) return day + "T00:00:00Z";
  return day + std::string(time) + (zoned ? "" : "Z");
}

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + escaped(text) + "</" + std::string(name) + ">\n";
}

std::string link(std::string_view rel, std::string_view type, std::string_view href) {
  return "<link rel=\"" + std::string(rel) + "\" type=\"" + std::string(type) + "\" href=\"" + escaped(href) +
         "\"/>\n";
}

void append_entry(std::string& out, const searcher::Hit& hit, const std::string& base, const std::string& updated) {
  const std::string page = base + article_url(hit.id, {});
  out += "<entry>\n" + element("id", page) + element("title", hit.title) + element("updated", updated);
  if (hit.date) out += element("published", atom_time(*hit.date));
  out += "<author>" + element("name", hit.source.empty() ? "Dépêche" : hit.source) + "</author>\n";
  out += link("alternate", "text/html", page);
  if (is_web_link(hit.url)) out += link("via", "text/html", hit.url);
  for (const std::string& topic : hit.labels[schema::facet_index(FieldId::kTopic)]) {
    out += "<category term=\"" + escaped(topic) + "\"/>\n";
  }
  if (!hit.snippet.text.empty()) out += element("summary", hit.snippet.text);
  out += "</entry>\n";
}

}  // namespace

std::string search_atom(const SearchState& state, const searcher::SearchResponse& response, const std::string& base,
                        const std::string& now) {
  const Strings& t = strings(state.language.value_or(Language::kFrench));
  std::string latest;
  for (const searcher::Hit& hit : response.hits) {
    if (hit.date) latest = std::max(latest, atom_time(*hit.date));
  }
  std::string title = t["name"];
  if (!response.query.empty()) title += " – " + response.query;

  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n";
  out += element("id", base + search_url(state)) + element("title", title);
  out += element("subtitle", t.count("articles", response.total));
  out += element("updated", latest.empty() ? now : latest);
  out += link("self", "application/atom+xml", base + search_url(state, "/search.atom"));
  out += link("alternate", "text/html", base + search_url(state));
  out += "<generator>Dépêche</generator>\n";
  for (const searcher::Hit& hit : response.hits) append_entry(out, hit, base, hit.date ? atom_time(*hit.date) : now);
  return out + "</feed>\n";
}

}  // namespace depeche::output
