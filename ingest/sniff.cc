#include "ingest/sniff.hh"

#include <algorithm>
#include <array>
#include <string>

#include "ingest/ascii.hh"
#include "ingest/encoding.hh"
#include "ingest/unpack.hh"

namespace depeche::ingest {
namespace {

struct Magic {
  std::string_view bytes;
  std::string_view what;
};
constexpr std::array<Magic, 13> kForeign{{{"%PDF-", "a PDF file"},
                                          {"\x89PNG", "a PNG image"},
                                          {"\xff\xd8\xff", "a JPEG image"},
                                          {"GIF8", "a GIF image"},
                                          {"RIFF", "a media file"},
                                          {"\x7f"
                                           "ELF",
                                           "a program"},
                                          {"MZ\x90", "a program"},
                                          {"BZh9", "bzip2 data, which is not read"},
                                          {"\xfd"
                                           "7zXZ",
                                           "xz data, which is not read"},
                                          {"7z\xbc\xaf", "a 7z archive, which is not read"},
                                          {"\xd0\xcf\x11\xe0", "an office document"},
                                          {"SQLite format 3", "a database"},
                                          {"{\\rtf", "an RTF document"}}};

// Elements that begin a page or a piece of one. Anything else after "<" is some other XML.
constexpr std::array<std::string_view, 40> kHtmlTags{
    "html", "head",   "body",  "title", "meta",  "link", "base",    "script",  "style",  "div",
    "p",    "span",   "main",  "nav",   "h1",    "h2",   "h3",      "header",  "footer", "article",
    "a",    "img",    "table", "ul",    "ol",    "b",    "i",       "strong",  "em",     "br",
    "hr",   "figure", "pre",   "form",  "aside", "font", "section", "picture", "center", "blockquote"};

bool is_name_char(char c) {
  return is_ascii_alnum(c) || c == ':' || c == '-' || c == '_';
}

// The first element's name in lower case, past declarations, comments and processing instructions; "!doctype html"
// counts as html. Empty when what comes first is no tag.
std::string first_tag(std::string_view text) {
  while (true) {
    text = trim_blanks(text);
    if (text.size() < 2 || text.front() != '<') return {};
    std::size_t end = std::string_view::npos;
    if (text.starts_with("<?")) {
      end = text.find("?>");
      end = end == std::string_view::npos ? end : end + 2;
    } else if (text.starts_with("<!--")) {
      end = text.find("-->");
      end = end == std::string_view::npos ? end : end + 3;
    } else if (text[1] == '!') {
      if (starts_with_no_case(text, "<!doctype html")) return "html";
      // An internal subset has tags of its own between brackets.
      end = text.find_first_of("[>");
      if (end != std::string_view::npos && text[end] == '[') end = text.find("]>", end);
      end = end == std::string_view::npos ? end : text.find('>', end) + 1;
    } else {
      std::size_t stop = 1;
      while (stop < text.size() && is_name_char(text[stop])) ++stop;
      return to_lower_ascii(text.substr(1, stop - 1));
    }
    if (end == std::string_view::npos || end == 0) return {};
    text.remove_prefix(end);
  }
}

// The name without prefix: "rdf:RDF" and "atom:feed" are what they are in any spelling.
std::string_view local_name(std::string_view name) {
  return name.substr(name.find(':') + 1);
}

std::string_view plain_name(std::string_view name) {
  if (ends_with_no_case(name, ".gz")) name.remove_suffix(3);
  if (ends_with_no_case(name, ".zst")) name.remove_suffix(4);
  return name;
}

bool looks_like_json_object(std::string_view text) {
  if (text.empty() || text.front() != '{') return false;
  text = trim_blanks(text.substr(1));
  return text.empty() || text.front() == '"' || text.front() == '}';
}

Error foreign(std::string_view what) {
  return {ErrorCode::kBadRecord, "is " + std::string(what) + ", not an article"};
}

Result<Format> by_tag(const std::string& tag, bool is_page_name) {
  const std::string_view local = local_name(tag);
  if (local == "rss" || local == "rdf" || local == "feed") return Format::kFeed;
  if (is_page_name || std::find(kHtmlTags.begin(), kHtmlTags.end(), tag) != kHtmlTags.end()) return Format::kHtml;
  return tl::unexpected<Error>(foreign("XML with the root <" + tag + ">"));
}

}  // namespace

Packing sniff_packing(std::string_view head) {
  if (is_gzip(head)) return Packing::kGzip;
  if (is_zstd(head)) return Packing::kZstd;
  if (head.starts_with(std::string_view("PK\3\4")) || head.starts_with("PK\5\6")) return Packing::kZip;
  if (head.size() >= 262 && head.substr(257, 5) == "ustar") return Packing::kTar;
  return Packing::kNone;
}

Result<Format> sniff_format(std::string_view bytes, std::string_view name) {
  name = plain_name(name);
  const bool is_page_name = ends_with_no_case(name, ".html") || ends_with_no_case(name, ".htm");
  const std::string decoded = has_utf16_form(bytes) ? decode_utf16(bytes) : std::string();
  const std::string_view head = trim_blanks(skip_bom(decoded.empty() ? bytes : std::string_view(decoded)));

  for (const Magic& magic : kForeign) {
    if (head.starts_with(magic.bytes)) return tl::unexpected<Error>(foreign(magic.what));
  }
  if (head.starts_with("WARC/")) return Format::kWarc;
  if (looks_like_json_object(head)) return Format::kJsonl;
  const std::string tag = first_tag(head);
  if (!tag.empty()) return by_tag(tag, is_page_name);
  if (ends_with_no_case(name, ".jsonl")) return Format::kJsonl;
  if (head.find('\0') != std::string_view::npos) return tl::unexpected<Error>(foreign("binary data"));
  if (is_page_name) return Format::kHtml;
  if (ends_with_no_case(name, ".txt") || name.empty()) return Format::kTxt;
  for (const std::string_view ending : {".xml", ".rss", ".rdf", ".atom"}) {
    if (ends_with_no_case(name, ending)) {
      return failure(ErrorCode::kBadRecord, head.empty() ? "is empty" : "is no feed: it does not begin with a tag");
    }
  }
  if (ends_with_no_case(name, ".warc")) return failure(ErrorCode::kBadRecord, "is no WARC file");
  if (ends_with_no_case(name, ".tar") || ends_with_no_case(name, ".zip")) {
    return failure(ErrorCode::kBadRecord, "is no archive");
  }
  return Format::kTxt;
}

}  // namespace depeche::ingest
