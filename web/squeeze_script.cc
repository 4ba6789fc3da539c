// Run while building: a script of ours without comments and the blanks that nothing needs.
//   squeeze_script < app.js > app.min.js
// Strings, templates and regular expressions stay as they are. A line break stays where a statement may end, so that
// what the language makes of it does not change. Not a general tool: no template inside a template's braces.
#include <algorithm>
#include <cctype>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' || (c & 0x80) != 0;
}

bool is_one_of(char c, std::string_view set) {
  return set.find(c) != set.npos;
}

// The end of what begins at `begin` with a quote, a back quote or the slash of a regular expression.
std::size_t end_of_literal(std::string_view source, std::size_t begin) {
  const char quote = source[begin];
  bool in_class = false;  // a slash between brackets does not end a regular expression
  for (std::size_t i = begin + 1; i < source.size(); ++i) {
    if (source[i] == '\\')
      ++i;
    else if (quote == '/' && is_one_of(source[i], "[]"))
      in_class = source[i] == '[';
    else if (source[i] == quote && !in_class)
      return i + 1;
  }
  return source.size();
}

class Squeezer {
 public:
  explicit Squeezer(std::string_view source) : source_(source) {}

  std::string run() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (std::isspace(static_cast<unsigned char>(c)) != 0) {
        blank_ = true;
        newline_ = newline_ || c == '\n';
        ++at_;
      } else if (source_.substr(at_).starts_with("//")) {
        at_ = std::min(source_.find('\n', at_), source_.size());
      } else if (source_.substr(at_).starts_with("/*")) {
        at_ = std::min(source_.find("*/", at_), source_.size() - 2) + 2;
        blank_ = true;
      } else {
        put(is_one_of(c, "'\"`") || (c == '/' && begins_expression()) ? end_of_literal(source_, at_) : at_ + 1);
      }
    }
    return out_ + "\n";
  }

 private:
  bool begins_expression() const { return out_.empty() || is_one_of(out_.back(), "(,=:[!&|?{};"); }

  void put(std::size_t end) {
    if (!out_.empty() && blank_) {
      const char before = out_.back(), after = source_[at_];
      const bool same_sign = before == after && is_one_of(after, "+-");
      if (newline_ && !is_one_of(before, "{[(,;=>&|?:+-*") && !is_one_of(after, "}]),;?:.&|"))
        out_ += '\n';
      else if ((is_word(before) && is_word(after)) || same_sign)
        out_ += ' ';
    }
    blank_ = newline_ = false;
    if (source_[at_] == '}' && out_.ends_with(';')) out_.pop_back();
    if (source_.substr(at_).starts_with("=>")) bare_parameter();
    out_ += source_.substr(at_, end - at_);
    at_ = end;
  }

  // "(x)" before "=>" → "x"; after a word, as in "async (x)", the brackets stand in for the blank.
  void bare_parameter() {
    const auto open = out_.rfind('(');
    if (!out_.ends_with(')') || open == out_.npos || open + 2 >= out_.size()) return;
    const std::string_view inside = std::string_view(out_).substr(open + 1, out_.size() - open - 2);
    if (!std::all_of(inside.begin(), inside.end(), is_word) || (open > 0 && is_word(out_[open - 1]))) return;
    out_ = out_.substr(0, open) + std::string(inside);
  }

  std::string_view source_;
  std::string out_;
  std::size_t at_ = 0;
  bool blank_ = false, newline_ = false;
};

}  // namespace

int main() {
  const std::string source((std::istreambuf_iterator<char>(std::cin)), {});
  std::cout << Squeezer(source).run();
}
