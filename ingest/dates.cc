#include "ingest/dates.hh"

#include <array>
#include <charconv>
#include <cstdio>
#include <string>
#include <vector>

#include "ingest/ascii.hh"

namespace depeche::ingest {
namespace {

enum class Kind : std::uint8_t { kNumber, kWord, kMark };

struct Token {
  Kind kind = Kind::kMark;
  std::size_t begin = 0;
  std::size_t end = 0;
  int digits = 0;
  std::int64_t value = 0;
  std::string word;  // lower case, letters beyond ASCII as their base letter
  bool after_blank = false;
};

// The base letters of what month and day names have: é û ô ä á í ç ñ ã and their capitals. Others are no letters
// here.
char base_letter(unsigned char second) {
  const unsigned char c = second | 0x20U;  // U+00C0..U+00FF as C3 80..BF; capitals are 0x20 below
  if (c >= 0xA0 && c <= 0xA5) return 'a';
  if (c == 0xA7) return 'c';
  if (c >= 0xA8 && c <= 0xAB) return 'e';
  if (c >= 0xAC && c <= 0xAF) return 'i';
  if (c == 0xB1) return 'n';
  if (c >= 0xB2 && c <= 0xB6) return 'o';
  if (c >= 0xB9 && c <= 0xBC) return 'u';
  return 0;
}

// At most `limit` tokens: a date has few.
std::vector<Token> tokenize(std::string_view text, std::size_t limit) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  bool blank = false;
  while (at < text.size() && tokens.size() < limit) {
    const auto is_accent = [&](std::size_t i) {
      return i + 1 < text.size() && text[i] == '\xC3' && base_letter(static_cast<unsigned char>(text[i + 1])) != 0;
    };
    Token token;
    token.begin = at;
    token.after_blank = blank;
    blank = false;
    if (is_blank(text[at]) || text.substr(at, 2) == "\xC2\xA0" || text.substr(at, 3) == "\xE2\x80\xAF") {
      at += is_blank(text[at]) ? 1 : text[at] == '\xC2' ? 2 : 3;
      blank = true;
      continue;
    }
    if (is_ascii_digit(text[at])) {
      token.kind = Kind::kNumber;
      while (at < text.size() && is_ascii_digit(text[at]) && token.digits < 18) {
        token.value = token.value * 10 + (text[at++] - '0');
        ++token.digits;
      }
    } else if (is_ascii_letter(text[at]) || is_accent(at)) {
      token.kind = Kind::kWord;
      while (at < text.size() && (is_ascii_letter(text[at]) || is_accent(at))) {
        const bool accent = !is_ascii_letter(text[at]);
        token.word += accent ? base_letter(static_cast<unsigned char>(text[at + 1])) : to_lower_ascii(text[at]);
        at += accent ? 2 : 1;
      }
    } else {
      token.word = text[at++];
    }
    token.end = at;
    tokens.push_back(std::move(token));
  }
  return tokens;
}

struct MonthName {
  std::string_view name;
  int month;
};
// Full names without accents: French, English, German, Spanish, Italian, Portuguese, Dutch. A name may be cut to
// three letters (four for juin and juil) where that is not ambiguous.
constexpr auto kMonths = std::to_array<MonthName>(
    {{"janvier", 1},    {"january", 1},    {"januar", 1},    {"januari", 1},   {"enero", 1},     {"gennaio", 1},
     {"janeiro", 1},    {"janner", 1},     {"fevrier", 2},   {"february", 2},  {"februar", 2},   {"februari", 2},
     {"febrero", 2},    {"febbraio", 2},   {"fevereiro", 2}, {"mars", 3},      {"march", 3},     {"marz", 3},
     {"maart", 3},      {"marzo", 3},      {"marco", 3},     {"avril", 4},     {"april", 4},     {"abril", 4},
     {"aprile", 4},     {"mai", 5},        {"may", 5},       {"mei", 5},       {"mayo", 5},      {"maggio", 5},
     {"maio", 5},       {"juin", 6},       {"june", 6},      {"juni", 6},      {"junio", 6},     {"giugno", 6},
     {"junho", 6},      {"juillet", 7},    {"july", 7},      {"juli", 7},      {"julio", 7},     {"luglio", 7},
     {"julho", 7},      {"aout", 8},       {"august", 8},    {"augustus", 8},  {"agosto", 8},    {"septembre", 9},
     {"september", 9},  {"septiembre", 9}, {"settembre", 9}, {"setembro", 9},  {"octobre", 10},  {"october", 10},
     {"oktober", 10},   {"octubre", 10},   {"ottobre", 10},  {"outubro", 10},  {"novembre", 11}, {"november", 11},
     {"noviembre", 11}, {"novembro", 11},  {"decembre", 12}, {"december", 12}, {"dezember", 12}, {"diciembre", 12},
     {"dicembre", 12},  {"dezembro", 12}});

int month_of(std::string_view word) {
  if (word.size() < 3) return 0;
  if (word == "jui") return 0;  // juin or juillet
  for (const MonthName& row : kMonths) {
    if (row.name.starts_with(word)) return row.month;
  }
  return word == "sept" ? 9 : word == "jul" ? 7 : word == "jun" ? 6 : 0;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const std::string_view w : words) {
    if (w == word) return true;
  }
  return false;
}

bool is_weekday(std::string_view word) {
  constexpr auto kDays = std::to_array<std::string_view>(
      {"lundi",  "mardi",    "mercredi",  "jeudi",      "vendredi", "samedi",   "dimanche",
       "monday", "tuesday",  "wednesday", "thursday",   "friday",   "saturday", "sunday",
       "montag", "dienstag", "mittwoch",  "donnerstag", "freitag",  "samstag",  "sonntag",
       "lunes",  "martes",   "miercoles", "jueves",     "viernes",  "sabado",   "domingo"});
  if (word.size() < 3) return false;
  for (const std::string_view day : kDays) {
    if (day.starts_with(word)) return true;
  }
  return is_one_of(word, {"tues", "thur", "thurs"});
}

std::optional<std::string> zone_offset(std::string_view word) {
  struct Zone {
    std::string_view name;
    std::string_view offset;
  };
  constexpr auto kZones = std::to_array<Zone>({{"z", "Z"},
                                               {"gmt", "Z"},
                                               {"utc", "Z"},
                                               {"ut", "Z"},
                                               {"cet", "+01:00"},
                                               {"cest", "+02:00"},
                                               {"bst", "+01:00"},
                                               {"est", "-05:00"},
                                               {"edt", "-04:00"},
                                               {"cst", "-06:00"},
                                               {"cdt", "-05:00"},
                                               {"mst", "-07:00"},
                                               {"mdt", "-06:00"},
                                               {"pst", "-08:00"},
                                               {"pdt", "-07:00"}});
  for (const Zone& zone : kZones) {
    if (zone.name == word) return std::string(zone.offset);
  }
  return std::nullopt;
}

// Reads over the tokens from left to right; each rule either takes what it knows or leaves the place as it was.
class DateReader {
 public:
  explicit DateReader(const std::vector<Token>& tokens, std::size_t at = 0) : tokens_(tokens), start_(at), at_(at) {}

  std::optional<ReadDate> read() {
    const auto found = read_day();
    if (!found) return std::nullopt;
    ReadDate result{*found, tokens_[at_ - 1].end};
    if (result.date.precision == DatePrecision::kDay) {
      result.date.time = read_time();
      if (!pending_year_ || finish_ctime(result.date)) result.size = tokens_[at_ - 1].end;
    }
    if (pending_year_) return std::nullopt;
    return result;
  }

 private:
  const Token* look(std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() ? &tokens_[at_ + ahead] : nullptr;
  }
  bool is_number(std::size_t ahead, int min_digits, int max_digits) const {
    const Token* t = look(ahead);
    return t != nullptr && t->kind == Kind::kNumber && t->digits >= min_digits && t->digits <= max_digits;
  }
  bool is_word(std::size_t ahead) const {
    const Token* t = look(ahead);
    return t != nullptr && t->kind == Kind::kWord;
  }
  bool is_mark(std::size_t ahead, char mark, bool tight = false) const {
    const Token* t = look(ahead);
    return t != nullptr && t->kind == Kind::kMark && t->word[0] == mark && !(tight && t->after_blank);
  }
  int value(std::size_t ahead) const { return static_cast<int>(tokens_[at_ + ahead].value); }
  bool tight(std::size_t ahead) const { return look(ahead) != nullptr && !look(ahead)->after_blank; }
  // Nothing of the same number or word follows: "2024" of "2024-10-5000" or "3 mai 20245" is none.
  void skip_marks(std::string_view marks) {
    while (look() != nullptr && look()->kind == Kind::kMark && marks.find(look()->word[0]) != std::string_view::npos)
      ++at_;
  }
  void skip_words(std::initializer_list<std::string_view> words) {
    while (is_word(0) && is_one_of(look()->word, words)) ++at_;
  }

  static std::optional<Date> day(int y, int m, int d) {
    if (!is_valid_civil({y, m, d})) return std::nullopt;
    return Date{.first = day_from_civil({y, m, d})};
  }
  static std::optional<Date> month(int y, int m) {
    if (!is_valid_civil({y, m, 1})) return std::nullopt;
    return Date{.first = day_from_civil({y, m, 1}), .precision = DatePrecision::kMonth};
  }
  static int full_year(const Token& token) {
    if (token.digits != 2) return static_cast<int>(token.value);
    return static_cast<int>(token.value) + (token.value < 70 ? 2000 : 1900);
  }

  std::optional<Date> read_day() {
    if (const auto date = read_numeric()) return date;
    at_ = start_;
    return read_worded();
  }

  std::optional<Date> read_numeric() {
    if (is_number(0, 8, 8)) {  // 20241003, also 20241003T101500
      const int n = value(0);
      ++at_;
      return day(n / 10000, n / 100 % 100, n % 100);
    }
    if (is_number(0, 4, 4)) return read_year_first();
    for (const char mark : {'/', '.', '-'}) {
      if (is_number(0, 1, 2) && is_mark(1, mark, true) && is_number(2, 1, 2) && is_mark(3, mark, true) &&
          (is_number(4, 4, 4) || is_number(4, 2, 2)) && tight(2) && tight(4)) {
        const int y = full_year(tokens_[at_ + 4]);
        const auto date = value(2) > 12 ? day(y, value(0), value(2)) : day(y, value(2), value(0));
        at_ += 5;
        return date;
      }
    }
    return std::nullopt;
  }

  std::optional<Date> read_year_first() {
    const int y = value(0);
    for (const char mark : {'-', '/', '.'}) {
      if (!is_mark(1, mark, true) || !is_number(2, 1, 2) || !tight(2)) continue;
      if (is_mark(3, mark, true) && is_number(4, 1, 2) && tight(4)) {
        const auto date = day(y, value(2), value(4));
        at_ += 5;
        return date;
      }
      if (mark == '.') continue;  // a year that ends a sentence
      const auto date = month(y, value(2));
      at_ += 3;
      return date;
    }
    ++at_;
    if (!is_valid_civil({y, 1, 1})) return std::nullopt;
    return Date{.first = day_from_civil({y, 1, 1}), .precision = DatePrecision::kYear};
  }

  std::optional<Date> read_worded() {
    if (is_word(0) && is_weekday(look()->word) && month_of(look()->word) == 0) {
      ++at_;
    } else if (is_word(0) && is_weekday(look()->word) && !is_number(1, 4, 4) && !is_number(1, 1, 2)) {
      ++at_;  // "mar" is mardi and mars: before another word or a comma it is the day
    } else if (is_word(0) && look()->word == "mar" && is_number(1, 1, 2) && is_word(2) &&
               month_of(look(2)->word) != 0) {
      ++at_;  // "mar 3 sept 2024"
    }
    skip_marks(",.");
    skip_words({"le", "the", "den", "el", "am"});
    if (is_number(0, 1, 2)) return read_day_month();
    if (is_word(0)) return read_month_first();
    return std::nullopt;
  }

  std::optional<Date> read_day_month() {
    const int d = value(0);
    ++at_;
    skip_marks(".-\xC2\xBA");  // "3. Oktober", "3-Oct-2024", "1º"
    skip_words({"er", "ere", "st", "nd", "rd", "th", "of", "de", "o"});
    if (!is_word(0)) return std::nullopt;
    const int m = month_of(look()->word);
    if (m == 0) return std::nullopt;
    ++at_;
    skip_marks(".,-");
    skip_words({"de", "del"});
    if (!is_number(0, 4, 4) && !is_number(0, 2, 2)) return std::nullopt;
    const auto date = day(full_year(*look()), m, d);
    ++at_;
    return date;
  }

  std::optional<Date> read_month_first() {
    const int m = month_of(look()->word);
    if (m == 0) return std::nullopt;
    ++at_;
    skip_marks(".,");
    skip_words({"de"});
    if (is_number(0, 4, 4)) {
      const auto date = month(value(0), m);
      ++at_;
      return date;
    }
    if (!is_number(0, 1, 2)) return std::nullopt;
    const int d = value(0);
    ++at_;
    skip_words({"st", "nd", "rd", "th"});
    skip_marks(",.");
    if (is_number(0, 4, 4)) {
      const auto date = day(value(0), m, d);
      ++at_;
      return date;
    }
    // "Thu Oct  3 10:15:00 CEST 2024": the year is yet to come.
    if (!is_number(0, 1, 2) || !is_mark(1, ':')) return std::nullopt;
    pending_year_ = true;
    return day(2000, m, d);
  }

  bool finish_ctime(Date& date) {
    if (!is_number(0, 4, 4)) return false;
    const CivilDay civil = civil_from_day(date.first);
    const auto whole = day(value(0), civil.month, civil.day);
    if (!whole) return false;
    date.first = whole->first;
    pending_year_ = false;
    ++at_;
    return true;
  }

  // "T10:15:00+02:00" as an ISO 8601 time; empty, and nothing taken, when no time follows.
  std::string read_time() {
    const std::size_t before = at_;
    const bool iso = is_word(0) && look()->word == "t" && tight(0);
    if (iso) ++at_;
    if (!iso) {
      skip_marks(",-|\xC2\xB7");
      skip_words({"a", "at", "um", "las", "alle"});
      skip_marks(",-");
    }
    if (iso && (is_number(0, 6, 6) || is_number(0, 4, 4))) return read_packed_time();
    const bool colon = is_number(0, 1, 2) && is_mark(1, ':') && is_number(2, 2, 2);
    const bool french = is_number(0, 1, 2) && is_word(1) && is_one_of(look(1)->word, {"h", "heures", "uhr"});
    if (!colon && !french) {
      at_ = before;
      return {};
    }
    int hour = value(0);
    int minute = 0;
    int second = -1;
    if (colon) {
      minute = value(2);
      at_ += 3;
      if (is_mark(0, ':', true) && is_number(1, 2, 2)) {
        second = value(1);
        at_ += 2;
        if ((is_mark(0, '.', true) || is_mark(0, ',', true)) && is_number(1, 1, 9) && tight(1)) at_ += 2;
      }
    } else {
      at_ += 2;
      if (is_number(0, 2, 2)) {
        minute = value(0);
        ++at_;
      }
    }
    if (is_word(0) && is_one_of(look()->word, {"am", "pm"})) {
      if (look()->word == "pm" && hour < 12) hour += 12;
      if (look()->word == "am" && hour == 12) hour = 0;
      ++at_;
    }
    return format_time(hour, minute, second, before);
  }

  std::string read_packed_time() {
    const std::size_t before = at_ - 1;
    const int n = value(0);
    const bool with_seconds = look()->digits == 6;
    ++at_;
    return with_seconds ? format_time(n / 10000, n / 100 % 100, n % 100, before)
                        : format_time(n / 100, n % 100, -1, before);
  }

  std::string format_time(int hour, int minute, int second, std::size_t before) {
    if (hour > 24 || minute > 59 || second > 60) {
      at_ = before;
      return {};
    }
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d", hour, minute);
    std::string time = buffer.data();
    if (second >= 0) {
      std::snprintf(buffer.data(), buffer.size(), ":%02d", second);
      time += buffer.data();
    }
    return time + read_zone();
  }

  std::string read_zone() {
    if (is_word(0)) {
      auto offset = zone_offset(look()->word);
      if (!offset) return {};
      ++at_;
      // "GMT+2", "UTC+02:00"
      const std::string more = *offset == "Z" && tight(0) ? read_offset() : std::string();
      return more.empty() ? *offset : more;
    }
    return read_offset();
  }

  std::string read_offset() {
    if (!(is_mark(0, '+') || is_mark(0, '-')) || !is_number(1, 1, 4) || !tight(1)) return {};
    const char sign = look()->word[0];
    int hours = value(1);
    int minutes = 0;
    const bool packed = tokens_[at_ + 1].digits > 2;
    if (!packed && sign == '-' && !(is_mark(2, ':', true) && is_number(3, 2, 2))) return {};  // "10:15 - 3 minutes"
    at_ += 2;
    if (packed) {
      minutes = hours % 100;
      hours /= 100;
    } else if (is_mark(0, ':', true) && is_number(1, 2, 2)) {
      minutes = value(1);
      at_ += 2;
    }
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%c%02d:%02d", sign, hours % 100, minutes % 100);
    return buffer.data();
  }

  const std::vector<Token>& tokens_;
  std::size_t start_;
  std::size_t at_;
  bool pending_year_ = false;
};

constexpr std::size_t kDateTokens = 28;

std::optional<Date> read_unix_time(std::string_view text) {
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  if (text.size() == 13) number /= 1000;
  if ((text.size() != 10 && text.size() != 13 && text.size() != 9) || number < 100'000'000) return std::nullopt;
  const std::int64_t seconds = number % 86400;
  std::array<char, 24> time{};
  std::snprintf(time.data(), time.size(), "T%02d:%02d:%02dZ", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return Date{.first = static_cast<Day>(number / 86400), .time = time.data()};
}

}  // namespace

std::optional<ReadDate> read_date_prefix(std::string_view text) {
  return DateReader(tokenize(text, kDateTokens)).read();
}

std::optional<Date> read_date(std::string_view text) {
  text = trim_blanks(text);
  if (auto date = parse_date(text)) return date;
  if (auto date = read_unix_time(text)) return date;
  const auto found = read_date_prefix(text);
  if (!found || text.find_first_not_of(" .)", found->size) != std::string_view::npos) return std::nullopt;
  return found->date;
}

std::optional<ReadDate> find_date(std::string_view text) {
  const std::vector<Token> tokens = tokenize(text, 400);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == Kind::kMark) continue;
    const auto found = DateReader(tokens, i).read();
    const bool is_cut_out = i > 0 && !tokens[i].after_blank && tokens[i - 1].kind != Kind::kMark;
    if (found && found->date.precision == DatePrecision::kDay && !is_cut_out) return found;
  }
  return std::nullopt;
}

std::optional<Date> read_relative_date(std::string_view text, const Date& today) {
  const std::vector<Token> tokens = tokenize(text, 12);
  const auto back = [&](int days) { return Date{.first = today.first - days}; };
  int number = -1;
  bool is_past = false;
  for (const Token& token : tokens) {
    const std::string& word = token.word;
    if (is_one_of(word, {"hier", "yesterday", "gestern", "ayer"})) return back(1);
    if (is_one_of(word, {"today", "heute", "hoy"}) || word == "aujourd") return back(0);
    if (token.kind == Kind::kNumber && token.digits <= 4) number = static_cast<int>(token.value);
    if (is_one_of(word, {"un", "une", "an", "one"}) && number < 0) number = 1;
    is_past = is_past || is_one_of(word, {"y", "ago", "vor", "hace"});
    if (number < 0) continue;
    const int days = word.starts_with("min") || word.starts_with("sec") ||
                             is_one_of(word, {"h", "heure", "heures", "hour", "hours"})
                         ? 0
                     : is_one_of(word, {"jour", "jours", "day", "days", "tagen", "j"}) ? 1
                     : is_one_of(word, {"semaine", "semaines", "week", "weeks"})       ? 7
                                                                                       : -1;
    const bool ago_follows = text.find("ago") != std::string_view::npos;
    if (days >= 0 && (is_past || ago_follows)) return back(days * number);
  }
  return std::nullopt;
}

}  // namespace depeche::ingest
