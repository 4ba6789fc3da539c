#include "output/terminal.hh"

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

namespace depeche::output {
namespace {

bool is_mark(char c) {
  return (c >= kBold && c <= kPerson) || (c >= kPlace && c <= kAmount);
}

std::string_view escape_sequence(char mark) {
  switch (mark) {
    case kBold:
      return "\x1B[1m";
    case kDim:
      return "\x1B[2m";
    case kMatch:
      return "\x1B[1;4m";
    case kOrg:
      return "\x1B[34m";
    case kPerson:
      return "\x1B[33m";
    case kPlace:
      return "\x1B[36m";
    case kProduct:
      return "\x1B[35m";
    case kEvent:
      return "\x1B[31m";
    case kAmount:
      return "\x1B[32m";
    default:
      return "";
  }
}

std::size_t columns_of(UChar32 c) {
  if (c < 0x300) return c < 0x20 || (c >= 0x7F && c < 0xA0) ? 0 : 1;
  const auto type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const auto width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// Calls each(code point, bytes) for every character.
template <class Each>
void for_each_character(std::string_view text, Each&& each) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    const std::int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    each(c < 0 ? 0xFFFD : c, text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin)));
  }
}

// Breaks words into lines and carries open styles over their ends.
class Wrapper {
 public:
  Wrapper(std::size_t width, std::size_t max_lines)
      : width_(std::max<std::size_t>(width, 1)), max_lines_(max_lines) {}

  void add(std::string_view word) {
    if (full_) return;
    const std::size_t size = columns(word);
    if (used_ > 0 && used_ + 1 + size > width_) {
      if (!next_line()) return;
    } else if (used_ > 0) {
      put(" ", 1);
    }
    if (size <= width_) {
      put(word, size);
    } else {
      for_each_character(word, [&](UChar32 c, std::string_view bytes) {
        const std::size_t one = bytes.size() == 1 && is_mark(bytes[0]) ? 0 : columns_of(c);
        if (!full_ && (used_ + one <= width_ || next_line())) put(bytes, one);
      });
    }
  }

  std::vector<std::string> finish() {
    if (!full_ && used_ > 0) close_line();
    return std::move(lines_);
  }

 private:
  void put(std::string_view text, std::size_t size) {
    for (const char c : text) {
      if (c == kEnd) {
        if (!open_.empty()) open_.pop_back();
      } else if (is_mark(c)) {
        open_ += c;
      }
    }
    line_ += text;
    used_ += size;
  }

  void close_line() {
    line_.append(open_.size(), kEnd);
    lines_.push_back(std::move(line_));
    line_ = open_;
    used_ = 0;
  }

  bool next_line() {
    if (lines_.size() + 1 < max_lines_) return close_line(), true;
    // The last line that may be used: it ends in an ellipsis, for which a character may have to go.
    while (used_ + 1 > width_ || line_.ends_with(' ') || line_.ends_with(',')) {
      const auto cut = line_.find_last_of(' ');
      if (cut == line_.npos) break;
      line_.resize(cut);
      used_ = columns(line_);
    }
    line_ += "…";
    close_line();
    full_ = true;
    return false;
  }

  std::size_t width_, max_lines_, used_ = 0;
  bool full_ = false;
  std::string line_, open_;
  std::vector<std::string> lines_;
};

std::string to_ascii(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> latin(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
  icu::UnicodeString unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  if (U_SUCCESS(status)) latin->transliterate(unicode);
  std::string out;
  for (std::int32_t i = 0; i < unicode.length();) {
    const UChar32 c = unicode.char32At(i);
    i += U16_LENGTH(c);
    if (c < 0x80)
      out += static_cast<char>(c);
    else if (c >= 0x2581 && c <= 0x2588)
      out += c >= 0x2585 ? '#' : c >= 0x2583 ? '=' : '_';
    else if (c >= 0x2589 && c <= 0x258F)
      out += '|';
    else if (c == 0xB7 || c == 0x2022)
      out += '-';
    else if (c == 0x202F || c == 0xA0)
      out += ' ';
    else if (c == 0x20AC)
      out += "EUR";
    else
      out += '?';
  }
  return out;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto c = static_cast<unsigned char>(out[i]);
    if (c < 0x20 || c == 0x7F) {
      out[i] = ' ';
    } else if (c == 0xC2 && i + 1 < out.size() && static_cast<unsigned char>(out[i + 1]) < 0xA0) {
      out[i] = out[i + 1] = ' ';  // U+0080 to U+009F: eight-bit control sequences
    }
  }
  return out;
}

std::string marked(char mark, std::string_view text) {
  return mark + std::string(text) + kEnd;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for_each_character(text, [&](UChar32 c, std::string_view) { count += columns_of(c); });
  return count;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t max_lines) {
  Wrapper wrapper(width, max_lines);
  while (!text.empty()) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == text.npos) break;
    const auto end = text.find(' ', begin);
    wrapper.add(text.substr(begin, end == text.npos ? end : end - begin));
    text.remove_prefix(end == text.npos ? text.size() : end);
  }
  return wrapper.finish();
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t size = columns(text);
  if (size < width) text.append(width - size, ' ');
  return text;
}

std::string right_aligned(std::string text, std::size_t width) {
  const std::size_t size = columns(text);
  return size < width ? std::string(width - size, ' ') + text : text;
}

std::string spread(const std::string& left, const std::string& right, std::size_t width) {
  const std::size_t used = columns(left) + columns(right);
  return left + std::string(used < width ? width - used : 1, ' ') + right;
}

std::string bar(std::size_t eighths) {
  constexpr std::string_view kPartial[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  std::string out;
  for (std::size_t i = 0; i < eighths / 8; ++i) out += "█";
  return out.append(kPartial[eighths % 8]);
}

std::string finish(std::string_view text, const TextStyle& style) {
  std::string out, open;
  for (const char c : text) {
    if (!is_mark(c)) {
      out += c;
    } else if (style.colour && c != kEnd) {
      open += c;
      out += escape_sequence(c);
    } else if (style.colour && !open.empty()) {
      open.pop_back();
      out += "\x1B[0m";
      for (const char still : open) out += escape_sequence(still);
    }
  }
  return style.ascii ? to_ascii(out) : out;
}

}  // namespace depeche::output
