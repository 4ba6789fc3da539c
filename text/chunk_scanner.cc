#include "text/chunk_scanner.hh"

#include <algorithm>
#include <cstdint>

#include "text/byte_class.hh"
#include "text/entities.hh"

namespace depeche::text {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Parts chunks, or ends the text.
bool is_border(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  const ByteClass kind = see(text, at).kind;
  return kind == ByteClass::kBlank || kind == ByteClass::kPoint;
}

bool is_scheme_end(std::string_view text, std::size_t at) {
  return text.substr(at, 3) == "://";
}

std::size_t letters_end(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + kMaxChunkBytes);
  while (at < limit) {
    const SeenChar seen = see(text, at);
    if (seen.kind != ByteClass::kLetter) break;
    at += seen.size;
  }
  return at;
}

// The length of the apostrophe at `at`, ' or ’; else 0.
std::size_t apostrophe_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '\'') return 1;
  return text.substr(at, 3) == "\xE2\x80\x99" ? 3 : 0;
}

// Elisions that need no second look: before a vowel; l'… d'… s'… before anything.
bool is_plain_elision(std::string_view prefix, char next) {
  const auto lower = [](char c) { return static_cast<char>(c | 0x20); };
  if (prefix.size() == 2) return lower(prefix[0]) == 'q' && lower(prefix[1]) == 'u';
  if (prefix.size() != 1) return false;
  switch (lower(prefix[0])) {
    case 'l':
    case 'd':
    case 's':
    case 'j':
      return next != '\0';
    case 'n':
    case 'm':
    case 't':
    case 'c':
      return std::string_view("aeiouyh").find(lower(next)) != std::string_view::npos;
    default:
      return false;
  }
}

// "S.A.": the last point belongs to the word.
bool ends_like_acronym(std::string_view text, std::size_t begin, std::size_t end) {
  if (end - begin < 4) return false;
  std::size_t letter = end - 2;
  while (letter > begin && is_continuation(text[letter])) --letter;
  if (see(text, letter).kind != ByteClass::kLetter || letter == begin) return false;
  return text[letter - 1] == '.' || (text[letter - 1] == '-' && letter > begin + 1 && text[letter - 2] == '.');
}

std::size_t trimmed_end(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin + 1 && text[end - 1] == '.' && !ends_like_acronym(text, begin, end)) --end;
  return end;
}

bool is_digit(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

// How far the character at `at` carries a mixed chunk on; 0 when it ends there.
std::size_t mixed_step(std::string_view text, std::size_t begin, std::size_t at, bool& address) {
  const SeenChar seen = see(text, at);
  if (seen.kind == ByteClass::kBlank) return 0;
  if (text[at] == '&') return std::max<std::size_t>(1, html_entity_at(text.substr(at, kMaxEntityBytes)).length);
  if (seen.kind != ByteClass::kPoint) return seen.size;
  if (is_scheme_end(text, at)) {
    address = true;
    return 3;
  }
  if (text[at] == ',' && at > begin && is_digit(text, at - 1) && is_digit(text, at + 1)) return 1;
  constexpr std::string_view kNotInAddress = "<>\"()[]{},;|*^\\!";
  return address && seen.size == 1 && kNotInAddress.find(text[at]) == std::string_view::npos ? 1 : 0;
}

std::size_t mixed_end(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  bool address = false;
  while (at < text.size() && at - begin < kMaxChunkBytes) {
    const std::size_t step = mixed_step(text, begin, at, address);
    if (step == 0) break;
    at += step;
  }
  at = std::min(at, text.size());
  if (at - begin < kMaxChunkBytes) return trimmed_end(text, begin, at);
  while (at < text.size() && at > begin + kMaxChunkBytes / 2 && is_continuation(text[at])) --at;
  return at;
}

// Is the point at `at` the beginning of a name (".NET") and not the end of something?
bool begins_name(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || (at > 0 && text[at - 1] == '.')) return false;
  const ByteClass next = see(text, at + 1).kind;
  return next == ByteClass::kLetter || next == ByteClass::kDigit;
}

std::size_t chunk_begin(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const SeenChar seen = see(text, at);
    const bool apart = seen.kind == ByteClass::kBlank || seen.kind == ByteClass::kPoint;
    if (!apart && (text[at] != '.' || begins_name(text, at))) break;
    at += seen.size;
  }
  return at;
}

}  // namespace

Chunk next_chunk(std::string_view text, std::size_t from) {
  const std::size_t begin = chunk_begin(text, from);
  if (begin >= text.size()) return {text.size(), text.size(), false};
  const std::size_t end = letters_end(text, begin);
  if (end > begin) {
    if (is_border(text, end) && !is_scheme_end(text, end)) return {begin, end, false};
    if (text[end] == '.' && (is_border(text, end + 1) || text[end + 1] == '.')) return {begin, end, false};
    const std::size_t apostrophe = apostrophe_length(text, end);
    if (apostrophe > 0 && end - begin <= 2) {
      const char next = end + apostrophe < text.size() ? text[end + apostrophe] : '\0';
      if (is_plain_elision(text.substr(begin, end - begin), next)) return {begin, end + apostrophe, true};
    }
  }
  return {begin, std::max(mixed_end(text, begin), begin + 1), false};
}

}  // namespace depeche::text
