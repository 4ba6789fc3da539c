#include "tests/support/random_corpus.hh"

#include <algorithm>
#include <array>

namespace depeche::test {
namespace {

using schema::FieldId;
using Kind = Question::Kind;

constexpr std::array<std::string_view, 72> kWords{
    "levée",      "levées",       "fonds",        "OpenAI",    "startup",    "start-up", "start-ups", "l’IA",
    "IA",         "d'OpenAI",     "Paris",        "milliards", "dollars",    "société",  "sociétés",  "annonce",
    "annoncent",  "annoncé",      "puce",         "puces",     "Nvidia",     "Orange",   "orange",    "la",
    "le",         "de",           "des",          "et",        "qui",        "est",      "cœur",      "œuvre",
    "Œuvre",      "aujourd’hui",  "GPT-4o",       "iPhone",    "16",         "C++",      "5G",        "Élysée",
    "États-Unis", "intelligence", "artificielle", "modèle",    "modèles",    "entraîne", "entraîner", "porte-parole",
    "PDG",        "salariés",     "salarié",      "cloud",     "datacenter", "data",     "center",    "rachète",
    "racheter",   "Mistral",      "mistral",      "AI",        "jeux",       "jeu",      "travaux",   "nouvelle",
    "nouveau",    "2024",         "sécurité",     "sécurisé",  "quantique",  "réseau",   "réseaux",   "chevaux"};

// Names that differ by case, accents, hyphens or signs alone, that have no letters, that are too long for a term.
std::vector<std::string> odd_labels() {
  std::vector<std::string> out{"OpenAI",     "openai", "OPENAI",  "Mistral AI", "Mistral-AI", "mistral ai",
                               "Élysée",     "Elysée", "élysée",  "Élysee",     "États-Unis", "Etats Unis",
                               "C++",        "C#",     "C",       "!!!",        "???",        "—",
                               "株式会社",   "Ω-mega", "L’Oréal", "L'Oréal",    "AT&T",       "at t",
                               "œuvre",      "oeuvre", "10",      "2",          "ﬁn",         "fin",
                               "#1 \"top\"", "a=b",    "x y z",   "🙂",       "ÉCOLE 42",   "école-42"};
  out.push_back(std::string(238, 'a') + "1");
  out.push_back(std::string(238, 'a') + "2");
  return out;
}

std::string pseudo_word(Random& random) {
  constexpr std::array<std::string_view, 16> kSyllables{"ta", "ro", "mi",  "lu",  "pe",  "cha", "von", "dré",
                                                        "sa", "ki", "bel", "tor", "gui", "né",  "zo",  "fra"};
  std::string out;
  for (std::size_t n = 2 + random.below(3); n > 0; --n) out += random.of(kSyllables);
  return out;
}

std::string one_word_less(const std::string& text, std::size_t n) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < n; ++i) begin = text.find(' ', begin) + 1;
  return std::string(text).erase(begin, text.find(' ', begin) + 1 - begin);
}

}  // namespace

CorpusMaker::CorpusMaker(std::uint64_t seed) : random_(seed) {
  words_.assign(kWords.begin(), kWords.end());
  for (std::size_t n = random_.below(120); n > 0; --n) words_.push_back(pseudo_word(random_));
  for (std::size_t i = words_.size(); i > 1; --i) std::swap(words_[i - 1], words_[random_.below(i)]);
  const auto odd = odd_labels();
  for (std::size_t f = 0; f < schema::kFacetCount; ++f) {
    auto& pool = labels_.emplace_back();
    const std::size_t size = 1 + random_.skewed(200);
    while (pool.size() < size) pool.push_back(random_.chance(50) ? random_.of(odd) : "Nom " + pseudo_word(random_));
  }
  for (std::size_t n = 1 + random_.below(6); n > 0; --n) sources_.push_back(random_.of(odd));
  constexpr std::array<std::size_t, 6> kSpans{1, 30, 150, 900, 6000, 15000};
  days_ = random_.of(kSpans);
  first_day_ =
      day_from_civil({1980 + static_cast<int>(random_.below(40)), 1, 1}) + static_cast<Day>(random_.below(400));
}

std::string CorpusMaker::word() {
  return random_.chance(4) ? pseudo_word(random_) : words_[random_.skewed(words_.size())];
}

std::string CorpusMaker::sentence(std::size_t words) {
  std::string out = "Le";
  for (std::size_t i = 0; i < words; ++i) {
    out += random_.chance(8) ? ", " : " ";
    out += words_[random_.skewed(words_.size())];
  }
  constexpr std::array<std::string_view, 5> kAmounts{" lève 10 millions d’euros", " coûte 25 M$",
                                                     " vaut 1,5 milliard d’euros", " perd 300 000 livres",
                                                     " paie 12 euros"};
  if (random_.chance(15)) out += random_.of(kAmounts);
  return out + ".";
}

std::vector<std::string> CorpusMaker::some_labels(FieldId field) {
  const auto& pool = labels_[schema::facet_index(field)];
  std::vector<std::string> out;
  if (random_.chance(25)) return out;
  for (std::size_t n = 1 + random_.skewed(6); n > 0; --n) {
    const std::string& label = pool[random_.skewed(pool.size())];
    if (std::find(out.begin(), out.end(), label) == out.end()) out.push_back(label);
  }
  return out;
}

RandomArticle CorpusMaker::article(std::string id) {
  RandomArticle out;
  Article& a = out.article;
  a.id = std::move(id);
  if (random_.chance(85)) a.title = sentence(random_.below(6));
  if (random_.chance(12) || families_.empty()) {  // near-copies of a long text
    std::string text;
    for (int i = 0; i < 9; ++i) text += (text.empty() ? "" : " ") + sentence(9) + " " + pseudo_word(random_) + ".";
    families_.emplace_back("f" + std::to_string(families_.size()) + "-" + a.id, text);
  }
  if (random_.chance(20)) {
    const auto& [family, text] = random_.of(families_);
    a.text = random_.chance(30) ? text : one_word_less(text, random_.below(60));
    out.family = family;
  } else if (!(random_.chance(5) && !a.title.empty())) {
    for (std::size_t n = 1 + random_.below(3); n > 0; --n) {
      const std::string_view between = a.text.empty() ? "" : random_.chance(20) ? "\n\n" : " ";
      (a.text += between) += sentence(random_.below(10));
    }
  }
  recent_.push_back(a.text);
  if (recent_.size() > 50) recent_.erase(recent_.begin());
  if (random_.chance(20)) a.url = "https://exemple.fr/" + a.id;
  if (random_.chance(90)) a.source = random_.of(sources_);
  if (random_.chance(80)) a.date = parse_date(a_date(false));
  if (random_.chance(10) && a.date && a.date->precision == DatePrecision::kDay) a.date->time = "T17:40:00+02:00";
  for (const schema::Field& field : schema::kFacets) {
    if (field.id != FieldId::kSource) a.given[std::string(field.name)] = some_labels(field.id);
  }
  return out;
}

std::string CorpusMaker::a_date(bool range) {
  Date date;
  date.first = first_day_ + static_cast<Day>(random_.skewed(days_));
  if (range) date.first += static_cast<Day>(random_.below(40)) - 20;
  date.precision = random_.chance(70)   ? DatePrecision::kDay
                   : random_.chance(70) ? DatePrecision::kMonth
                                        : DatePrecision::kYear;
  return to_iso(date);
}

std::string CorpusMaker::date_range() {
  const std::string a = a_date(true), b = a_date(true);
  switch (random_.below(4)) {
    case 0:
      return a;
    case 1:
      return a + "..";
    case 2:
      return ".." + b;
    default:
      break;
  }
  const auto x = parse_date(a), y = parse_date(b);
  return x->first <= y->last() ? a + ".." + b : b + ".." + a;
}

// --- Requests ---

std::string CorpusMaker::phrase(std::size_t words) {
  std::string_view text =
      random_.chance(70) && !recent_.empty() ? std::string_view(random_.of(recent_)) : std::string_view();
  std::vector<std::string> found;
  for (std::size_t skip = text.empty() ? 0 : random_.below(12); !text.empty();) {
    const std::size_t end = std::min(text.find_first_of(" ,.\n"), text.size());
    if (end > 0 && skip > 0)
      --skip;
    else if (end > 0)
      found.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (found.size() == words) break;
  }
  while (found.size() < words) found.push_back(word());
  std::string out;
  for (const std::string& w : found) out += (out.empty() ? "" : " ") + w;
  return out;
}

Question CorpusMaker::leaf() {
  Question q;
  const std::size_t kind = random_.below(100);
  if (kind < 55) {
    q.kind = Kind::kWords;
    for (std::size_t n = 1 + random_.skewed(4); n > 0; --n) (q.text += q.text.empty() ? "" : " ") += word();
  } else if (kind < 70) {
    q.kind = Kind::kPhrase;
    q.text = phrase(1 + random_.below(4));
  } else if (kind < 75 && wildcards_ < 2) {  // more are taken as words
    ++wildcards_;
    constexpr std::array<std::string_view, 9> kPrefixes{"ann",  "soc",    "lev",    "dat",     "sécu",
                                                        "sta", "startu", "levées", "annonces"};
    q.kind = Kind::kPrefix;
    q.text = random_.of(kPrefixes);
  } else if (kind < 80) {
    q.kind = Kind::kTitle;
    q.text = word();
  } else if (kind < 84) {
    q.kind = Kind::kTitlePhrase;
    q.text = phrase(2);
  } else if (kind < 90) {
    q.kind = Kind::kLabel;
    q.field = random_.of(schema::kFacets).id;
    do {
      q.text = label_or_so(q.field);
    } while (q.text.find('"') != std::string::npos);
  } else if (kind < 94) {
    q.kind = Kind::kDates;
    q.text = date_range();
  } else {
    q.kind = Kind::kNear;
    q.distance = 1 + static_cast<int>(random_.below(20));
    for (std::size_t n = 2 + random_.below(2); n > 0; --n) {
      Question& child = q.children.emplace_back();
      child.kind = random_.chance(70) ? Kind::kWords : Kind::kPhrase;
      child.text = child.kind == Kind::kWords ? word() : phrase(2);
    }
  }
  return q;
}

Question CorpusMaker::question(int depth) {
  if (depth == 0 || random_.chance(50)) return leaf();
  Question q;
  q.kind = random_.chance(60) ? Kind::kAnd : Kind::kOr;
  bool words = false;  // neighbouring words would be read as one run
  for (std::size_t n = 2 + random_.below(2); n > 0; --n) {
    Question child = question(depth - 1);
    if (child.kind == q.kind || (q.kind == Kind::kAnd && child.kind == Kind::kWords && words)) child = leaf();
    if (q.kind == Kind::kAnd && child.kind == Kind::kWords && words) continue;
    words = words || child.kind == Kind::kWords;
    if (random_.chance(20)) {
      Question negation;
      negation.kind = Kind::kNot;
      negation.distance = static_cast<int>(random_.below(2));  // how it is written
      negation.children.push_back(std::move(child));
      child = std::move(negation);
    }
    q.children.push_back(std::move(child));
  }
  return q.children.size() == 1 ? Question(q.children.front()) : q;
}

std::string CorpusMaker::label_or_so(FieldId field) {
  const auto& pool = field == FieldId::kSource ? sources_ : labels_[schema::facet_index(field)];
  std::string label = random_.chance(4) ? "Personne n’a ce nom" : pool[random_.skewed(pool.size())];
  if (random_.chance(15)) {  // written otherwise
    std::transform(label.begin(), label.end(), label.begin(), [](char c) {
      return c == ' ' ? '-' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    });
  }
  return label;
}

searcher::Filter CorpusMaker::filter() {
  searcher::Filter f;
  f.exclude = random_.chance(20);
  const std::size_t kind = random_.below(10);
  if (kind == 0) {
    f.field = FieldId::kDate;
    f.value = date_range();
  } else if (kind == 1) {
    constexpr std::array<std::string_view, 8> kSpans{"10M..100M", ">1Md",        "..500k",  "25 M USD",
                                                     "<=10M",     "10M..1,5 Md", ">10MUSD", "12€"};
    f.field = FieldId::kAmount;
    f.value = random_.of(kSpans);
  } else {
    f.field = random_.of(schema::kFacets.first(2 + random_.below(schema::kFacetCount - 1))).id;
    f.value = label_or_so(f.field);
  }
  return f;
}

CorpusMaker::Asked CorpusMaker::request(const BruteModel& model) {
  Asked out;
  wildcards_ = 0;
  if (random_.chance(80)) out.question = question(static_cast<int>(random_.below(3)));
  searcher::SearchRequest& r = out.request;
  r.query = render(out.question);
  r.relax = false;
  r.snippets = random_.chance(30);
  for (std::size_t n = random_.chance(60) ? random_.skewed(5) : 0; n > 0; --n) r.filters.push_back(filter());
  r.limit = random_.below(30);
  r.offset = random_.chance(70) ? 0 : random_.below(model.size() + 10);
  constexpr std::array<searcher::Sort, 3> kSorts{searcher::Sort::kRelevance, searcher::Sort::kDate,
                                                 searcher::Sort::kDateAscending};
  if (random_.chance(60)) r.sort = random_.of(kSorts);
  for (const schema::Field& field : schema::kFacets) {
    if (random_.chance(60)) continue;
    searcher::FacetRequest f;
    f.field = field.id;
    f.size = random_.chance(30) ? 100'000 : random_.below(12);
    f.offset = random_.chance(80) ? 0 : random_.below(40);
    constexpr std::array<searcher::ValueOrder, 4> kOrders{searcher::ValueOrder::kCount, searcher::ValueOrder::kCount,
                                                          searcher::ValueOrder::kLabel, searcher::ValueOrder::kUnusual};
    f.order = random_.of(kOrders);
    constexpr std::array<std::string_view, 6> kPrefixes{"o", "ÉLY", "nom ta", "un", "!", "aaa"};
    if (random_.chance(15)) f.prefix = random_.of(kPrefixes);
    if (random_.chance(15)) r.all_of.push_back(f.field);
    r.facets.push_back(std::move(f));
  }
  if (random_.chance(20)) {
    r.pairs = searcher::PairRequest{schema::kFacets[random_.below(schema::kFacetCount)].id,
                                    schema::kFacets[random_.below(schema::kFacetCount)].id, random_.below(30)};
  }
  r.histograms = random_.chance(70);
  constexpr std::array<searcher::HistogramUnit, 5> kUnits{
      searcher::HistogramUnit::kAuto, searcher::HistogramUnit::kYear, searcher::HistogramUnit::kMonth,
      searcher::HistogramUnit::kWeek, searcher::HistogramUnit::kDay};
  r.unit = random_.of(kUnits);
  r.group_duplicates = random_.chance(70);
  return out;
}

}  // namespace depeche::test
