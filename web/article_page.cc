// One article: its text with everything that was found in it, and articles like it.
#include <algorithm>
#include <map>

#include "core/utf8.hh"
#include "output/answer_words.hh"
#include "output/range_label.hh"
#include "output/typography.hh"
#include "web/hit_values.hh"
#include "web/marked_text.hh"
#include "web/pages.hh"

namespace depeche::web {
namespace {

using schema::FieldId;

constexpr FieldId kEntityTypes[] = {FieldId::kOrg, FieldId::kPerson, FieldId::kPlace, FieldId::kProduct};

// Where the reader came from, when that is one of our result pages. Only its parameters are believed.
std::optional<output::SearchState> state_of_referer(const Call& call) {
  const std::string& from = call.referer;
  const auto host = from.find("://");
  if (host == from.npos || call.host.empty() || from.compare(host + 3, call.host.size(), call.host) != 0)
    return std::nullopt;
  const std::string_view rest = std::string_view(from).substr(host + 3 + call.host.size());
  if (!rest.starts_with("/?")) return std::nullopt;
  auto state = output::state_from_parameters(output::parse_parameters(rest.substr(2)));
  return state ? std::optional(std::move(*state)) : std::nullopt;
}

// The first sentence, where it stands in for a title; not longer than a title may be.
ByteRange first_sentence(const Article& article) {
  constexpr std::size_t kLongest = 400;
  const std::string_view text = article.text;
  const auto begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  auto end = std::min(text.find('\n', begin), text.size());
  for (auto stop = text.find(". ", begin); stop < end; stop = text.find(". ", stop + 1)) {
    const char next = text[stop + 2];
    if (next >= 'a' && next <= 'z') continue;  // an abbreviation
    end = stop + 1;
    break;
  }
  if (end - begin > kLongest) {
    end = begin + utf8_prefix(text.substr(begin), kLongest).size();
    const auto blank = text.rfind(' ', end);
    if (blank != text.npos && blank > begin) end = blank;
  }
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

List type_switches(const Visit& visit, const Annotations& annotations) {
  List switches;
  const auto add = [&](FieldId field) {
    const std::string name(schema::field(field).name);
    switches.push_back(Object()
                           .set("type", name)
                           .set("name", visit.t()["types." + name])
                           .set("type_name", visit.t()["type." + name]));
  };
  for (const FieldId field : kEntityTypes) {
    const auto type = static_cast<EntityType>(schema::facet_index(field));
    const bool any = std::any_of(annotations.mentions.begin(), annotations.mentions.end(),
                                 [&](auto& m) { return m.type == type; });
    if (any) add(field);
  }
  if (!annotations.amounts.empty()) add(FieldId::kAmount);
  return switches;
}

// Each type's names with how often the article has them, the most frequent first. Names that the input gave are
// listed even where the text does not have them.
List landmark_lists(const Visit& visit, const schema::StoredArticle& stored) {
  List lists;
  for (const FieldId field : kEntityTypes) {
    const auto type = static_cast<EntityType>(schema::facet_index(field));
    std::map<std::string, std::uint64_t> counts;
    for (const Mention& mention : stored.annotations.mentions) {
      if (mention.type == type) ++counts[mention.label];
    }
    std::vector<std::string> labels = stored.labels[schema::facet_index(field)];
    std::stable_sort(labels.begin(), labels.end(), [&](auto& a, auto& b) { return counts[a] > counts[b]; });
    List names;
    for (const std::string& label : labels) {
      names.push_back(Object()
                          .set("label", label)
                          .set("url", Url::local(entity_url(field, label, visit.state)))
                          .set("count", counts[label] > 0 ? output::number(counts[label], visit.language) : ""));
    }
    if (names.empty()) continue;
    const std::string name(schema::field(field).name);
    lists.push_back(
        Object().set("type", name).set("name", visit.t()["types." + name]).set("names", std::move(names)));
  }
  return lists;
}

List event_boxes(const Visit& visit, const schema::StoredArticle& stored) {
  List boxes;
  std::vector<std::string> seen;
  const auto& events = stored.annotations.events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (std::find(seen.begin(), seen.end(), events[i].type) != seen.end()) continue;
    seen.push_back(events[i].type);
    Object box;
    box.set("label", output::value_label(FieldId::kEvent, events[i].type, visit.language));
    box.set("url", Url::local(entity_url(FieldId::kEvent, events[i].type, visit.state)));
    box.set("proof_url", Url::local("#e" + std::to_string(i)));
    if (events[i].polarity == Polarity::kRumour) box.set("tag", visit.t()["polarity.rumour"]);
    if (events[i].polarity == Polarity::kDenied) box.set("tag", visit.t()["polarity.denied"]);
    std::string participants;
    for (const std::string& name : events[i].participants) participants += (participants.empty() ? "" : ", ") + name;
    box.set("participants", std::move(participants));
    boxes.push_back(std::move(box));
  }
  return boxes;
}

List amount_links(const Visit& visit, const Annotations& annotations) {
  List links;
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < annotations.amounts.size(); ++i) {
    const Amount& amount = annotations.amounts[i];
    std::string label = output::money(amount, visit.language);
    if (std::find(seen.begin(), seen.end(), label) != seen.end()) continue;
    seen.push_back(label);
    if (amount.eur > 0 && amount.currency != "EUR")
      label += " (" + output::money(amount.eur, "EUR", visit.language) + ")";
    links.push_back(Object()
                        .set("label", label)
                        .set("kind", output::amount_kind_text(amount.kind, visit.t()))
                        .set("url", Url::local("#m" + std::to_string(i))));
  }
  return links;
}

List byline(const Visit& visit, const Article& article) {
  const output::Strings& t = visit.t();
  List pieces;
  if (!article.source.empty()) {
    const auto state = only_value(visit.state, FieldId::kSource, article.source);
    pieces.push_back(Object().set("label", article.source).set("url", Url::local(search_url(state))));
  }
  if (article.date) {
    pieces.push_back(
        Object().set("label", output::long_date(*article.date, visit.language)).set("iso", to_iso(*article.date)));
  }
  std::string authors;
  for (const std::string& author : article.authors) authors += (authors.empty() ? "" : ", ") + author;
  if (!authors.empty()) pieces.push_back(Object().set("label", t.fill("article.by", {{"names", authors}})));
  const Url link = Url::external(article.url);
  if (!link.empty()) {
    pieces.push_back(Object().set("label", t["article.source"]).set("url", link).set("outside", true));
  } else if (!article.url.empty()) {
    pieces.push_back(Object().set("label", t.fill("article.address", {{"url", article.url}})));
  }
  return pieces;
}

}  // namespace

Reply article_page(Visit& visit, const std::string& id) {
  auto state = output::state_from_parameters(visit.call.parameters, visit.t());
  if (!state) return failed(visit, state.error());
  visit.state.language = state->language;
  auto stored = visit.index->article(id);
  if (!stored && stored.error().code == ErrorCode::kNotFound) {
    return error_page(visit, 404, Error{ErrorCode::kNotFound, visit.t().fill("article.none", {{"id", id}})});
  }
  if (!stored) return failed(visit, stored.error());
  const Article& article = stored->article;
  const auto back = state_of_referer(visit.call);
  if (back) visit.state.request.query = back->request.query;

  const ByteRange whole{0, static_cast<std::uint32_t>(article.text.size())};
  const ByteRange lead = article.has_title() ? ByteRange{} : first_sentence(article);
  const std::string title(article.has_title() ? article.title : lead.of(article.text));
  const auto part = [&](Part in, ByteRange range, bool paragraphs) {
    return marked_text(visit, article, stored->annotations, in, range, paragraphs);
  };
  Object values = frame(visit, title);
  visit.state.request.query.clear();
  if (back) values.set("back", Object().set("url", Url::local(search_url(*back))));
  const ByteRange all_of_title{0, static_cast<std::uint32_t>(article.title.size())};
  values.set("heading",
             article.has_title() ? part(Part::kTitle, all_of_title, false) : part(Part::kText, lead, false));
  values.set("text", part(Part::kText, {lead.end, whole.end}, true));
  if (count_code_points(title) > 110) values.set("long", true);
  values.set("byline", byline(visit, article));
  values.set("types", type_switches(visit, stored->annotations));
  values.set("events", event_boxes(visit, *stored));
  values.set("amounts", amount_links(visit, stored->annotations));
  values.set("landmarks", landmark_lists(visit, *stored));
  if (const auto similar = visit.index->similar(id, 5)) values.set("hits", brief_hits(visit, *similar));
  Reply reply = page(visit, "article", values);
  reply.headers.emplace_back("Vary", "Referer");
  return reply;
}

}  // namespace depeche::web
