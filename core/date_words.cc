#include "core/date_words.hh"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <vector>

namespace depeche {
namespace {

constexpr std::size_t kLongestText = 100;  // bytes; longer is no date

constexpr std::string_view kMonths[] = {"janvier", "fevrier", "mars",      "avril",   "mai",      "juin",
                                        "juillet", "aout",    "septembre", "octobre", "novembre", "decembre"};
constexpr std::string_view kBefore[] = {"le", "la", "l", "en", "de", "du", "d", "au", "a"};

struct Replacement {
  std::string_view from, to;
};
constexpr Replacement kFolded[] = {{"é", "e"},      {"É", "e"},     {"è", "e"},     {"È", "e"},  {"û", "u"},
                                   {"Û", "u"},      {"à", "a"},     {"À", "a"},     {"'", " "},  {"’", " "},
                                   {"\u0300", ""},  {"\u0301", ""}, {"\u0302", ""}, {"\t", " "}, {"\n", " "},
                                   {"\u00A0", " "}, {"\u202F", " "}};

using Words = std::span<const std::string>;

// In small letters, without accents, cut at blanks and apostrophes.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool inside = false;
  while (!text.empty()) {
    const auto folded = std::find_if(std::begin(kFolded), std::end(kFolded),
                                     [&](const Replacement& r) { return text.starts_with(r.from); });
    const bool known = folded != std::end(kFolded);
    const std::string_view piece = known ? folded->to : text.substr(0, 1);
    text.remove_prefix(known ? folded->from.size() : 1);
    if (piece.empty()) continue;
    if (piece == " ") {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    const char c = piece.front();
    words.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

bool is_number(std::string_view word) {
  return !word.empty() && word.size() <= 4 && word.find_first_not_of("0123456789") == std::string_view::npos;
}

// `year` stands for one that is not said; empty: it has to be.
std::optional<Date> date_of(Words words, std::string_view year = {}) {
  while (!words.empty() && std::find(std::begin(kBefore), std::end(kBefore), words.front()) != std::end(kBefore)) {
    words = words.subspan(1);
  }
  if (words.size() == 1) {
    if (const auto date = parse_date(words[0])) return date;
  }
  if (!words.empty() && words.back().size() == 4 && is_number(words.back())) {
    year = words.back();
    words = words.first(words.size() - 1);
  }
  if (year.empty() || words.empty() || words.size() > 2) return std::nullopt;
  const auto month = std::find(std::begin(kMonths), std::end(kMonths), words.back());
  if (month == std::end(kMonths)) return std::nullopt;
  const auto two_digits = [](std::string number) { return (number.size() == 1 ? "0" : "") + number; };
  std::string iso = std::string(year) + "-" + two_digits(std::to_string(month - std::begin(kMonths) + 1));
  if (words.size() == 2) {
    const std::string day = words[0] == "1er" ? "1" : words[0];
    if (!is_number(day) || day.size() > 2) return std::nullopt;
    iso += "-" + two_digits(day);
  }
  return parse_date(iso);
}

// "mars et juin 2024", cut at `between`.
std::optional<DaySpan> two_dates(Words words, std::string_view between) {
  for (std::size_t at = 1; at + 1 < words.size(); ++at) {
    if (words[at] != between) continue;
    const std::string& last = words.back();
    const auto from = date_of(words.first(at), last.size() == 4 && is_number(last) ? last : std::string_view());
    const auto to = date_of(words.subspan(at + 1));
    if (from && to) return DaySpan{from->first, to->last()};
  }
  return std::nullopt;
}

std::optional<DaySpan> since(Words words) {
  const auto date = date_of(words);
  return date ? std::optional(DaySpan{date->first, INT32_MAX}) : std::nullopt;
}

}  // namespace

std::optional<Date> parse_french_date(std::string_view text) {
  return text.size() > kLongestText ? std::nullopt : date_of(words_of(text));
}

std::optional<DaySpan> parse_french_span(std::string_view text) {
  if (text.size() > kLongestText) return std::nullopt;
  const std::vector<std::string> all = words_of(text);
  if (all.empty()) return std::nullopt;
  const Words words(all), rest = words.subspan(1);
  if (all[0] == "depuis" || all[0] == "des") return since(rest);
  if (all[0] == "a" && all.size() > 1 && all[1] == "partir") return since(words.subspan(2));
  const auto date = date_of(rest);
  if (all[0] == "avant") return date ? std::optional(DaySpan{INT32_MIN, date->first - 1}) : std::nullopt;
  if (all[0] == "apres") return date ? std::optional(DaySpan{date->last() + 1, INT32_MAX}) : std::nullopt;
  if (all[0] == "jusqu") return date ? std::optional(DaySpan{INT32_MIN, date->last()}) : std::nullopt;
  if (all[0] == "entre") return two_dates(rest, "et");
  if (const auto one = date_of(words)) return DaySpan{one->first, one->last()};
  if (all[0] != "de" && all[0] != "du" && all[0] != "d") return std::nullopt;
  auto span = two_dates(rest, "a");
  return span ? span : two_dates(rest, "au");
}

}  // namespace depeche
