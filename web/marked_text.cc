#include "web/marked_text.hh"

#include <algorithm>
#include <vector>

#include "core/utf8.hh"
#include "output/json.hh"

namespace depeche::web {
namespace {

using schema::FieldId;

// Something to be marked: a mention or an amount; or the place where an event's sentence begins.
struct Mark {
  ByteRange range;
  const Mention* mention = nullptr;
  long long amount = -1;
  long long event = -1;
};

std::vector<Mark> marks_of(const Annotations& annotations, Part part, std::size_t size) {
  std::vector<Mark> marks;
  for (const Mention& mention : annotations.mentions) {
    if (mention.in == part) marks.push_back({mention.range, &mention});
  }
  for (std::size_t i = 0; i < annotations.amounts.size(); ++i) {
    if (annotations.amounts[i].in == part)
      marks.push_back({annotations.amounts[i].range, nullptr, static_cast<long long>(i)});
  }
  for (std::size_t i = 0; i < annotations.events.size(); ++i) {
    const ByteRange range = annotations.events[i].range;
    if (annotations.events[i].in == part)
      marks.push_back({{range.begin, range.begin}, nullptr, -1, static_cast<long long>(i)});
  }
  std::erase_if(marks, [&](const Mark& mark) { return mark.range.end > size || mark.range.begin > mark.range.end; });
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    return a.range.begin != b.range.begin ? a.range.begin < b.range.begin : a.range.size() < b.range.size();
  });
  return marks;
}

FieldId field_of(EntityType type) {
  return static_cast<FieldId>(schema::kFirstFacet + static_cast<std::size_t>(type));
}

class Writer {
 public:
  Writer(const Visit& visit, std::string_view text, std::vector<Mark> marks)
      : visit_(visit), text_(text), marks_(std::move(marks)) {}

  // Writes [begin, end) with its marks. Blocks come in order. Marks that begin inside one already written, or reach
  // over the block's end, are passed over.
  void run(std::size_t begin, std::size_t end) {
    std::size_t done = begin;
    for (; next_ < marks_.size() && marks_[next_].range.begin < end; ++next_) {
      const Mark& mark = marks_[next_];
      if (mark.range.begin < done || mark.range.end > end) continue;
      html_.text(text_.substr(done, mark.range.begin - done));
      write(mark);
      done = mark.range.end;
    }
    html_.text(text_.substr(done, end - done));
  }

  HtmlBuilder& html() { return html_; }

 private:
  void write(const Mark& mark) {
    const std::string_view inside = mark.range.of(text_);
    if (mark.event >= 0) {
      html_.raw("<span id=\"e").number(mark.event).raw("\"></span>");
    } else if (mark.mention) {
      const FieldId field = field_of(mark.mention->type);
      const std::string_view type = schema::field(field).name;
      html_.raw("<a class=\"named ")
          .text(type)
          .raw("\" href=\"")
          .url(Url::local(entity_url(field, mark.mention->label, visit_.state)));
      html_.raw("\" aria-describedby=\"d-").text(type).raw("\">").text(inside).raw("</a>");
    } else {
      html_.raw("<span class=\"named amount\" id=\"m").number(mark.amount).raw("\">").text(inside).raw("</span>");
    }
  }

  const Visit& visit_;
  std::string_view text_;
  std::vector<Mark> marks_;
  std::size_t next_ = 0;
  HtmlBuilder html_;
};

bool is_heading(std::string_view block) {
  constexpr std::size_t kLongest = 100;
  if (count_code_points(block) > kLongest || block.find('\n') != block.npos) return false;
  constexpr std::string_view kStops[] = {".", "!", "?", "…", "»", "\"", "”", ":", ";", ","};
  return std::none_of(std::begin(kStops), std::end(kStops),
                      [&](std::string_view stop) { return block.ends_with(stop); });
}

void write_block(Writer& writer, std::string_view block, std::size_t at, bool may_be_heading) {
  const auto first = block.find_first_not_of(" \t\r\n");
  if (first == block.npos) return;
  const std::size_t size = block.find_last_not_of(" \t\r\n") + 1 - first;
  const bool heading = may_be_heading && is_heading(block.substr(first, size));
  if (heading)
    writer.html().raw("<h2>");
  else
    writer.html().raw("<p>");
  writer.run(at + first, at + first + size);
  if (heading)
    writer.html().raw("</h2>\n");
  else
    writer.html().raw("</p>\n");
}

}  // namespace

SafeHtml marked_text(const Visit& visit, const Article& article, const Annotations& annotations, Part part,
                     ByteRange range, bool paragraphs) {
  const std::string_view text = part == Part::kTitle ? article.title : article.text;
  Writer writer(visit, text, marks_of(annotations, part, text.size()));
  if (!paragraphs) {
    writer.run(range.begin, range.end);
    return writer.html().finish();
  }
  for (std::size_t at = range.begin; at < range.end;) {
    const std::size_t end = std::min<std::size_t>(text.find("\n\n", at), range.end);
    write_block(writer, text.substr(at, end - at), at, at > range.begin && end < range.end);
    at = end + 2;
  }
  return writer.html().finish();
}

}  // namespace depeche::web
