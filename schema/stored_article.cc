#include "schema/stored_article.hh"

#include "core/hash.hh"
#include "schema/compression.hh"
#include "schema/packed.hh"

namespace depeche::schema {
namespace {

constexpr std::uint8_t kVersion = 2;  // of the encoding; never reuse a number

void put_list(std::string& out, const std::vector<std::string>& list) {
  put_varint(out, list.size());
  for (const std::string& s : list) put_string(out, s);
}

std::vector<std::string> get_list(PackedReader& in) {
  std::vector<std::string> list;
  for (std::uint64_t n = in.varint(); n > 0 && in.ok(); --n) list.emplace_back(in.string());
  return list;
}

std::vector<std::string_view> get_list_views(PackedReader& in) {
  std::vector<std::string_view> list;
  for (std::uint64_t n = in.varint(); n > 0 && in.ok(); --n) list.push_back(in.string());
  return list;
}

void put_place(std::string& out, Part in, ByteRange range) {
  out += static_cast<char>(in);
  put_varint(out, range.begin);
  put_varint(out, range.size());
}

void get_place(PackedReader& from, Part& in, ByteRange& range) {
  in = from.byte() == 0 ? Part::kTitle : Part::kText;
  range.begin = static_cast<std::uint32_t>(from.varint());
  range.end = range.begin + static_cast<std::uint32_t>(from.varint());
}

void put_annotations(std::string& out, const Annotations& a) {
  put_varint(out, a.mentions.size());
  for (const Mention& m : a.mentions) {
    put_place(out, m.in, m.range);
    out += static_cast<char>(m.type);
    put_string(out, m.label);
    put_string(out, m.why);
  }
  put_varint(out, a.amounts.size());
  for (const Amount& m : a.amounts) {
    put_place(out, m.in, m.range);
    put_number(out, m.value);
    put_string(out, m.currency);
    put_number(out, m.eur);
    put_string(out, m.kind);
    out += static_cast<char>(m.end);
  }
  put_varint(out, a.events.size());
  for (const Event& e : a.events) {
    put_place(out, e.in, e.range);
    put_string(out, e.type);
    out += static_cast<char>(e.polarity);
    put_list(out, e.participants);
  }
  put_list(out, a.agencies);
}

Annotations get_annotations(PackedReader& in) {
  Annotations a;
  for (std::uint64_t n = in.varint(); n > 0 && in.ok(); --n) {
    Mention& m = a.mentions.emplace_back();
    get_place(in, m.in, m.range);
    m.type = static_cast<EntityType>(in.byte() & 3);
    m.label = in.string();
    m.why = in.string();
  }
  for (std::uint64_t n = in.varint(); n > 0 && in.ok(); --n) {
    Amount& m = a.amounts.emplace_back();
    get_place(in, m.in, m.range);
    m.value = in.number();
    m.currency = in.string();
    m.eur = in.number();
    m.kind = in.string();
    m.end = static_cast<RangeEnd>(in.byte() % 3);
  }
  for (std::uint64_t n = in.varint(); n > 0 && in.ok(); --n) {
    Event& e = a.events.emplace_back();
    get_place(in, e.in, e.range);
    e.type = in.string();
    e.polarity = static_cast<Polarity>(in.byte() % 3);
    e.participants = get_list(in);
  }
  a.agencies = get_list(in);
  return a;
}

tl::unexpected<Error> damaged() {
  return failure(ErrorCode::kIndexDamaged, "a stored article cannot be read", "run `depeche check --repair`");
}

// The two compressed pieces.
struct Pieces {
  std::string_view head, annotations;
};

Result<Pieces> open(std::string_view data) {
  PackedReader in(data);
  const std::uint8_t version = in.byte();
  if (!in.ok()) return damaged();
  if (version != kVersion) {
    return failure(ErrorCode::kIndexVersion,
                   "an article is stored in form " + std::to_string(version) + ", this program reads form " +
                       std::to_string(kVersion),
                   "index the articles again with this version");
  }
  Pieces pieces{in.string(), in.string()};
  if (!in.ok() || !in.done()) return damaged();
  return pieces;
}

void put_article(std::string& out, const Article& a) {
  for (const std::string* field : {&a.id, &a.title, &a.url, &a.source, &a.text}) put_string(out, *field);
  put_string(out, a.date ? to_iso(*a.date, true) : std::string());
  put_list(out, a.authors);
  put_varint(out, a.given.size());
  for (const auto& [name, labels] : a.given) {
    put_string(out, name);
    put_list(out, labels);
  }
  put_string(out, a.extra);
}

// Every byte range must lie inside its text: nothing read later may trust the disk.
bool ranges_inside(const StoredArticle& s) {
  const auto inside = [&](Part in, ByteRange r) {
    return r.begin <= r.end && r.end <= (in == Part::kTitle ? s.article.title.size() : s.article.text.size());
  };
  for (const auto& m : s.annotations.mentions) {
    if (!inside(m.in, m.range)) return false;
  }
  for (const auto& m : s.annotations.amounts) {
    if (!inside(m.in, m.range)) return false;
  }
  for (const auto& e : s.annotations.events) {
    if (!inside(e.in, e.range)) return false;
  }
  return true;
}

}  // namespace

std::string encode(const StoredArticle& s) {
  std::string head, rest, packed;
  head.reserve(s.article.text.size() + 512);
  put_varint(head, s.content_hash);
  put_article(head, s.article);
  for (const auto& labels : s.labels) put_list(head, labels);
  put_annotations(rest, s.annotations);
  std::string out(1, static_cast<char>(kVersion));
  for (const std::string* piece : {&head, &rest}) {
    packed.clear();
    compress(*piece, packed);
    put_string(out, packed);
  }
  return out;
}

Result<StoredArticle> decode(std::string_view data) {
  const auto pieces = open(data);
  if (!pieces) return tl::unexpected(pieces.error());
  std::string head, rest;
  if (!decompress(pieces->head, head) || !decompress(pieces->annotations, rest)) return damaged();
  PackedReader in(head);
  StoredArticle s;
  Article& a = s.article;
  s.content_hash = in.varint();
  for (std::string* field : {&a.id, &a.title, &a.url, &a.source, &a.text}) *field = in.string();
  a.date = parse_date(in.string());
  a.authors = get_list(in);
  for (std::uint64_t n = in.varint(); n > 0 && in.ok(); --n) {
    std::string name(in.string());
    a.given.emplace(std::move(name), get_list(in));
  }
  a.extra = in.string();
  for (auto& labels : s.labels) labels = get_list(in);
  PackedReader more(rest);
  s.annotations = get_annotations(more);
  if (!in.ok() || !in.done() || !more.ok() || !more.done() || !ranges_inside(s)) return damaged();
  return s;
}

std::uint64_t hash_of(const Article& article, std::uint64_t seed) {
  std::string bytes;
  put_article(bytes, article);
  return fnv1a(bytes, seed);
}

Result<ArticleSummary> decode_summary(std::string_view data, std::string& buffer) {
  const auto pieces = open(data);
  if (!pieces) return tl::unexpected(pieces.error());
  if (!decompress(pieces->head, buffer)) return damaged();
  PackedReader in(buffer);
  ArticleSummary s;
  s.content_hash = in.varint();
  for (std::string_view* field : {&s.id, &s.title, &s.url, &s.source, &s.text}) *field = in.string();
  s.date = parse_date(in.string());
  get_list_views(in);  // authors
  for (std::uint64_t n = in.varint(); n > 0 && in.ok(); --n) {
    in.string();
    get_list_views(in);
  }
  in.string();  // extra
  for (auto& labels : s.labels) labels = get_list_views(in);
  if (!in.ok()) return damaged();
  return s;
}

}  // namespace depeche::schema
