#include "text/fold.hh"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <memory>

#include "text/chars.hh"

namespace depeche::text {
namespace {

enum class Form { kNfc, kNfkc };

// Well-formed text in the given form; ill-formed bytes become U+FFFD.
icu::UnicodeString normalised(std::string_view text, Form form) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* normalizer =
      form == Form::kNfc ? icu::Normalizer2::getNFCInstance(error) : icu::Normalizer2::getNFKCInstance(error);
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  if (U_FAILURE(error)) return source;
  icu::UnicodeString result;
  normalizer->normalize(source, result, error);
  return U_FAILURE(error) ? source : result;
}

bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == U'’' || c == U'‘' || c == U'ʼ' || c == U'′' || c == U'`' || c == U'´';
}

template <class Visit>
void for_each_code_point(const icu::UnicodeString& text, Visit visit) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) visit(static_cast<char32_t>(text.char32At(i)));
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_code_point(normalised(text, Form::kNfkc), [&](char32_t c) {
    if (is_apostrophe(c)) {
      out.push_back('\'');
    } else {
      append_folded(out, c);
    }
  });
  return out;
}

std::string value_key(std::string_view label) {
  std::string out;
  bool border = false;
  for_each_code_point(normalised(label, Form::kNfkc), [&](char32_t c) {
    if (is_mark(c)) return append_folded(out, c);
    if (!is_word_char(c)) {
      border = true;
      return;
    }
    if (border && !out.empty()) out.push_back('-');
    border = false;
    append_folded(out, c);
  });
  return out.empty() ? std::string(label) : out;
}

std::string value_identity(std::string_view label) {
  std::string identity = value_key(label);
  for (const char c : label) {
    if (c == '+' || c == '#') identity += c;
  }
  return identity;
}

std::string with_small_initial(std::string_view word) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
  int32_t at = 0;
  UChar32 first = U_SENTINEL;
  if (!word.empty()) U8_NEXT(bytes, at, static_cast<int32_t>(word.size()), first);
  if (first < 0) return std::string(word);
  std::string out;
  append_utf8(out, to_lower(static_cast<char32_t>(first)));
  return out.append(word.substr(static_cast<std::size_t>(at)));
}

std::string clean_label(std::string_view label) {
  std::string out;
  out.reserve(label.size());
  bool border = false;
  for_each_code_point(normalised(label, Form::kNfc), [&](char32_t c) {
    if (is_blank(c)) {
      border = true;
      return;
    }
    if (border && !out.empty()) out.push_back(' ');
    border = false;
    append_utf8(out, c);
  });
  return out;
}

std::string collation_key(std::string_view label) {
  thread_local const std::unique_ptr<icu::Collator> collator = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale::getFrench(), error));
    if (U_FAILURE(error)) made.reset();
    if (made) made->setStrength(icu::Collator::TERTIARY);
    return made;
  }();
  if (!collator) return fold(label);
  const auto source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(label.data(), static_cast<int32_t>(label.size())));
  const int32_t size = collator->getSortKey(source, nullptr, 0);
  std::string key(static_cast<std::size_t>(size), '\0');
  collator->getSortKey(source, reinterpret_cast<uint8_t*>(key.data()), size);
  if (!key.empty()) key.pop_back();  // the closing zero
  return key;
}

}  // namespace depeche::text
