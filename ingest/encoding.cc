#include "ingest/encoding.hh"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "core/utf8.hh"
#include "ingest/ascii.hh"

namespace depeche::ingest {
namespace {

constexpr std::string_view kBom8 = "\xEF\xBB\xBF";
constexpr std::string_view kLatin = "windows-1252";
constexpr std::size_t kDetectSize = 64 << 10;

std::string decode(std::string_view bytes, const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(bytes.size(), INT32_MAX / 4));
  std::string out(static_cast<std::size_t>(size) * 3 + 16, '\0');
  const std::int32_t made = ucnv_convert("UTF-8", encoding.c_str(), out.data(), static_cast<std::int32_t>(out.size()),
                                         bytes.data(), size, &status);
  if (U_FAILURE(status)) return {};
  out.resize(static_cast<std::size_t>(made));
  return out;
}

// How the bytes beyond ASCII read as UTF-8, and whether those that do not would be letters and quotes in
// Windows-1252.
struct HighBytes {
  std::size_t sequences = 0;  // well-formed
  std::size_t broken = 0;
  std::size_t broken_french = 0;
};

bool is_french_in_latin(unsigned char c) {
  // Letters of French, quotes, dash, ellipsis, apostrophe, euro, œ, no-break space and degree sign.
  constexpr std::string_view kFrench =
      "\xE0\xE2\xE4\xE6\xE7\xE8\xE9\xEA\xEB\xEE\xEF\xF4\xF6\xF9\xFB\xFC\xC0\xC2\xC7\xC8\xC9\xCA\xCB\xCE\xCF\xD4\xD9"
      "\xDB"
      "\xAB\xBB\x80\x85\x8C\x91\x92\x93\x94\x96\x97\x9C\xA0\xA4\xB0\xBD";
  return kFrench.find(static_cast<char>(c)) != std::string_view::npos;
}

HighBytes count_high_bytes(std::string_view bytes) {
  HighBytes count;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c < 0x80) continue;
    const std::size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (is_valid_utf8(bytes.substr(i, length)) && i + length <= bytes.size()) {
      ++count.sequences;
      i += length - 1;
    } else {
      ++count.broken;
      count.broken_french += is_french_in_latin(c) ? 1 : 0;
    }
  }
  return count;
}

// The currency sign and the fraction one half stand where ISO-8859-15 has the euro and the œ of French text.
bool is_latin9(std::string_view bytes) {
  bool has_new_letters = false;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 && byte < 0xA0) return false;  // quotes and dashes of Windows-1252
    has_new_letters = has_new_letters || byte == 0xA4 || byte == 0xBD;
  }
  return has_new_letters;
}

// Empty when ICU is not sure.
std::string detect(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status), &ucsdet_close);
  if (U_FAILURE(status)) return {};
  const auto size = static_cast<std::int32_t>(std::min(bytes.size(), kDetectSize));
  ucsdet_setText(detector.get(), bytes.data(), size, &status);
  ucsdet_enableInputFilter(detector.get(), 1);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr || ucsdet_getConfidence(match, &status) < 30) return {};
  const std::string name = encoding_from_label(ucsdet_getName(match, &status));
  return name == "UTF-8" ? std::string() : name;
}

// The encoding of bytes that are no UTF-8; empty when they are UTF-8 all the same, damaged.
std::string legacy_encoding(std::string_view bytes, std::string_view declared) {
  const HighBytes high = count_high_bytes(bytes);
  if (bytes.starts_with(kBom8) || high.sequences > high.broken * 4) return {};
  std::string encoding = encoding_from_label(declared);
  if (!encoding.empty() && encoding != "UTF-8") return encoding;
  if (high.broken > high.sequences && high.broken_french * 10 >= high.broken * 8) {
    return is_latin9(bytes) ? "iso-8859-15" : std::string(kLatin);
  }
  constexpr std::size_t kEnoughToDetect = 16;
  return high.sequences == 0 && high.broken >= kEnoughToDetect ? detect(bytes) : std::string();
}

}  // namespace

std::string_view skip_bom(std::string_view bytes) {
  if (bytes.starts_with(kBom8)) bytes.remove_prefix(kBom8.size());
  return bytes;
}

bool has_utf16_form(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
  const std::string_view head = bytes.substr(0, 512);
  if (head.size() < 16) return false;
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0' ? 1 : 0;
  const std::size_t many = head.size() / 2 * 8 / 10;
  return (zeros[0] >= many && zeros[1] == 0) || (zeros[1] >= many && zeros[0] == 0);
}

std::string decode_utf16(std::string_view bytes) {
  bool big_endian = bytes.size() >= 2 && bytes[0] == '\0';
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    big_endian = bytes[0] == '\xFE';
    bytes.remove_prefix(2);
  }
  return decode(bytes, big_endian ? "UTF-16BE" : "UTF-16LE");
}

std::string encoding_from_label(std::string_view label) {
  label = trim_blanks(label);
  while (!label.empty() && (label.front() == '"' || label.front() == '\'')) label.remove_prefix(1);
  label = trim_blanks(label.substr(0, label.find_first_of("\"';,")));
  const std::string name = to_lower_ascii(label);
  constexpr std::array<std::string_view, 10> kLatinLabels{
      "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "us-ascii", "ascii", "cp1252", "x-ansi", "l1"};
  if (std::find(kLatinLabels.begin(), kLatinLabels.end(), name) != kLatinLabels.end()) return std::string(kLatin);
  if (name == "utf8" || name == "utf-8" || name == "x-unicode20utf8" || name == "unicode-1-1-utf-8") return "UTF-8";
  // A page that says UTF-16 in ASCII letters cannot be that.
  if (name.starts_with("utf-16") || name.starts_with("utf-32")) return "UTF-8";
  if (name.empty() || name.size() > 40) return {};
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(name.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status)) return {};
  // Stateful and non-ASCII encodings (UTF-7, EBCDIC, …) only serve to smuggle.
  const UConverterType type = ucnv_getType(converter.get());
  const bool is_plain = type == UCNV_SBCS || type == UCNV_DBCS || type == UCNV_MBCS || type == UCNV_LATIN_1;
  std::array<char, 2> letter{};
  const std::int32_t same = ucnv_convert("US-ASCII", name.c_str(), letter.data(), 2, "<", 1, &status);
  if (!is_plain || U_FAILURE(status) || same != 1 || letter[0] != '<') return {};
  return name;
}

std::string to_utf8(std::string_view bytes, std::string_view declared) {
  if (has_utf16_form(bytes)) return decode_utf16(bytes);
  if (is_valid_utf8(bytes)) return std::string(skip_bom(bytes));
  const std::string encoding = legacy_encoding(bytes, declared);
  if (!encoding.empty()) {
    std::string decoded = decode(bytes, encoding);
    if (!decoded.empty() && is_valid_utf8(decoded)) return decoded;
  }
  std::string repaired(skip_bom(bytes));
  repair_utf8(repaired);
  return repaired;
}

}  // namespace depeche::ingest
