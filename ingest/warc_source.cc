// WARC 1.0 and 1.1 (ISO 28500), streamed record by record. A record is believed to be as long as it says only when
// the next one begins there; otherwise it ends before the next line that begins one.
#include <algorithm>
#include <charconv>

#include "core/utf8.hh"
#include "ingest/ascii.hh"
#include "ingest/record_source.hh"
#include "ingest/sniff.hh"

namespace depeche::ingest {
namespace {

constexpr std::size_t kMaxHeader = 64 << 10;
constexpr std::size_t kTail = 16;  // enough to see what follows a record: "\r\n\r\nWARC/1.0"
constexpr std::size_t kStep = 1u << 20;
constexpr std::string_view kBorder = "\nWARC/";

struct Header {
  std::size_t size = 0;  // with the blank line
  std::string_view type;
  std::string_view url;
  std::string_view date;
  std::string_view content_type;
  std::optional<std::uint64_t> length;
};

// Nothing when the blank line that ends a header is not there.
std::optional<Header> parse_header(std::string_view head) {
  Header header;
  std::size_t at = head.find('\n');
  while (at != std::string_view::npos) {
    const std::size_t begin = at + 1;
    at = head.find('\n', begin);
    if (at == std::string_view::npos) break;
    const std::string_view line = trim_blanks(head.substr(begin, at - begin));
    if (line.empty()) {
      header.size = at + 1;
      return header;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trim_blanks(line.substr(colon + 1));
    if (equals_no_case(name, "WARC-Type")) header.type = value;
    if (equals_no_case(name, "WARC-Target-URI")) header.url = value;
    if (equals_no_case(name, "WARC-Date")) header.date = value;
    if (equals_no_case(name, "Content-Type")) header.content_type = value;
    if (equals_no_case(name, "Content-Length")) {
      std::uint64_t length = 0;
      const auto parsed = std::from_chars(value.data(), value.data() + value.size(), length);
      if (parsed.ec == std::errc() && parsed.ptr == value.data() + value.size()) header.length = length;
    }
  }
  return std::nullopt;
}

bool is_page(const Header& header) {
  const bool is_http = starts_with_no_case(header.content_type, "application/http");
  return (equals_no_case(header.type, "response") && is_http) || equals_no_case(header.type, "resource");
}

class WarcSource final : public RecordSource {
 public:
  WarcSource(std::unique_ptr<Input> input, Origin origin, const ReadOptions& options)
      : input_(std::move(input)), origin_(std::move(origin)), max_bytes_(options.max_record_bytes) {}

  Step next(RawRecord& out) override {
    while (true) {
      skip_newlines();
      const std::string_view head = input_->peek(kMaxHeader);
      if (head.empty()) return end();
      const std::string here = origin_.where + "@" + std::to_string(input_->offset());
      if (!head.starts_with("WARC/")) {
        reject(here, "no WARC record begins here");
        skip_to_border(0);
        continue;
      }
      const auto header = parse_header(head);
      if (!header) {
        if (head.size() < kMaxHeader) return cut(here);
        reject(here, "the header of the record has no end");
        skip_to_border(1);
        continue;
      }
      if (read(*header, here, out)) return Step::kRecord;
    }
  }

 private:
  void skip_newlines() {
    while (true) {
      const std::string_view window = input_->peek(kTail);
      const std::size_t count = std::min(window.find_first_not_of("\r\n"), window.size());
      input_->take(count);
      if (count == 0 || count < window.size()) return;
    }
  }

  Step end() {
    if (input_->error()) reject(origin_.where, input_->error()->message + "; the records before are kept");
    return Step::kEnd;
  }

  Step cut(const std::string& here) {
    reject(here, "the record is cut off");
    input_->take(input_->peek(0).size());
    return end();
  }

  // Takes one record; true when it is a page.
  bool read(const Header& header, const std::string& here, RawRecord& out) {
    RawRecord record = record_of(origin_, Format::kWarc);
    const bool wanted = is_page(header);
    const bool is_resource = equals_no_case(header.type, "resource");
    record.where = here;
    record.path_id.clear();  // of the whole file
    record.url = header.url;
    if (record.url.starts_with('<') && record.url.ends_with('>'))
      record.url = record.url.substr(1, record.url.size() - 2);
    repair_utf8(record.url);
    record.fetched = parse_date(header.date);
    const std::size_t begin = header.size;
    const std::optional<std::size_t> size = block_size(begin, header.length);  // ends the life of `header`'s views
    if (!size) {
      give_up(here, wanted);
      return false;
    }
    if (wanted) record.bytes = input_->peek(begin + *size).substr(begin, *size);
    input_->take(begin + *size);
    if (!wanted) return false;
    if (is_resource) {
      const auto format = sniff_format(std::string_view(record.bytes).substr(0, kSniffSize), {});
      if (!format || (*format != Format::kHtml && *format != Format::kFeed)) return false;
      record.format = *format;
    }
    out = std::move(record);
    return true;
  }

  // The size of the block that begins at `begin` of the window; nothing when it is cut off or too large.
  std::optional<std::size_t> block_size(std::size_t begin, std::optional<std::uint64_t> length) {
    if (length && *length <= max_bytes_) {
      const std::size_t end = begin + static_cast<std::size_t>(*length);
      const std::string_view window = input_->peek(end + kTail);
      if (window.size() >= end && ends_well(window.substr(end))) return end - begin;
    }
    std::size_t searched = begin;
    for (std::size_t want = begin + kStep; searched <= begin + max_bytes_; want += kStep) {
      const std::string_view window = input_->peek(want);
      const std::size_t border =
          window.find(kBorder, searched > begin + kBorder.size() ? searched - kBorder.size() : begin);
      if (border != std::string_view::npos) return without_newlines(window.substr(begin, border - begin));
      searched = window.size();
      if (window.size() < want) {
        // The last record: with its length it is whole, whatever rubbish follows.
        const bool whole = length && window.size() - begin >= *length;
        return whole ? std::optional<std::size_t>(window.size() - begin) : std::nullopt;
      }
    }
    return std::nullopt;
  }

  static std::size_t without_newlines(std::string_view block) {
    while (block.ends_with('\n') || block.ends_with('\r')) block.remove_suffix(1);
    return block.size();
  }

  static bool ends_well(std::string_view tail) {
    const bool at_end = tail.size() < kTail;
    tail.remove_prefix(std::min(tail.find_first_not_of("\r\n"), tail.size()));
    return tail.starts_with("WARC/") || (at_end && tail.empty());
  }

  void give_up(const std::string& here, bool wanted) {
    const bool is_cut = input_->peek(max_bytes_ + kMaxHeader).size() < max_bytes_;
    if (is_cut) {
      reject(here, "the record is cut off");
    } else if (wanted) {
      reject(here, "the record is larger than " + std::to_string(max_bytes_) + " bytes");
    }
    skip_to_border(1);
  }

  // To the next line that begins a record, at least `from` bytes ahead; else to the end.
  void skip_to_border(std::size_t from) {
    input_->take(std::min(from, input_->peek(from).size()));
    while (true) {
      const std::string_view window = input_->peek(kStep);
      const std::size_t border = window.find(kBorder);
      if (border != std::string_view::npos) return input_->take(border + 1);
      if (window.size() < kStep) return input_->take(window.size());
      input_->take(window.size() - kBorder.size());
    }
  }

  std::unique_ptr<Input> input_;
  Origin origin_;
  std::uint64_t max_bytes_;
};

}  // namespace

std::unique_ptr<RecordSource> warc_source(std::unique_ptr<Input> input, Origin origin, const ReadOptions& options) {
  return std::make_unique<WarcSource>(std::move(input), std::move(origin), options);
}

}  // namespace depeche::ingest
