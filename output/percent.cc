#include "output/percent.hh"

#include <algorithm>

#include "core/utf8.hh"

namespace depeche::output {
namespace {

bool is_letter_or_digit(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string encoded(std::string_view text, std::string_view kept, bool plus) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char ch : text) {
    const auto c = static_cast<unsigned char>(ch);
    if (is_letter_or_digit(c) || kept.find(ch) != kept.npos) {
      out += ch;
    } else if (plus && c == ' ') {
      out += '+';
    } else {
      out += '%';
      out += kHex[c >> 4];
      out += kHex[c & 15];
    }
  }
  return out;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string encode_component(std::string_view text) {
  return encoded(text, "-._~:*!(),/", true);
}

std::string encode_path(std::string_view text) {
  const bool dots =
      text.starts_with('.') || text.starts_with('/') || text.find("/.") != text.npos || text.find("//") != text.npos;
  return encoded(text, dots ? "-._~:@!$'()*,;=" : "-._~:@!$()*,;=/", false);
}

std::string decode_percent(std::string_view text, bool plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += plus && text[i] == '+' ? ' ' : text[i];
    }
  }
  repair_utf8(out);
  return out;
}

Parameters parse_parameters(std::string_view query_string) {
  Parameters parameters;
  while (!query_string.empty()) {
    const auto end = query_string.find('&');
    const std::string_view piece = query_string.substr(0, end);
    query_string.remove_prefix(end == query_string.npos ? query_string.size() : end + 1);
    if (piece.empty()) continue;
    const auto equals = piece.find('=');
    const std::string_view value = equals == piece.npos ? std::string_view{} : piece.substr(equals + 1);
    parameters.emplace_back(decode_percent(piece.substr(0, equals), true), decode_percent(value, true));
  }
  return parameters;
}

bool is_web_link(std::string_view url) {
  const auto scheme_end = url.find("://");
  if (scheme_end == url.npos) return false;
  std::string scheme(url.substr(0, scheme_end));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  if (scheme != "http" && scheme != "https") return false;
  const std::string_view rest = url.substr(scheme_end + 3);
  const bool odd = std::any_of(url.begin(), url.end(), [](unsigned char c) {
    return c <= ' ' || c == 0x7F || c == '\\' || c == '"' || c == '<' || c == '>';
  });
  return !odd && !rest.empty() && rest[0] != '/' && rest[0] != '?' && rest[0] != '#' && is_valid_utf8(url);
}

}  // namespace depeche::output
