// Text for a terminal: columns, wrapping, and the few styles of ours. Styles stand in the text as marks that take no
// column; finish() turns them into escape sequences or takes them out. Text of articles goes through printable()
// first, so that none of it can reach the terminal as a control sequence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace depeche::output {

struct TextStyle {
  int width = 80;         // columns; render functions keep it between 40 and 120
  bool colour = false;    // escape sequences for bold, dim, underline and the colours of the types
  bool ascii = false;     // the locale cannot show UTF-8
  bool terminal = false;  // a person looks at it: bars are drawn
};

// Marks, each one byte; kEnd ends the innermost.
inline constexpr char kBold = '\x01', kDim = '\x02', kMatch = '\x03', kEnd = '\x04';
inline constexpr char kOrg = '\x05', kPerson = '\x06', kPlace = '\x0E', kProduct = '\x0F', kEvent = '\x10',
                      kAmount = '\x11';

// Control characters become blanks, byte for byte: offsets stay right.
std::string printable(std::string_view text);
std::string marked(char mark, std::string_view text);  // mark + text + kEnd

// Columns that the text takes: wide characters two, combining ones and marks none.
std::size_t columns(std::string_view text);
// Lines of at most `width` columns, cut at blanks (a word that is longer, inside). A style that is open at the end of
// a line is closed there and opened again on the next. At most `max_lines`, the last one then ends in "…".
std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t max_lines = SIZE_MAX);
std::string padded(std::string text, std::size_t width);         // blanks at the right
std::string right_aligned(std::string text, std::size_t width);  // blanks at the left
// `left` and `right` at the two ends of a line; a blank between them where there is no room.
std::string spread(const std::string& left, const std::string& right, std::size_t width);

// A bar of `eighths` eighths of a column: "██▌".
std::string bar(std::size_t eighths);
// Marks → escape sequences or nothing; with `ascii`, every character outside ASCII → its nearest likeness.
std::string finish(std::string_view text, const TextStyle& style);

}  // namespace depeche::output
