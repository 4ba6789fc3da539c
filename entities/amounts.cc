#include "entities/amounts.hh"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "entities/rates.hh"

namespace depeche::entities {
namespace {

struct Valued {
  std::uint64_t word = 0;
  double value = 0;
};

constexpr auto kNumberWords = std::to_array<Valued>({
    {hash_of_key("un"), 1},
    {hash_of_key("une"), 1},
    {hash_of_key("deux"), 2},
    {hash_of_key("trois"), 3},
    {hash_of_key("quatre"), 4},
    {hash_of_key("cinq"), 5},
    {hash_of_key("six"), 6},
    {hash_of_key("sept"), 7},
    {hash_of_key("huit"), 8},
    {hash_of_key("neuf"), 9},
    {hash_of_key("dix"), 10},
    {hash_of_key("onze"), 11},
    {hash_of_key("douze"), 12},
    {hash_of_key("treize"), 13},
    {hash_of_key("quatorze"), 14},
    {hash_of_key("quinze"), 15},
    {hash_of_key("seize"), 16},
    {hash_of_key("dix-sept"), 17},
    {hash_of_key("dix-huit"), 18},
    {hash_of_key("dix-neuf"), 19},
    {hash_of_key("vingt"), 20},
    {hash_of_key("vingt-deux"), 22},
    {hash_of_key("vingt-quatre"), 24},
    {hash_of_key("vingt-cinq"), 25},
    {hash_of_key("vingt-huit"), 28},
    {hash_of_key("trente"), 30},
    {hash_of_key("trente-cinq"), 35},
    {hash_of_key("quarante"), 40},
    {hash_of_key("quarante-cinq"), 45},
    {hash_of_key("cinquante"), 50},
    {hash_of_key("soixante"), 60},
    {hash_of_key("soixante-dix"), 70},
    {hash_of_key("quatre-vingt"), 80},
    {hash_of_key("quatre-vingts"), 80},
    {hash_of_key("quatre-vingt-dix"), 90},
    {hash_of_key("dizaine"), 10},
    {hash_of_key("vingtaine"), 20},
    {hash_of_key("trentaine"), 30},
    {hash_of_key("quarantaine"), 40},
    {hash_of_key("cinquantaine"), 50},
    {hash_of_key("centaine"), 100},
    {hash_of_key("demi-milliard"), 5e8},
    {hash_of_key("demi-million"), 5e5},
});

constexpr auto kHundreds =
    std::to_array<Valued>({{hash_of_key("cent"), 100}, {hash_of_key("cents"), 100}, {hash_of_key("mille"), 1000}});

constexpr auto kMultipliers = std::to_array<Valued>({{hash_of_key("millier"), 1e3},
                                                     {hash_of_key("milliers"), 1e3},
                                                     {hash_of_key("million"), 1e6},
                                                     {hash_of_key("millions"), 1e6},
                                                     {hash_of_key("milliard"), 1e9},
                                                     {hash_of_key("milliards"), 1e9},
                                                     {hash_of_key("billion"), 1e12},
                                                     {hash_of_key("billions"), 1e12},
                                                     {hash_of_key("k"), 1e3},
                                                     {hash_of_key("m"), 1e6},
                                                     {hash_of_key("mn"), 1e6},
                                                     {hash_of_key("mio"), 1e6},
                                                     {hash_of_key("md"), 1e9},
                                                     {hash_of_key("mds"), 1e9},
                                                     {hash_of_key("mrd"), 1e9},
                                                     {hash_of_key("mrds"), 1e9},
                                                     {hash_of_key("mille"), 1e3}});

struct CurrencyWord {
  std::uint64_t word = 0;
  const char* code = "";
};

constexpr auto kCurrencies = std::to_array<CurrencyWord>(
    {{hash_of_key("euro"), "EUR"},     {hash_of_key("euros"), "EUR"},    {hash_of_key("eur"), "EUR"},
     {hash_of_key("dollar"), "USD"},   {hash_of_key("dollars"), "USD"},  {hash_of_key("usd"), "USD"},
     {hash_of_key("livre"), "GBP"},    {hash_of_key("livres"), "GBP"},   {hash_of_key("gbp"), "GBP"},
     {hash_of_key("yen"), "JPY"},      {hash_of_key("yens"), "JPY"},     {hash_of_key("yuan"), "CNY"},
     {hash_of_key("yuans"), "CNY"},    {hash_of_key("renminbi"), "CNY"}, {hash_of_key("renminbis"), "CNY"},
     {hash_of_key("rmb"), "CNY"},      {hash_of_key("cny"), "CNY"},      {hash_of_key("chf"), "CHF"},
     {hash_of_key("roupie"), "INR"},   {hash_of_key("roupies"), "INR"},  {hash_of_key("won"), "KRW"},
     {hash_of_key("wons"), "KRW"},     {hash_of_key("rouble"), "RUB"},   {hash_of_key("roubles"), "RUB"},
     {hash_of_key("real"), "BRL"},     {hash_of_key("reais"), "BRL"},    {hash_of_key("shekel"), "ILS"},
     {hash_of_key("shekels"), "ILS"},  {hash_of_key("zloty"), "PLN"},    {hash_of_key("zlotys"), "PLN"},
     {hash_of_key("rand"), "ZAR"},     {hash_of_key("rands"), "ZAR"},    {hash_of_key("bitcoin"), "BTC"},
     {hash_of_key("bitcoins"), "BTC"}, {hash_of_key("btc"), "BTC"},      {hash_of_key("ether"), "ETH"},
     {hash_of_key("ethers"), "ETH"},   {hash_of_key("eth"), "ETH"}});

// An adjective after the currency that makes it another one.
struct Variant {
  const char* of;  // the plain currency, or "" for a word that is none without the adjective
  std::uint64_t word;
  const char* code;
};
constexpr auto kVariants =
    std::to_array<Variant>({{"USD", hash_of_key("canadien"), "CAD"},      {"USD", hash_of_key("canadiens"), "CAD"},
                            {"USD", hash_of_key("australien"), "AUD"},    {"USD", hash_of_key("australiens"), "AUD"},
                            {"USD", hash_of_key("neo-zelandais"), "NZD"}, {"USD", hash_of_key("singapourien"), "SGD"},
                            {"USD", hash_of_key("singapouriens"), "SGD"}, {"USD", hash_of_key("hongkongais"), "HKD"},
                            {"USD", hash_of_key("taiwanais"), "TWD"},     {"USD", hash_of_key("americain"), "USD"},
                            {"USD", hash_of_key("americains"), "USD"},    {"GBP", hash_of_key("sterling"), "GBP"},
                            {"GBP", hash_of_key("turque"), "TRY"},        {"GBP", hash_of_key("turques"), "TRY"},
                            {"GBP", hash_of_key("egyptiennes"), "EGP"},   {"", hash_of_key("suisse"), "CHF"},
                            {"", hash_of_key("suisses"), "CHF"},          {"", hash_of_key("cfa"), "XOF"},
                            {"", hash_of_key("suedoise"), "SEK"},         {"", hash_of_key("suedoises"), "SEK"},
                            {"", hash_of_key("danoise"), "DKK"},          {"", hash_of_key("danoises"), "DKK"},
                            {"", hash_of_key("norvegienne"), "NOK"},      {"", hash_of_key("norvegiennes"), "NOK"},
                            {"", hash_of_key("tcheque"), "CZK"},          {"", hash_of_key("tcheques"), "CZK"}});

constexpr auto kBareCurrencies = std::to_array<std::uint64_t>(
    {hash_of_key("franc"), hash_of_key("francs"), hash_of_key("couronne"), hash_of_key("couronnes")});

// Letters glued to a dollar sign: US$, CA$, HK$.
constexpr auto kDollarPrefixes = std::to_array<CurrencyWord>({{hash_of_key("us"), "USD"},
                                                              {hash_of_key("ca"), "CAD"},
                                                              {hash_of_key("c"), "CAD"},
                                                              {hash_of_key("a"), "AUD"},
                                                              {hash_of_key("au"), "AUD"},
                                                              {hash_of_key("hk"), "HKD"},
                                                              {hash_of_key("s"), "SGD"},
                                                              {hash_of_key("nz"), "NZD"}});

template <class Row, std::size_t N>
const Row* find_word(const std::array<Row, N>& rows, std::uint64_t word) {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.word == word; });
  return at == rows.end() ? nullptr : &*at;
}

constexpr std::uint64_t kDe = hash_of_key("de");
constexpr std::uint64_t kD = hash_of_key("d");
constexpr std::uint64_t kEt = hash_of_key("et");
constexpr std::uint64_t kA = hash_of_key("a");
constexpr std::uint64_t kOu = hash_of_key("ou");
constexpr std::uint64_t kEntre = hash_of_key("entre");
constexpr std::uint64_t kDemi = hash_of_key("demi");

const char* symbol_code(char punct) {
  switch (punct) {
    case 'E':
      return "EUR";
    case '$':
      return "USD";
    case 'L':
      return "GBP";
    case 'Y':
      return "JPY";
    case 'B':
      return "BTC";
    default:
      return nullptr;
  }
}

// A figure with its multiplier: tokens [first, last).
struct Figure {
  TokenSpan tokens;
  double value = 0;
  double multiplier = 1;
  bool in_words = false;
  double low = 0;  // of "10-12": the first number; else 0
};

class AmountReader {
 public:
  AmountReader(const Document& document, const std::vector<WordClasses>& classes, std::optional<int> year,
               std::vector<FoundAmount>& found)
      : document_(document), classes_(classes), year_(year), found_(found) {}

  void run() {
    for (const Sentence& sentence : document_.sentences) {
      end_ = sentence.last;
      floor_ = sentence.first;
      for (std::uint32_t at = sentence.first; at < end_;) at = read(at);
    }
  }

 private:
  const Token& token(std::uint32_t at) const { return document_.tokens[at]; }
  bool inside(std::uint32_t at) const { return at < end_; }

  // Reads an amount that begins at `at`; gives where to go on.
  std::uint32_t read(std::uint32_t at) {
    const Token& first = token(at);
    if (first.is(Token::kPunct)) return read_after_symbol(at);
    if (!first.is(Token::kDigit) && !has(classes_[at], WordClass::kNumberWord)) return at + 1;
    const std::optional<Figure> figure = read_figure(at);
    if (!figure) return at + 1;
    if (figure->in_words && at > floor_ && token(at - 1).key.value == hash_of_key("pas"))
      return at + 1;  // "pas un dollar"
    std::uint32_t end = figure->tokens.last;
    const std::string code = read_currency(end, *figure);
    if (code.empty()) {
      pending_ = *figure;  // it may be the low end of a range
      pending_known_ = true;
      return figure->tokens.last;
    }
    add(*figure, {at, end}, code);
    return end;
  }

  // "$10 millions", "€5M", "US$ 5".
  std::uint32_t read_after_symbol(std::uint32_t at) {
    const char* code = symbol_code(token(at).punct);
    if (code == nullptr || !inside(at + 1) || !token(at + 1).is(Token::kDigit)) return at + 1;
    const std::optional<Figure> figure = read_figure(at + 1);
    if (!figure) return at + 1;
    std::uint32_t begin = at;
    if (token(at).punct == '$' && at > floor_ && token(at).is(Token::kGlued)) {
      const CurrencyWord* prefix = find_word(kDollarPrefixes, token(at - 1).key.value);
      if (prefix != nullptr && token(at - 1).is(Token::kUpper)) {
        code = prefix->code;
        begin = at - 1;
      }
    }
    add(*figure, {begin, figure->tokens.last}, code);
    return figure->tokens.last;
  }

  std::optional<Figure> read_figure(std::uint32_t at) const {
    Figure figure;
    figure.tokens = {at, at + 1};
    if (token(at).is(Token::kDigit)) {
      if (!read_digits(figure)) return std::nullopt;
    } else if (!read_words(figure)) {
      return std::nullopt;
    }
    if (figure.multiplier == 1) read_multiplier(figure);
    return figure;
  }

  // The number of a token's characters [begin, end): "6,6", "3.500", "1,234,567.89".
  static double parse_number(std::string_view text) {
    const std::size_t dots = static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
    const std::size_t commas = static_cast<std::size_t>(std::count(text.begin(), text.end(), ','));
    char decimal = ',';
    if (dots > 0 && commas > 0)
      decimal = text.rfind('.') > text.rfind(',') ? '.' : ',';
    else if (commas > 1)
      decimal = '.';
    else if (dots == 1) {
      const std::size_t dot = text.find('.');
      const bool grouping = text.size() - dot - 1 == 3 && dot <= 3 && text[0] != '0';
      decimal = grouping ? ',' : '.';
    }
    double value = 0;
    double scale = 1;
    bool fraction = false;
    for (const char c : text) {
      if (c == decimal) {
        fraction = true;
      } else if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
        if (fraction) scale *= 10;
      }
    }
    return value / scale;
  }

  // Digits, their groups of three, and what is glued to them: "300 000", "450M", "10-12".
  bool read_digits(Figure& figure) const {
    const std::uint32_t at = figure.tokens.first;
    const std::string_view text = document_.text_of(at);
    if (token(at).is(Token::kNumber)) {
      figure.value = parse_number(text);
      if (text.size() <= 3 && text.find_first_of(".,") == std::string_view::npos) read_groups(figure);
      return true;
    }
    std::size_t digits = 0;
    while (digits < text.size() &&
           ((text[digits] >= '0' && text[digits] <= '9') || text[digits] == '.' || text[digits] == ',')) {
      ++digits;
    }
    if (digits == 0) return false;
    figure.value = parse_number(text.substr(0, digits));
    std::string_view rest = text.substr(digits);
    if (rest.front() == '-') {
      const std::string_view high = rest.substr(1);
      std::size_t more = high.find_first_not_of("0123456789.,");
      if (more == 0 || high.empty()) return false;
      figure.low = figure.value;
      figure.value = parse_number(high.substr(0, more));
      if (more == std::string_view::npos) return true;
      rest = high.substr(more);
    }
    const Valued* multiplier = find_word(kMultipliers, key_hash(rest).value);
    if (multiplier == nullptr) return false;
    figure.multiplier = multiplier->value;
    return true;
  }

  // Groups of three digits, a blank before each: 1 200 000.
  void read_groups(Figure& figure) const {
    while (inside(figure.tokens.last)) {
      const Token& next = token(figure.tokens.last);
      const std::string_view text = document_.text_of(figure.tokens.last);
      const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
      const std::uint32_t gap = next.begin - token(figure.tokens.last - 1).end;
      if (!next.is(Token::kNumber) || digits != 3 || next.is(Token::kGlued) || gap > 3) return;
      if (text.size() > 3 && text[3] != ',') return;
      figure.value = figure.value * 1000 + parse_number(text);
      ++figure.tokens.last;
      if (text.size() > 3) return;
    }
  }

  bool read_words(Figure& figure) const {
    figure.in_words = true;
    double sum = 0;
    std::uint32_t at = figure.tokens.first;
    for (; inside(at); ++at) {
      const std::uint64_t word = token(at).key.value;
      if (const Valued* unit = find_word(kNumberWords, word)) {
        // "une centaine": the article is no number of its own
        sum = unit->value >= 10 && sum == 1 ? unit->value : sum + unit->value;
      } else if (const Valued* hundred = find_word(kHundreds, word)) {
        sum = std::max(sum, 1.0) * hundred->value;
      } else {
        break;
      }
    }
    if (at == figure.tokens.first) return false;
    figure.value = sum;
    figure.tokens.last = at;
    // "une dizaine de millions"
    if (inside(at + 1) && token(at).key.value == kDe && find_word(kMultipliers, token(at + 1).key.value) != nullptr) {
      ++figure.tokens.last;
    }
    return true;
  }

  void read_multiplier(Figure& figure) const {
    if (!inside(figure.tokens.last)) return;
    const Valued* multiplier = find_word(kMultipliers, token(figure.tokens.last).key.value);
    if (multiplier == nullptr) return;
    figure.multiplier = multiplier->value;
    ++figure.tokens.last;
    // "un million et demi"
    const std::uint32_t at = figure.tokens.last;
    if (inside(at + 1) && token(at).key.value == kEt && token(at + 1).key.value == kDemi) {
      figure.value += 0.5;
      figure.tokens.last += 2;
    } else if (inside(at + 1) && multiplier->value == 1e3 &&
               find_word(kMultipliers, token(at).key.value) != nullptr) {
      figure.multiplier *= find_word(kMultipliers, token(at).key.value)->value;  // "deux mille milliards"
      ++figure.tokens.last;
    }
  }

  // The currency at `at`, which then is past it; empty when there is none.
  std::string read_currency(std::uint32_t& at, const Figure& figure) const {
    std::uint32_t next = at;
    if (!inside(next)) return {};
    if (const char* code = symbol_code(token(next).punct)) {
      at = next + 1;
      if (inside(at) && *code == 'U' && token(at).is(Token::kGlued) && document_.text_of(at) == "US") ++at;
      return code;
    }
    if (token(next).key.value == kDe || token(next).key.value == kD) ++next;
    if (!inside(next)) return {};
    const std::uint64_t word = token(next).key.value;
    if (!has(classes_[next], WordClass::kCurrency)) return {};
    if (const CurrencyWord* currency = find_word(kCurrencies, word)) {
      std::uint32_t end = next + 1;
      const std::string code = variant(currency->code, end);
      if (code == "GBP" && end == next + 1 && !is_money_livre(figure, end)) return {};
      at = end;
      return code;
    }
    if (std::find(kBareCurrencies.begin(), kBareCurrencies.end(), word) != kBareCurrencies.end()) {
      std::uint32_t end = next + 1;
      const std::string code = variant("", end);
      if (!code.empty()) at = end;
      return code;
    }
    if (document_.text_of(next) == "US" && inside(next + 1) && token(next + 1).punct == '$') {
      at = next + 2;
      return "USD";
    }
    return {};
  }

  // Books are sold by the thousand; pounds come in millions or in exact sums after "pour", "de", "à".
  bool is_money_livre(const Figure& figure, std::uint32_t after) const {
    if (figure.multiplier < 1e6) return false;
    if (!inside(after)) return true;
    static constexpr auto kBookWords = std::to_array<std::uint64_t>(
        {hash_of_key("vendus"), hash_of_key("numerises"), hash_of_key("numeriques"), hash_of_key("electroniques"),
         hash_of_key("imprimes"), hash_of_key("pirates"), hash_of_key("scannes"), hash_of_key("audio")});
    const std::uint64_t word = token(after).key.value;
    return std::find(kBookWords.begin(), kBookWords.end(), word) == kBookWords.end();
  }

  std::string variant(const std::string& plain, std::uint32_t& end) const {
    if (!inside(end)) return plain;
    for (const Variant& row : kVariants) {
      if (plain != row.of || token(end).key.value != row.word) continue;
      ++end;
      return row.code;
    }
    return plain;
  }

  void add(const Figure& figure, TokenSpan tokens, const std::string& code) {
    const double value = figure.value * figure.multiplier;
    if (!(value > 0) || !std::isfinite(value)) return;
    RangeEnd end = RangeEnd::kNone;
    if (figure.low > 0 && figure.low < figure.value) {
      const std::uint32_t begin = token(figure.tokens.first).begin;
      const std::size_t hyphen = document_.text_of(figure.tokens.first).find('-');
      push(figure.low * figure.multiplier, code, tokens.first, {begin, begin + static_cast<std::uint32_t>(hyphen)},
           {tokens.first, tokens.first + 1}, RangeEnd::kLow);
      const ByteRange whole = document_.range(tokens.first, tokens.last);
      push(value, code, tokens.first, {begin + static_cast<std::uint32_t>(hyphen) + 1, whole.end}, tokens,
           RangeEnd::kHigh);
      return;
    }
    if (add_low_end(tokens.first, value, figure.multiplier, code)) end = RangeEnd::kHigh;
    push(value, code, tokens.first, document_.range(tokens.first, tokens.last), tokens, end);
  }

  // Finds the other end of "entre A et B", "de A à B", "A ou B" before the amount that begins at `begin`.
  bool add_low_end(std::uint32_t begin, double high, double multiplier, const std::string& code) {
    if (begin < floor_ + 2) return false;
    const std::uint32_t connector = begin - 1;
    const std::uint64_t word = token(connector).key.value;
    const bool dash = token(connector).punct == '-';
    if (word != kEt && word != kA && word != kOu && !dash) return false;
    if (!found_.empty() && found_.back().tokens.last == connector && found_.back().tokens.first >= floor_) {
      FoundAmount& low = found_.back();  // both ends carry their currency
      const bool entre = low.tokens.first > floor_ && token(low.tokens.first - 1).key.value == kEntre;
      if (low.amount.currency != code || low.amount.value >= high || (word == kEt && !entre)) return false;
      low.amount.end = RangeEnd::kLow;
      return true;
    }
    if (!pending_known_ || pending_.tokens.last != connector || pending_.tokens.first < floor_) return false;
    if (word == kEt && (pending_.tokens.first == floor_ || token(pending_.tokens.first - 1).key.value != kEntre)) {
      return false;
    }
    double low = pending_.value * pending_.multiplier;
    if (pending_.multiplier == 1 && pending_.value * multiplier < high) low = pending_.value * multiplier;
    const bool plain = low == pending_.value && multiplier > 1;  // "entre 800 000 et 1 million"
    if (low <= 0 || low >= high || (plain && low < 1000)) return false;
    push(low, code, pending_.tokens.first, document_.range(pending_.tokens.first, pending_.tokens.last),
         pending_.tokens, RangeEnd::kLow);
    return true;
  }

  void push(double value, const std::string& code, std::uint32_t at, ByteRange range, TokenSpan tokens,
            RangeEnd end) {
    Amount amount;
    amount.in = document_.part_of(at);
    amount.range = range;
    amount.value = value;
    amount.currency = code;
    amount.eur = to_euros(value, code, year_).value_or(0);
    amount.end = end;
    found_.push_back({std::move(amount), tokens});
  }

  const Document& document_;
  const std::vector<WordClasses>& classes_;
  std::optional<int> year_;
  std::vector<FoundAmount>& found_;
  std::uint32_t end_ = 0;    // of the sentence
  std::uint32_t floor_ = 0;  // its first token
  Figure pending_;
  bool pending_known_ = false;
};

}  // namespace

void find_amounts(const Document& document, const std::vector<WordClasses>& classes, std::optional<int> year,
                  std::vector<FoundAmount>& found) {
  AmountReader(document, classes, year, found).run();
}

}  // namespace depeche::entities
