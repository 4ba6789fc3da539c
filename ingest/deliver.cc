#include "ingest/deliver.hh"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/hash.hh"
#include "core/utf8.hh"
#include "ingest/ascii.hh"

namespace depeche::ingest {
namespace {

constexpr std::size_t kKeptOfLongIds = 200;

// Stored as part of ids: never to be changed.
class Hash {
 public:
  Hash& add(std::string_view bytes) {
    value_ = fnv1a(bytes, value_) * kFnvPrime;  // the factor is a border between fields
    return *this;
  }
  std::string hex() const { return hex64(value_); }

 private:
  std::uint64_t value_ = kFnvStart;
};

}  // namespace

std::string bounded_id(std::string id) {
  if (id.size() <= kMaxIdBytes) return id;
  return std::string(utf8_prefix(id, kKeptOfLongIds)) + "-" + Hash().add(id).hex();
}

std::string content_id(const Article& article) {
  Hash hash;
  hash.add(article.title).add(article.text).add(article.source);
  hash.add(article.date ? to_iso(*article.date, true) : std::string());
  return "content-" + hash.hex();
}

bool has_letter_or_digit(std::string_view text) {
  for (const char c : text) {
    if (is_ascii_alnum(c)) return true;
  }
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    if (c > 0x7F && u_isalnum(c) != 0) return true;
  }
  return false;
}

void deliver(Article&& article, std::string_view path_id, std::string_view where, ArticleSink& sink) {
  if (!has_letter_or_digit(article.title) && !has_letter_or_digit(article.text)) {
    return sink.reject(where, "the article is empty: neither title nor text has a letter or digit");
  }
  if (article.id.empty()) article.id = article.url;
  if (article.id.empty()) article.id = path_id;
  if (article.id.empty()) article.id = content_id(article);
  article.id = bounded_id(std::move(article.id));
  sink.article(std::move(article), where);
}

std::string normal_label(std::string_view label) {
  label = trim_blanks(label);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  const icu::StringPiece piece(label.data(), static_cast<std::int32_t>(label.size()));
  if (U_FAILURE(status) || nfc->isNormalizedUTF8(piece, status) != 0) return std::string(label);
  std::string out;
  icu::StringByteSink<std::string> bytes(&out);
  nfc->normalizeUTF8(0, piece, bytes, nullptr, status);
  return U_SUCCESS(status) ? out : std::string(label);
}

void append_json_string(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, i - from);
    from = i + 1;
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15U];
    }
  }
  out.append(text, from, std::string_view::npos);
  out += '"';
}

void add_extra_json(std::string& extra, std::string_view key, std::string_view json) {
  if (!extra.empty()) extra += ',';
  append_json_string(key, extra);
  extra += ':';
  extra += json;
}

void add_extra(std::string& extra, std::string_view key, std::string_view value) {
  if (!extra.empty()) extra += ',';
  append_json_string(key, extra);
  extra += ':';
  append_json_string(value, extra);
}

}  // namespace depeche::ingest
