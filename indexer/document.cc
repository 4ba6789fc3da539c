#include "indexer/document.hh"

#include <algorithm>
#include <cstring>
#include <set>

#include "schema/packed.hh"
#include "schema/terms.hh"
#include "text/fold.hh"

namespace depeche::indexer {
namespace {

using schema::FieldId;

std::string eight_bytes(std::uint64_t value) {
  std::string out(sizeof value, '\0');
  std::memcpy(out.data(), &value, sizeof value);
  return out;
}

// Bit f for each facet f that the input gave.
std::uint8_t given_facets(const Article& article) {
  std::uint8_t bits = 0;
  for (const schema::Field& field : schema::kFacets) {
    if (article.given.contains(std::string(field.name))) bits |= static_cast<std::uint8_t>(1u << schema::facet_index(field.id));
  }
  return bits;
}

// Of several spellings of a value an article has the first alone: it counts once.
void add_once(std::vector<std::string>& labels, const std::string& label) {
  if (label.empty() || std::find(labels.begin(), labels.end(), label) != labels.end()) return;
  const std::string identity = text::value_identity(label);
  const auto is_same = [&](const std::string& other) { return text::value_identity(other) == identity; };
  if (std::none_of(labels.begin(), labels.end(), is_same)) labels.push_back(label);
}

// Sums up the weights of equal terms; the result is ordered, which Xapian takes in fastest.
void add_up(std::vector<std::pair<std::string_view, std::uint32_t>>& words) {
  std::sort(words.begin(), words.end());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (kept > 0 && words[kept - 1].first == words[i].first) {
      words[kept - 1].second += words[i].second;
    } else {
      words[kept++] = words[i];
    }
  }
  words.resize(kept);
}

std::vector<schema::AmountValue> distinct_amounts(const Annotations& annotations) {
  std::vector<schema::AmountValue> out;
  for (const Amount& a : annotations.amounts) {
    const bool known = std::any_of(out.begin(), out.end(), [&](const schema::AmountValue& b) {
      return a.value == b.value && a.currency == b.currency;
    });
    if (!known) out.push_back({a.value, a.currency, a.eur});
  }
  return out;
}

}  // namespace

schema::FacetLabels facet_labels(const Article& article, const Annotations& annotations) {
  schema::FacetLabels labels;
  const auto of = [&](FieldId id) -> std::vector<std::string>& { return labels[schema::facet_index(id)]; };
  constexpr FieldId kByType[] = {FieldId::kOrg, FieldId::kPerson, FieldId::kPlace, FieldId::kProduct};
  for (const Mention& m : annotations.mentions) add_once(of(kByType[static_cast<std::size_t>(m.type)]), m.label);
  for (const Event& e : annotations.events) {
    if (e.polarity == Polarity::kFact) add_once(of(FieldId::kEvent), e.type);
  }
  for (const std::string& agency : annotations.agencies) add_once(of(FieldId::kAgency), agency);
  for (const std::string& topic : annotations.topics) add_once(of(FieldId::kTopic), topic);
  for (const schema::Field& field : schema::kFacets) {
    const auto given = article.given.find(field.name);
    if (given != article.given.end()) of(field.id) = given->second;  // each as it stands
  }
  add_once(of(FieldId::kSource), article.source);
  return labels;
}

void set_group(Xapian::Document& document, std::uint64_t group) {
  document.add_value(schema::kGroupSlot, eight_bytes(group));
}

void DocumentBuilder::analyze(const schema::StoredArticle& stored) {
  analyzer_.analyze(stored.article.title, title_);
  analyzer_.analyze(stored.article.text, text_);
}

void DocumentBuilder::add_words(Xapian::Document& doc, const schema::StoredArticle& stored) {
  words_.clear();
  title_words_.clear();
  const auto add = [](auto& words, const text::Analysis& analysis, const text::Token& token, std::uint32_t weight) {
    for (std::size_t i = 0; i < analysis.lemma_count(token); ++i)
      words.emplace_back(analysis.lemma(token, i), weight);
  };
  const std::uint32_t in_title = schema::field(FieldId::kTitle).weight,
                      in_text = schema::field(FieldId::kText).weight;
  for (const text::Token& token : title_.tokens()) {
    add(words_, title_, token, in_title);
    add(title_words_, title_, token, 1);
  }
  // Without a title the first sentence is shown in its place, and counts as one.
  const bool untitled = !stored.article.has_title();
  const std::uint32_t stand_in_end = untitled && !text_.sentences().empty() ? text_.sentences()[0].end : 0;
  for (const text::Token& token : text_.tokens()) {
    const bool stands_in = token.range.begin < stand_in_end;
    add(words_, text_, token, stands_in ? in_title : in_text);
    if (stands_in) add(title_words_, text_, token, 1);
  }
  add_up(words_);
  for (const auto& [word, weight] : words_) doc.add_term(std::string(word), weight);
  add_up(title_words_);
  for (const auto& [word, weight] : title_words_) {
    term_.assign(schema::field(FieldId::kTitle).prefix).append(word);
    doc.add_boolean_term(term_);  // no weight of its own: the unprefixed term has it
  }
  for (const std::string& author : stored.article.authors) {
    analyzer_.analyze(author, author_);
    for (const text::Token& token : author_.tokens()) {
      for (std::size_t i = 0; i < author_.lemma_count(token); ++i) {
        doc.add_boolean_term(schema::value_term(schema::field(FieldId::kAuthor).prefix, author_.lemma(token, i)));
      }
    }
  }
}

Xapian::Document DocumentBuilder::document(const schema::StoredArticle& stored, std::string_view origin,
                                           const Signature& signature) {
  Xapian::Document doc;
  add_words(doc, stored);
  const Article& article = stored.article;
  doc.add_boolean_term(schema::id_term(article.id));
  doc.add_boolean_term(schema::origin_term(origin));
  if (!article.url.empty())
    doc.add_boolean_term(schema::value_term(schema::field(FieldId::kUrl).prefix, article.url));
  for (const schema::Field& field : schema::kFacets) {
    const auto& labels = stored.labels[schema::facet_index(field.id)];
    if (labels.empty()) continue;
    for (const std::string& label : labels)
      doc.add_boolean_term(schema::value_term(field.prefix, text::value_key(label)));
    doc.add_value(field.slot, schema::pack_labels(labels));
  }
  if (article.date) doc.add_value(schema::field(FieldId::kDate).slot, schema::pack_date(*article.date));
  const auto amounts = distinct_amounts(stored.annotations);
  if (!amounts.empty()) doc.add_value(schema::field(FieldId::kAmount).slot, schema::pack_amounts(amounts));
  doc.add_value(schema::kSignatureSlot, pack_signature(signature));
  if (const std::uint8_t given = given_facets(article)) doc.add_value(schema::kGivenSlot, std::string(1, static_cast<char>(given)));
  doc.add_value(schema::kHashSlot, eight_bytes(stored.content_hash));
  doc.set_data(schema::encode(stored));
  return doc;
}

}  // namespace depeche::indexer
