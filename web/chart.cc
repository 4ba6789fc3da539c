#include "web/chart.hh"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "output/json.hh"
#include "output/range_label.hh"
#include "output/typography.hh"
#include "searcher/amount_span.hh"

namespace depeche::web {
namespace {

using output::Language;
using output::SearchState;
using output::Strings;
using schema::FieldId;
using searcher::DateBucket;

constexpr double kWidth = 1000;  // of the drawing, in its own units; it is stretched to the page
constexpr double kHeight = 100;
constexpr double kTallest = 86;  // room for a mark above the tallest bar
constexpr std::size_t kMaxTicks = 12, kFewTicks = 6;
constexpr std::size_t kMaxMonths = 12;

double bar_height(std::uint64_t count, std::uint64_t max) {
  return std::max(1.0, kTallest * static_cast<double>(count) / static_cast<double>(max));
}

std::string fixed(double value) {  // "12.5", "40": one decimal where it is needed
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1f", value);
  std::string text(buffer);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

void append_bar(std::string& path, double x, double width, double height) {
  // Whole units: less than two pixels, and half the bytes.
  const auto whole = [](double value) { return std::to_string(std::lround(std::max(1.0, value))); };
  path += "M" + std::to_string(std::lround(x)) + " 100v-" + whole(height) + "h" + whole(width) + "v" + whole(height) +
          "z";
}

// Years, or months where the period is short: what the axis is divided into.
struct Tick {
  Day first = 0, last = 0;
  std::string label;
};

struct Axis {
  std::vector<Tick> ticks;
  double x(Day day) const {
    const double begin = ticks.front().first, end = ticks.back().last + 1.0;
    return (day - begin) / (end - begin) * kWidth;
  }
};

Axis year_axis(int first, int last) {
  Axis axis;
  const int years = last - first + 1;
  int step = 1;
  for (const int candidate : {1, 2, 5, 10, 20, 50, 100}) {
    step = candidate;
    if (static_cast<std::size_t>((years + step - 1) / step) <= kMaxTicks) break;
  }
  if (step > 1) first -= first % step;
  for (int year = first; year <= last; year += step) {
    axis.ticks.push_back(
        {day_from_civil({year, 1, 1}), day_from_civil({year + step - 1, 12, 31}), std::to_string(year)});
  }
  return axis;
}

Axis month_axis(CivilDay first, CivilDay last, Language language) {
  Axis axis;
  for (int year = first.year, month = first.month; year < last.year || (year == last.year && month <= last.month);) {
    const Day begin = day_from_civil({year, month, 1});
    const Date date{begin, DatePrecision::kMonth};
    axis.ticks.push_back({begin, date.last(), output::short_date(date, language)});
    if (++month > 12) month = 1, ++year;
  }
  return axis;
}

Axis axis_for(const std::vector<DateBucket>& buckets, Language language) {
  const CivilDay first = civil_from_day(buckets.front().first), last = civil_from_day(buckets.back().last);
  const int months = (last.year - first.year) * 12 + last.month - first.month + 1;
  return months <= 6 ? month_axis(first, last, language) : year_axis(first.year, last.year);
}

std::string range_text(Day first, Day last) {
  const Date whole = output::date_from_span(first, last);
  if (whole.last() == last) return to_iso(whole);
  const auto day = [](Day d) { return to_iso(Date{d, DatePrecision::kDay}); };
  const CivilDay begin = civil_from_day(first), end = civil_from_day(last);
  if (begin.month == 1 && begin.day == 1 && end.month == 12 && end.day == 31) {
    return std::to_string(begin.year) + ".." + std::to_string(end.year);
  }
  return day(first) + ".." + day(last);
}

std::string bucket_label(const DateBucket& bucket, Language language) {
  return output::period({bucket.first, bucket.last}, language);
}

bool inside(const DateBucket& bucket, const std::optional<DaySpan>& selected) {
  return !selected || (bucket.last >= selected->first && bucket.first <= selected->last);
}

List tick_values(const Axis& axis, const std::optional<DaySpan>& selected, const SearchState& state) {
  List ticks;
  const bool links = has_short_url(state);
  for (const Tick& tick : axis.ticks) {
    const bool on = selected && selected->first >= tick.first && selected->last <= tick.last;
    const std::string range = range_text(tick.first, tick.last);
    Object one;
    // Two digits of a year are enough where many stand side by side on a phone.
    const std::size_t century = axis.ticks.size() > kFewTicks && tick.label.size() == 4 ? 2 : 0;
    one.set("century", tick.label.substr(0, century)).set("label", tick.label.substr(century)).set("on", on);
    one.set("url", link_or_button(links, with_range(state, FieldId::kDate, range))).set("value", range);
    ticks.push_back(std::move(one));
  }
  return ticks;
}

// Buttons of the form: a link each would repeat the state.
List month_buttons(const searcher::DateHistogram& dates, const Strings& t, std::size_t most) {
  List months;
  if (!dates.selected || dates.unit != searcher::HistogramUnit::kMonth) return months;
  for (auto bucket = dates.buckets.rbegin(); bucket != dates.buckets.rend() && months.size() < most; ++bucket) {
    if (bucket->count == 0 || !inside(*bucket, dates.selected)) continue;
    months.push_back(Object()
                         .set("value", range_text(bucket->first, bucket->last))
                         .set("label", bucket_label(*bucket, t.language()))
                         .set("count", output::number(bucket->count, t.language())));
  }
  return months;
}

List fields_of(const SearchState& state) {
  List fields;
  for (const auto& [name, value] : state_parameters(state))
    fields.push_back(Object().set("name", name).set("value", value));
  return fields;
}

SafeHtml burst_marks(const std::vector<DateBucket>& buckets, const std::vector<std::size_t>& which, const Axis& axis,
                     std::uint64_t max) {
  HtmlBuilder html;
  for (const std::size_t i : which) {
    const double middle = (axis.x(buckets[i].first) + axis.x(buckets[i].last + 1)) / 2 / kWidth * 100;
    html.raw("<svg x=\"")
        .text(fixed(middle))
        .raw("%\" y=\"")
        .text(fixed(kHeight - bar_height(buckets[i].count, max)));
    html.raw("%\"><path d=\"M-5-9h10l-5 6z\"/></svg>");
  }
  return html.finish();
}

std::string burst_sentence(const std::vector<DateBucket>& buckets, const std::vector<std::size_t>& which,
                           const Strings& t) {
  std::string when;
  for (const std::size_t i : which) {
    const Date date = output::date_from_span(buckets[i].first, buckets[i].last);
    when += (when.empty() ? "" : ", ") + output::short_date(date, t.language());
  }
  return when.empty() ? "" : t.fill("timeline.burst", {{"when", when}});
}

// The way back to every date: a link, or the button that drops the one period of a long address.
void set_whole(Object& out, const SearchState& state) {
  const auto on_date = [](const auto& filter) { return filter.field == FieldId::kDate; };
  const auto& filters = state.request.filters;
  Object whole;
  if (!has_short_url(state) && std::count_if(filters.begin(), filters.end(), on_date) == 1) {
    whole.set("url", false).set("drop", output::filter_text(*std::find_if(filters.begin(), filters.end(), on_date)));
  } else {
    whole.set("url", Url::local(search_url(without_field(state, FieldId::kDate))));
  }
  out.set("whole", std::move(whole));
}

// The ends of the range that is asked for, as they stand in the form; those that were typed wrong, with the reason.
void set_bounds(Object& out, const Visit& visit, const SearchState& state, FieldId field) {
  if (visit.bad && visit.bad->field == field) {
    out.set("from", visit.bad->from).set("to", visit.bad->to).set("bad", visit.bad->message);
    out.set("from_bad", visit.bad->from_bad).set("to_bad", visit.bad->to_bad);
    return;
  }
  for (const auto& filter : state.request.filters) {
    if (filter.field != field || filter.exclude) continue;
    const auto dots = filter.value.find("..");
    out.set("from", filter.value.substr(0, dots));
    out.set("to", dots == std::string::npos ? filter.value : filter.value.substr(dots + 2));
  }
}

void draw_timeline(Object& out, const searcher::DateHistogram& dates, const Strings& t) {
  const auto& buckets = dates.buckets;
  const Axis axis = axis_for(buckets, t.language());
  const auto peak =
      std::max_element(buckets.begin(), buckets.end(), [](auto& a, auto& b) { return a.count < b.count; });
  std::string in, off, counts;
  for (const DateBucket& bucket : buckets) {
    const double x = axis.x(bucket.first), width = axis.x(bucket.last + 1) - x;
    const double gap = std::min(2.0, width / 5);
    if (bucket.count > 0)
      append_bar(inside(bucket, dates.selected) ? in : off, x + gap / 2, width - gap,
                 bar_height(bucket.count, peak->count));
    counts += (counts.empty() ? "" : ",") + std::to_string(bucket.count);
  }
  if (dates.selected) {
    const Day begin = std::max(dates.selected->first, axis.ticks.front().first);
    const Day end = std::min(dates.selected->last, axis.ticks.back().last);
    if (begin <= end) {
      out.set("range", Object().set("x", fixed(axis.x(begin))).set("width", fixed(axis.x(end + 1) - axis.x(begin))));
    }
  }
  const std::vector<std::size_t> burst = bursts(buckets);
  out.set("bars", std::move(off)).set("bars_on", std::move(in)).set("counts", std::move(counts));
  out.set("marks", burst_marks(buckets, burst, axis, peak->count)).set("burst", burst_sentence(buckets, burst, t));
  out.set("unit", output::unit_name(dates.unit));
  out.set("begin", to_iso({axis.ticks.front().first, DatePrecision::kDay}))
      .set("end", to_iso({axis.ticks.back().last, DatePrecision::kDay}));
  out.set("first", to_iso({buckets.front().first, DatePrecision::kDay}));
  out.set("alt", t.fill("timeline.alt", {{"unit", t["unit." + std::string(output::unit_name(dates.unit))]},
                                         {"from", bucket_label(buckets.front(), t.language())},
                                         {"to", bucket_label(buckets.back(), t.language())},
                                         {"n", output::number(peak->count, t.language())},
                                         {"peak", bucket_label(*peak, t.language())}}));
}

// The range of euros asked for, where there is just one.
std::optional<searcher::AmountSpan> selected_amounts(const SearchState& state) {
  std::optional<searcher::AmountSpan> selected;
  for (const auto& filter : state.request.filters) {
    if (filter.field != FieldId::kAmount || filter.exclude) continue;
    auto span = searcher::parse_amount_span(filter.value);
    if (selected || !span || !(span->currency.empty() || span->currency == "EUR")) return std::nullopt;
    selected = std::move(span);
  }
  return selected;
}

std::string decade_label(int decade, Language language) {
  return output::money(std::pow(10.0, decade), "EUR", language);
}

}  // namespace

std::vector<std::size_t> bursts(const std::vector<DateBucket>& buckets) {
  constexpr std::size_t kWindow = 12;
  constexpr std::uint64_t kFewest = 5;
  constexpr std::uint64_t kSmallest = 10;  // of the tallest bar a tenth: what is hardly seen is no news
  std::vector<std::size_t> out;
  std::uint64_t peak = 0;
  for (const DateBucket& bucket : buckets) peak = std::max(peak, bucket.count);
  for (std::size_t i = 3; i < buckets.size(); ++i) {
    const std::size_t begin = i < kWindow ? 0 : i - kWindow;
    double sum = 0, squares = 0;
    for (std::size_t j = begin; j < i; ++j) {
      const auto count = static_cast<double>(buckets[j].count);
      sum += count;
      squares += count * count;
    }
    const auto n = static_cast<double>(i - begin);
    const double mean = sum / n, deviation = std::sqrt(std::max(0.0, squares / n - mean * mean));
    const auto count = static_cast<double>(buckets[i].count);
    if (buckets[i].count >= kFewest && buckets[i].count * kSmallest >= peak && count > 2 * mean &&
        count > mean + 3 * deviation)
      out.push_back(i);
  }
  return out;
}

bool has_short_url(const SearchState& state) {
  constexpr std::size_t kLong = 100;
  return search_url(state).size() <= kLong;
}

Value link_or_button(bool link, const SearchState& to, std::string_view path) {
  return link ? Value(Url::local(search_url(to, path))) : Value(false);
}

List hidden_fields(const SearchState& state, std::optional<FieldId> without) {
  SearchState kept = state;
  kept.request.offset = 0;
  kept.request.why.clear();
  if (without) std::erase_if(kept.request.filters, [&](const auto& f) { return f.field == *without && !f.exclude; });
  return fields_of(kept);
}

List all_hidden_fields(const SearchState& state) {
  return fields_of(state);
}

std::optional<Object> timeline(const searcher::DateHistogram& dates, const Visit& visit, const SearchState& state) {
  if (dates.buckets.empty()) return std::nullopt;
  const Strings& t = visit.t();
  Object out;
  const bool chosen = std::any_of(state.request.filters.begin(), state.request.filters.end(),
                                  [](const auto& f) { return f.field == FieldId::kDate; });
  if (dates.buckets.size() == 1) {
    out.set("one", t.fill("timeline.one", {{"when", bucket_label(dates.buckets.front(), t.language())}}));
  } else {
    draw_timeline(out, dates, t);
    out.set("plot", true);
    const Axis axis = axis_for(dates.buckets, t.language());
    out.set("many", axis.ticks.size() > kFewTicks);
    out.set("ticks", tick_values(axis, dates.selected, state));
  }
  if (dates.selected) {
    out.set("selected", output::period(*dates.selected, t.language()));
  }
  if (chosen) set_whole(out, state);
  set_bounds(out, visit, state, FieldId::kDate);
  out.set("hidden", hidden_fields(state, FieldId::kDate));
  out.set("months", month_buttons(dates, t, has_short_url(state) ? kMaxMonths : 0));
  return out;
}

std::optional<Object> amounts_chart(const searcher::AmountHistogram& amounts, const Visit& visit) {
  const SearchState& state = visit.state;
  const Strings& t = visit.t();
  const auto& buckets = amounts.buckets;
  const auto peak =
      std::max_element(buckets.begin(), buckets.end(), [](auto& a, auto& b) { return a.count < b.count; });
  if (peak == buckets.end() || peak->count == 0) return std::nullopt;
  const Language language = t.language();
  const int first = static_cast<int>(std::floor(std::log10(std::max(buckets.front().from, 1.0)) + 1e-9));
  const int highest =
      std::max(first + 1, static_cast<int>(std::ceil(std::log10(std::max(buckets.back().to, 10.0)) - 1e-9)));
  constexpr int kMaxSlices = 4;
  const int step = (highest - first + kMaxSlices - 1) / kMaxSlices;  // decades a slice
  const int last = first + (highest - first + step - 1) / step * step;
  const auto x = [&](double value) { return (std::log10(std::max(value, 1.0)) - first) / (last - first) * kWidth; };

  const auto selected = selected_amounts(state);
  std::string in, off;
  for (const auto& bucket : buckets) {
    const double begin = std::max(0.0, x(bucket.from)), width = x(bucket.to) - begin;
    const double middle = std::sqrt(bucket.from * bucket.to);
    const bool on = !selected || (selected->low <= middle && middle <= selected->high);
    if (bucket.count > 0)
      append_bar(on ? in : off, begin + width / 16, width * 7 / 8, bar_height(bucket.count, peak->count));
  }
  List ticks;
  const bool links = has_short_url(state);
  for (int decade = first; decade < last; decade += step) {
    const std::string range =
        output::amount_bound(std::pow(10.0, decade)) + ".." + output::amount_bound(std::pow(10.0, decade + step));
    Object one;
    one.set("label", decade_label(decade, language));
    one.set("url", link_or_button(links, with_range(state, FieldId::kAmount, range))).set("value", range);
    ticks.push_back(std::move(one));
  }
  Object out;
  out.set("bars", std::move(off)).set("bars_on", std::move(in)).set("ticks", std::move(ticks));
  out.set("first", std::to_string(first)).set("last", std::to_string(last));
  if (selected) {
    const double begin = std::clamp(x(selected->low), 0.0, kWidth), end = std::clamp(x(selected->high), 0.0, kWidth);
    if (begin < end) out.set("range", Object().set("x", fixed(begin)).set("width", fixed(end - begin)));
  }
  out.set("alt", t.fill("amounts.alt", {{"from", output::money(peak->from, "EUR", language)},
                                        {"to", output::money(peak->to, "EUR", language)}}));
  set_bounds(out, visit, state, FieldId::kAmount);
  return out;
}

}  // namespace depeche::web
