#include "ingest/jsonl.hh"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "ingest/ascii.hh"
#include "ingest/dates.hh"
#include "ingest/deliver.hh"
#include "ingest/encoding.hh"
#include "ingest/html.hh"
#include "ingest/jsonl_keys.hh"

namespace depeche::ingest {
namespace {

// The DOM interface: it picks the fastest code for the machine at run time, and validates all of a line.
namespace dom = simdjson::dom;
using simdjson::error_code;

// What is wrong with a line; empty while nothing is.
using Reason = std::string;

const JsonlName* find_name(std::string_view key) {
  const auto found =
      std::find_if(kJsonlNames.begin(), kJsonlNames.end(), [&](const JsonlName& n) { return n.name == key; });
  return found == kJsonlNames.end() ? nullptr : &*found;
}

Reason wrong_type(std::string_view key, std::string_view want) {
  return std::string("\"").append(key).append("\" is not ").append(want);
}
// Half of a surrogate pair, as programs write that cut strings in UTF-16: becomes U+FFFD. Changes nothing else.
void repair_surrogates(std::string& line) {
  const auto unit = [&](std::size_t at) -> int {
    if (at + 6 > line.size() || line[at] != '\\' || line[at + 1] != 'u') return -1;
    int value = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
      const char c = to_lower_ascii(line[i]);
      if (!is_ascii_digit(c) && (c < 'a' || c > 'f')) return -1;
      value = value * 16 + (is_ascii_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
  };
  for (std::size_t at = line.find('\\'); at != std::string::npos && at + 1 < line.size(); at = line.find('\\', at)) {
    const int value = unit(at);
    const int second = value >= 0xD800 && value < 0xDC00 ? unit(at + 6) : -1;
    if (second >= 0xDC00 && second < 0xE000) {
      at += 12;
    } else if (value >= 0xD800 && value < 0xE000) {
      line.replace(at, 6, "\\ufffd");
      at += 6;
    } else {
      at += 2;
    }
  }
}

void add_once(std::vector<std::string>& list, std::string label) {
  if (!label.empty() && std::find(list.begin(), list.end(), label) == list.end()) list.push_back(std::move(label));
}

}  // namespace

class JsonlParserImpl {
 public:
  void parse(const RawRecord& raw, ArticleSink& sink) {
    const bool wide = has_utf16_form(raw.bytes);
    const std::string decoded = wide ? decode_utf16(raw.bytes) : std::string();
    std::string_view rest = wide ? std::string_view(decoded) : raw.first_line == 1 ? skip_bom(raw.bytes) : raw.bytes;
    for (std::uint64_t number = raw.first_line; !rest.empty(); ++number) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = trim_blanks(rest.substr(0, end));
      const std::size_t behind = static_cast<std::size_t>(rest.data() + rest.size() - (line.data() + line.size()));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.empty()) continue;
      where_.assign(raw.where).append(":").append(std::to_string(number));
      parse_line(line, behind, sink);
    }
  }

 private:
  using Unknown = std::pair<std::string_view, dom::element>;

  // `behind` is the number of readable bytes after the line: simdjson reads past the end.
  void parse_line(std::string_view line, std::size_t behind, ArticleSink& sink) {
    dom::element root;
    error_code code = behind >= simdjson::SIMDJSON_PADDING ? parser_.parse(line.data(), line.size(), false).get(root)
                                                           : parse_copy(line, root);
    if (code == simdjson::UTF8_ERROR || code == simdjson::STRING_ERROR) {
      std::string repaired = to_utf8(line);
      repair_surrogates(repaired);
      code = parse_copy(repaired, root);
    }
    if (code != simdjson::SUCCESS) {
      return sink.reject(where_, std::string("is no valid JSON: ") + simdjson::error_message(code));
    }
    dom::object object;
    if (root.get(object) != simdjson::SUCCESS) return sink.reject(where_, "is no JSON object");
    if (const Reason reason = read_object(object); !reason.empty()) return sink.reject(where_, reason);
    deliver(std::move(article_), {}, where_, sink);
  }

  error_code parse_copy(std::string_view line, dom::element& root) {
    copy_.assign(line);
    copy_.resize(line.size() + simdjson::SIMDJSON_PADDING, ' ');
    return parser_.parse(copy_.data(), line.size(), false).get(root);
  }

  // Of a key that is there twice the last one counts, as in most readers of JSON.
  Reason read_object(const dom::object& object) {
    article_ = {};
    html_.clear();
    unknown_.clear();
    for (const dom::key_value_pair member : object) {
      key_ = member.key;
      if (const JsonlName* name = find_name(key_); name == nullptr) {
        keep_unknown(member.value);
      } else if (!member.value.is_null()) {
        if (Reason reason = read_member(*name, member.value); !reason.empty()) return reason;
      }
    }
    for (const auto& [key, value] : unknown_) add_extra_json(article_.extra, key, simdjson::minify(value));
    return finish();
  }

  void keep_unknown(const dom::element& value) {
    const auto found =
        std::find_if(unknown_.begin(), unknown_.end(), [&](const Unknown& u) { return u.first == key_; });
    if (found == unknown_.end()) {
      unknown_.emplace_back(key_, value);
    } else {
      found->second = value;
    }
  }

  Reason read_member(const JsonlName& name, const dom::element& value) {
    switch (name.key) {
      case JsonlKey::kId:
        return read_id(value);
      case JsonlKey::kTitle:
        return read_string(value, article_.title);
      case JsonlKey::kUrl:
        return read_string(value, article_.url);
      case JsonlKey::kSource:
        return read_string(value, article_.source);
      case JsonlKey::kText:
        return read_paragraphs(value, article_.text);
      case JsonlKey::kHtml:
        return read_paragraphs(value, html_);
      case JsonlKey::kDate:
        return read_date_value(value);
      case JsonlKey::kAuthors:
        return read_labels(value, article_.authors);
      case JsonlKey::kFacet:
        return read_labels(value, article_.given[std::string(name.facet)]);
    }
    return {};
  }

  Reason read_string(const dom::element& value, std::string& out) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return wrong_type(key_, "a string");
    out.assign(text);
    return {};
  }

  Reason read_id(const dom::element& value) {
    if (!value.is_number())
      return value.is_string() ? read_string(value, article_.id) : wrong_type(key_, "a string or number");
    article_.id = simdjson::minify(value);
    return {};
  }

  Reason read_paragraphs(const dom::element& value, std::string& out) {
    if (value.is_string()) return read_string(value, out);
    dom::array parts;
    if (value.get(parts) != simdjson::SUCCESS) return wrong_type(key_, "a string or a list of strings");
    out.clear();
    for (const dom::element part : parts) {
      std::string_view text;
      if (part.get(text) != simdjson::SUCCESS) return wrong_type(key_, "a list of strings");
      out.append(out.empty() ? "" : "\n\n").append(text);
    }
    return {};
  }

  Reason read_labels(const dom::element& value, std::vector<std::string>& out) {
    std::string_view label;
    if (value.get(label) == simdjson::SUCCESS) {
      add_once(out, normal_label(label));
      return {};
    }
    dom::array labels;
    if (value.get(labels) != simdjson::SUCCESS) return wrong_type(key_, "a string or a list of strings");
    for (const dom::element element : labels) {
      if (element.get(label) != simdjson::SUCCESS) return wrong_type(key_, "a list of strings");
      add_once(out, normal_label(label));
    }
    return {};
  }

  Reason read_date_value(const dom::element& value) {
    if (!value.is_string() && !value.is_number()) return wrong_type(key_, "a string");
    std::string_view given;
    const std::string text = value.get(given) == simdjson::SUCCESS ? std::string(given) : simdjson::minify(value);
    article_.date = read_date(text);
    if (!article_.date && !trim_blanks(text).empty()) keep_unknown(value);
    return {};
  }

  Reason finish() {
    if (!article_.text.empty() || html_.empty()) return {};
    auto text = fragment_text(html_, article_.title);
    if (!text) return "\"html\" " + text.error().message;
    article_.text = std::move(*text);
    return {};
  }

  dom::parser parser_;
  std::string copy_;
  Article article_;
  std::string html_;
  std::string_view key_;
  std::vector<Unknown> unknown_;
  std::string where_;
};

JsonlParser::JsonlParser() : impl_(std::make_unique<JsonlParserImpl>()) {}
JsonlParser::~JsonlParser() = default;
JsonlParser::JsonlParser(JsonlParser&&) noexcept = default;
void JsonlParser::parse(const RawRecord& raw, ArticleSink& sink) {
  impl_->parse(raw, sink);
}

}  // namespace depeche::ingest
