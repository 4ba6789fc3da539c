#include "ingest/html_prescan.hh"

#include <algorithm>
#include <array>
#include <cstdint>

#include "ingest/ascii.hh"

namespace depeche::ingest {
namespace {

constexpr std::size_t kMaxDepth = 1000;
constexpr std::size_t kMaxTags = 400'000;         // half a kilobyte of memory each
constexpr std::size_t kMaxAttributes = 2'000;     // of one tag; each is compared with all before it
constexpr std::size_t kMaxRepeated = 16'000'000;  // open formatting elements times tags

constexpr auto kNeverClosed = std::to_array<std::string_view>(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
     // Closed by what follows them, and often left open.
     "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup"});
constexpr auto kFormatting = std::to_array<std::string_view>(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"});
// Elements whose content is no markup.
constexpr auto kRaw = std::to_array<std::string_view>({"script", "style", "textarea", "title", "noscript", "iframe"});

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

class Prescan {
 public:
  explicit Prescan(std::string_view html) : html_(html) {
    std::size_t at = html.find('<');
    while (at != std::string_view::npos && at + 1 < html.size())
      at = html.find('<', std::max(read_markup(at), at + 1));
    reduced_.append(html.substr(copied_));
  }

  std::string take_reduced() { return std::move(reduced_); }
  bool is_too_deep() const { return max_depth_ > kMaxDepth; }
  bool has_too_many() const { return tags_ > kMaxTags || max_attributes_ > kMaxAttributes; }
  bool repeats_too_much() const { return max_formatting_ > 64 && max_formatting_ * tags_ > kMaxRepeated; }

 private:
  // Reads what begins with the "<" at `at`; returns a place behind its name, or behind all of it where that is known.
  std::size_t read_markup(std::size_t at) {
    if (html_.substr(at, 4) == "<!--") return read_comment(at);
    const bool closing = html_[at + 1] == '/';
    const std::size_t begin = at + (closing ? 2 : 1);
    std::size_t end = begin;
    while (end < html_.size() && (is_ascii_alnum(html_[end]) || html_[end] == '-')) ++end;
    if (end == begin) return end;
    const std::string name = to_lower_ascii(html_.substr(begin, std::min<std::size_t>(end - begin, 16)));
    ++tags_;
    const std::size_t close = tag_end(end);
    if (closing) {
      leave(name);
    } else if (contains(kRaw, name)) {
      return read_raw(name, end, close);
    } else if (!contains(kNeverClosed, name)) {
      enter(name, html_[close - 1] == '/');
    }
    return close;
  }

  // The ">" of a tag, past those in quoted values, or the end of the page.
  std::size_t tag_end(std::size_t at) {
    std::size_t attributes = 0;
    for (; at < html_.size() && html_[at] != '>'; ++at) {
      attributes += is_blank(html_[at]) || html_[at] == '/' ? 1 : 0;
      if (html_[at] == '=' && at + 1 < html_.size() && (html_[at + 1] == '"' || html_[at + 1] == '\'')) {
        at = std::min(html_.find(html_[at + 1], at + 2), html_.size() - 1);
      }
    }
    max_attributes_ = std::max(max_attributes_, attributes);
    return at;
  }

  std::size_t read_comment(std::size_t at) {
    for (const std::string_view empty : {"<!-->", "<!--->"}) {
      if (html_.substr(at, empty.size()) == empty) return at + empty.size();
    }
    const std::size_t close = html_.find("-->", at + 4);
    const std::size_t end = close == std::string_view::npos ? html_.size() : close + 3;
    drop(at, end);
    return end;
  }

  // `end` is behind the name of the opening tag, `content` at its ">". Stops at the closing tag.
  std::size_t read_raw(const std::string& name, std::size_t end, std::size_t content) {
    if (name == unclosed_) return content;
    const std::string stop = "</" + name;
    const auto found = std::search(html_.begin() + static_cast<std::ptrdiff_t>(content), html_.end(), stop.begin(),
                                   stop.end(), [](char a, char b) { return to_lower_ascii(a) == b; });
    if (found == html_.end()) {
      unclosed_ = name;  // not looked for again
      return content;
    }
    const auto close = static_cast<std::size_t>(found - html_.begin());
    const std::string_view tag = html_.substr(end, content - end);
    const bool is_data = tag.find("json") != std::string_view::npos && tag.find("ld") != std::string_view::npos;
    if (close > content && (name == "style" || (name == "script" && !is_data))) drop(content + 1, close);
    return close + stop.size();
  }

  void enter(const std::string& name, bool is_empty) {
    const bool is_formatting = contains(kFormatting, name);
    if (is_empty && !is_formatting && name != "div") return;
    max_depth_ = std::max(max_depth_, ++depth_);
    if (is_formatting) max_formatting_ = std::max(max_formatting_, ++formatting_);
  }

  void leave(const std::string& name) {
    if (contains(kNeverClosed, name) || contains(kRaw, name)) return;
    depth_ -= depth_ > 0 ? 1 : 0;
    if (formatting_ > 0 && contains(kFormatting, name)) --formatting_;
  }

  void drop(std::size_t begin, std::size_t end) {
    reduced_.append(html_.substr(copied_, begin - copied_));
    copied_ = end;
  }

  std::string_view html_;
  std::string reduced_;
  std::size_t copied_ = 0;  // what is in reduced_ already, or was dropped
  std::string unclosed_;
  std::size_t tags_ = 0;
  std::size_t max_attributes_ = 0;
  std::size_t depth_ = 0;
  std::size_t max_depth_ = 0;
  std::size_t formatting_ = 0;
  std::size_t max_formatting_ = 0;
};

}  // namespace

Result<std::string> prescan_html(std::string_view html) {
  Prescan prescan(html);
  if (prescan.is_too_deep()) return failure(ErrorCode::kBadRecord, "the page is nested too deeply");
  if (prescan.has_too_many()) return failure(ErrorCode::kBadRecord, "the page has too many elements or attributes");
  if (prescan.repeats_too_much()) {
    return failure(ErrorCode::kBadRecord, "the page leaves too many formatting elements open");
  }
  return prescan.take_reduced();
}

}  // namespace depeche::ingest
